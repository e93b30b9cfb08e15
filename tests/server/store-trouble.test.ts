import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const TAKE = { type: 'TakeTicket', services: ['transfer'] } as const;
let store: ShakyStore;
let hall: RunningHall;
let kiosk: Screen;

beforeEach(async () => {
  store = new ShakyStore(new MemoryStore(), { shared: false });
  hall = await openHall({ branches: branchesNamed('b'), adapters: { database: store.database(), jobs: noJobs } });
  kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
});
afterEach(async () => {
  store.trouble = 'none';
  kiosk.close();
  await hall.close();
});

const numbers = async () =>
  (await store.memory.read('b', '2026-11-24', 0)).flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'TicketIssued' ? [event.number] : [])),
  );

test('a commit whose answer was lost is found in the log, and its command is accepted', async () => {
  store.trouble = 'unheard';
  const commandId = randomUUID();
  const ack = await kiosk.send(TAKE, commandId);
  expect(ack).toMatchObject({ ok: true, version: 2, answer: { issued: { number: 'B001' } } });
  store.trouble = 'none';
  expect(await kiosk.send(TAKE, commandId)).toEqual(ack);
  expect(await numbers()).toEqual(['B001']);
});

test('a commit that was lost is not shown and not acknowledged; sent again it is made once', async () => {
  store.trouble = 'lost';
  const commandId = randomUUID();
  expect(await kiosk.send(TAKE, commandId)).toMatchObject({ ok: false, problem: { code: 'store-away' } });
  await hall.clock.advanceBy(20_000);
  expect(kiosk.views.every(({ view }) => view.kind === 'kiosk' && view.waiting === 0)).toBe(true);
  store.trouble = 'none';
  expect(await kiosk.send(TAKE, commandId)).toMatchObject({ ok: true, answer: { issued: { number: 'B001' } } });
  expect(await numbers()).toEqual(['B001']);
});

test('while the database is away everybody is told so, nobody is ready, and afterwards all goes on', async () => {
  store.trouble = 'away';
  const acks = await Promise.all([kiosk.send(TAKE), kiosk.send(TAKE)]);
  for (const ack of acks) expect(ack).toMatchObject({ ok: false, problem: { code: 'store-away' } });
  expect(await kiosk.hello({ protocol: 1, branchId: 'b', audience: { kind: 'kiosk' } })).toMatchObject({
    problem: { code: 'store-away' },
  });
  expect((await fetch(`${hall.url}/health/ready`)).status).toBe(503);
  expect((await fetch(`${hall.url}/health/live`)).status).toBe(200);
  await hall.clock.advanceBy(30_000);
  store.trouble = 'none';
  expect(await kiosk.send(TAKE)).toMatchObject({ ok: true, answer: { issued: { number: 'B001' } } });
  expect((await fetch(`${hall.url}/health/ready`)).status).toBe(200);
});

test('a no-show is not forgotten while the database is away and nobody looks', async () => {
  const teller = await hall.screen('b', { role: 'teller', staffId: '2006' }, { kind: 'counter', counterId: 'c3' });
  await teller.send({ type: 'OpenCounter', counterId: 'c3', tellerId: '2006' });
  await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  expect(await teller.send({ type: 'CallNext', counterId: 'c3' })).toMatchObject({ ok: true });
  teller.close();
  kiosk.close();
  store.trouble = 'away';
  await hall.clock.advanceBy(10 * 60_000);
  store.trouble = 'none';
  await hall.clock.advanceBy(10_000);
  const events = (await store.memory.read('b', '2026-11-24', 0)).flatMap(({ events }) => events);
  expect(events.at(-1)).toMatchObject({ type: 'TicketMissed', by: 'system' });
});

test('being stopped, it answers what it has and takes no more', async () => {
  const late = Array.from({ length: 20 }, () => kiosk.send(TAKE));
  await kiosk.send(TAKE);
  const closed = hall.close();
  const acks = await Promise.all(late);
  expect(acks.map(({ ok }) => ok)).toEqual(Array(20).fill(true));
  await closed;
  expect(await numbers()).toHaveLength(21);
  await expect(fetch(`${hall.url}/health`)).rejects.toThrow();
  hall = await openHall({ branches: branchesNamed('b'), adapters: { database: store.database(), jobs: noJobs } });
});
