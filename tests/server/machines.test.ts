import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ManagerView } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { staffedHall, type StaffedHall } from '../support/staffed-hall.ts';
import { until } from '../support/until.ts';

/** Self-service machines over HTTP alone, as their own programs would do it. */

jest.setTimeout(120_000);
let hall: StaffedHall;
let manager: string;
let kiosk: string;
const machines: Record<string, string> = {};

beforeAll(async () => {
  hall = await staffedHall();
  await hall.hire('2008', { role: 'manager', branchId: 'b' });
  manager = (await hall.signIn('b', '2008')).body['token'] as string;
  kiosk = (await hall.pair(manager, 'b', 'kiosk')).token;
  for (const id of ['m1', 'm2']) machines[id] = (await hall.pair(manager, 'b', 'device', id)).token;
});
afterAll(() => hall.close());

async function send(token: string | undefined, command: OutsideCommand) {
  const body = { commandId: randomUUID(), command };
  return (await hall.call('POST', '/api/branches/b/commands', { token, body })).body;
}
const beat = (id: string, state: object = {}) =>
  hall.call('POST', '/api/device-state', { token: machines[id], body: state });
const counter = async (id: string) => {
  const { body } = await hall.call('GET', '/api/branches/b/views/manager', { token: manager });
  return (body['view'] as ManagerView).counters.find(({ counterId }) => counterId === id);
};
const tasks = async () => {
  const { body } = await hall.call('GET', '/api/branches/b/views/manager', { token: manager });
  return (body['view'] as ManagerView).alerts;
};
const take = async () => {
  const answer = await send(kiosk, { type: 'TakeTicket', services: ['statement-print'] });
  return (answer['answer'] as { issued: { number: string } }).issued.number;
};

test('a ticket of the machines is called to a free one by itself; a fault sends it to the other one in its old place', async () => {
  for (const id of ['m1', 'm2']) {
    expect((await beat(id)).body).toMatchObject({ ok: true });
    expect(await send(machines[id], { type: 'OpenCounter', counterId: id })).toMatchObject({ ok: true });
  }
  await send(machines['m1'], { type: 'SetAutoCall', counterId: 'm1', on: true });
  const number = await take();
  await until(async () => (await counter('m1'))?.ticket?.number === number);
  await send(machines['m1'], { type: 'StartService', counterId: 'm1' });
  await hall.clock.advanceBy(60_000);
  await beat('m2');
  expect((await beat('m1', { fault: true })).body).toMatchObject({ ok: true });
  expect(await counter('m1')).toMatchObject({ status: 'paused' });
  expect((await tasks()).some(({ kind }) => kind === 'task')).toBe(true);
  expect(await send(machines['m2'], { type: 'CallNext', counterId: 'm2' })).toMatchObject({
    answer: { called: { number, why: { waitedMs: 60_000 } } },
  });
  // Repaired: it says so, and serves again.
  expect((await beat('m1')).body).toMatchObject({ ok: true });
  expect(await counter('m1')).toMatchObject({ status: 'open' });
});

test('a machine that is silent is out of service after a minute and a half, and back with its next word', async () => {
  for (let half = 0; half < 4; half += 1) {
    await hall.clock.advanceBy(30_000);
    await beat('m2');
  }
  await until(async () => (await counter('m1'))?.status === 'paused');
  expect(await counter('m2')).toMatchObject({ status: 'open' });
  expect(await send(machines['m1'], { type: 'ResumeCounter', counterId: 'm1' })).toMatchObject({
    rejection: { code: 'machine-out-of-service' },
  });
  await beat('m1');
  expect(await counter('m1')).toMatchObject({ status: 'open' });
});

test('what it cannot do now it says with its heartbeat; a service that nobody knows is refused', async () => {
  expect((await beat('m1', { cannot: ['statement-print'] })).status).toBe(200);
  await take();
  expect(await send(machines['m1'], { type: 'CallNext', counterId: 'm1' })).toMatchObject({
    rejection: { code: 'queue-empty' },
  });
  expect(await beat('m1', { cannot: ['dancing'] })).toMatchObject({
    status: 409,
    body: { rejection: { code: 'unknown-service' } },
  });
  expect((await beat('m1', { cannot: 'all' })).status).toBe(400);
  // One machine does not speak for another, and a kiosk for none.
  const report = { type: 'ReportMachine', counterId: 'm2', fault: true, cannot: [] } as const;
  expect(await send(machines['m1'], report)).toMatchObject({ problem: { code: 'not-allowed' } });
  const said = { token: kiosk, body: { fault: true } };
  expect((await hall.call('POST', '/api/device-state', said)).body).toEqual({ ok: true });
});
