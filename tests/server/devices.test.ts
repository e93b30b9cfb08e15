import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { MINUTE } from '../../domain/ids.ts';
import { Screen } from '../support/screen.ts';
import { staffedHall, type StaffedHall } from '../support/staffed-hall.ts';

jest.setTimeout(120_000);
let hall: StaffedHall;
let manager: string;
beforeAll(async () => {
  hall = await staffedHall();
  await hall.hire('2008', { role: 'manager', branchId: 'b' });
  manager = (await hall.signIn('b', '2008')).body['token'] as string;
});
afterAll(() => hall.close());

const start = async (kind: string, branchId = 'b') =>
  (await hall.call('POST', '/api/pairings', { body: { branchId, kind } })).body as {
    pairingId: string;
    key: string;
    code: string;
    until: number;
  };
const ask = async ({ pairingId, key }: { pairingId: string; key: string }) =>
  (await hall.call('POST', '/api/pairings/ask', { body: { pairingId, key } })).body;
const confirm = (code: string, more: object = {}, branchId = 'b', token = manager) =>
  hall.call('POST', `/api/branches/${branchId}/devices`, { token, body: { code, name: 'By the door', ...more } });
const board = async () =>
  (await hall.call('GET', '/api/branches/b/devices', { token: manager })).body['devices'] as Record<string, unknown>[];
const blocksReleased = async () => {
  const today = await hall.hosts.today('b');
  if (!today.ok) throw new Error('no day');
  return today.host.look((state) => [...new Set(state?.blocks.map(({ released }) => released))]);
};

test('a kiosk shows a code, is confirmed by it, and works with a token of its own until it is revoked', async () => {
  const pairing = await start('kiosk');
  expect(pairing.code).toMatch(/^[A-Z0-9]{6}$/);
  expect(await ask(pairing)).toEqual({ state: 'waiting', until: pairing.until });
  // Typed as it is read: small, in two groups.
  const typed = `${pairing.code.slice(0, 3)} ${pairing.code.slice(3)}`.toLowerCase();
  expect((await hall.call('GET', `/api/branches/b/pairings/${typed}`, { token: manager })).body).toEqual({
    kind: 'kiosk',
  });
  expect(await confirm(typed)).toMatchObject({
    status: 200,
    body: { kind: 'kiosk', name: 'By the door', here: false },
  });
  const paired = await ask(pairing);
  expect(paired).toMatchObject({ state: 'paired', name: 'By the door' });
  // The answer may be lost on the way: it is given again, to who has the key.
  expect(await ask(pairing)).toMatchObject({ state: 'paired' });
  expect(await ask({ ...pairing, key: `${pairing.key}x` })).toEqual({ state: 'gone' });
  // A code is good once.
  expect(await confirm(pairing.code)).toMatchObject({ status: 404, body: { reason: 'unknown-code' } });

  const token = paired['token'] as string;
  const screen = await Screen.open(hall.url, 'b', { kind: 'kiosk' }, token);
  expect(await screen.send({ type: 'TakeTicket', services: ['transfer'] })).toMatchObject({ ok: true });
  expect(await screen.send({ type: 'ReserveNumbers', kiosk: randomUUID() })).toMatchObject({ ok: true });
  expect(await blocksReleased()).toEqual([false]);
  const deviceId = paired['deviceId'] as string;
  const cut = new Promise((resolve) => screen.socket.once('disconnect', resolve));
  const path = `/api/branches/b/devices/${deviceId}`;
  expect((await hall.call('DELETE', path, { token })).status).toBe(403);
  expect((await hall.call('DELETE', path, { token: manager })).status).toBe(200);
  expect(await screen.send({ type: 'TakeTicket', services: ['transfer'] })).toMatchObject({
    problem: { code: 'not-signed-in' },
  });
  // What it had to give without the server is nobody's from now on (rule N8).
  expect(await blocksReleased()).toEqual([true]);
  await hall.clock.advanceBy(5_000);
  await cut;
  expect((await board()).map(({ id }) => id)).not.toContain(deviceId);
});

test('a code is for its own branch, and for ten minutes', async () => {
  const pairing = await start('display', 'b2');
  expect(await confirm(pairing.code)).toMatchObject({ status: 404, body: { reason: 'unknown-code' } });
  expect((await confirm(pairing.code, {}, 'b2')).status).toBe(403);
  const late = await start('display');
  await hall.clock.advanceBy(10 * MINUTE);
  expect(await ask(late)).toEqual({ state: 'gone' });
  expect(await confirm(late.code)).toMatchObject({ status: 404 });
});

test('what works at a counter is paired with one of the right kind', async () => {
  const machine = await start('device');
  expect(await confirm(machine.code)).toMatchObject({ status: 400, body: { reason: 'counter-missing' } });
  expect(await confirm(machine.code, { counterId: 'c1' })).toMatchObject({ body: { reason: 'unknown-counter' } });
  expect(await confirm(machine.code, { counterId: 'm1' })).toMatchObject({ status: 200, body: { counterId: 'm1' } });
  const pad = await start('call-pad');
  expect(await confirm(pad.code, { counterId: 'm1' })).toMatchObject({ body: { reason: 'unknown-counter' } });
  expect(await confirm(pad.code, { counterId: 'c1' })).toMatchObject({ status: 200 });
});

test('the board knows who is there, and what is wrong with them', async () => {
  const { token, deviceId } = await hall.pair(manager, 'b', 'kiosk');
  const mine = async () => (await board()).find(({ id }) => id === deviceId);
  expect(await mine()).toMatchObject({ here: false, state: {} });
  const offline = { starts: true, toHandIn: 3, turnedAway: ['A517'] };
  const state = { printer: 'low', reader: 'ok', version: '1.2', offline };
  expect((await hall.call('POST', '/api/device-state', { token, body: state })).status).toBe(200);
  expect(await mine()).toMatchObject({ here: true, state, seenAt: hall.clock.now() });
  await hall.clock.advanceBy(1.5 * MINUTE);
  expect(await mine()).toMatchObject({ here: false, state });
  expect((await hall.call('POST', '/api/device-state', { token, body: { printer: 'burning' } })).status).toBe(400);
});
