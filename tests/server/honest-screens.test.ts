import { afterEach, expect, test } from '@jest/globals';
import { inProcessBus } from '../../server/bus/in-process.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

/** What a screen is shown as the present is in the log, and is the present. */

const TAKE = { type: 'TakeTicket', services: ['transfer'] } as const;
const open: RunningHall[] = [];
let letGo = () => {};
afterEach(async () => {
  letGo();
  for (const hall of open.splice(0)) await hall.close();
});

async function hallOn(store: ShakyStore): Promise<RunningHall> {
  const adapters = { database: store.database(), jobs: noJobs };
  const hall = await openHall({ branches: branchesNamed('b'), adapters, bus: inProcessBus() });
  open.push(hall);
  return hall;
}

test('nothing of a turn is shown before it is durable, to nobody who asks meanwhile', async () => {
  const store = new ShakyStore(new MemoryStore(), { shared: false });
  const hall = await hallOn(store);
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const { reached, release } = store.hold();
  letGo = release;
  const acknowledged: boolean[] = [];
  const ack = kiosk.send(TAKE).then(({ ok }) => acknowledged.push(ok));
  await reached;

  // Who comes now, by either door, waits until it is known how the turn ends. The first shows nothing of it either.
  const seen: number[] = [];
  const late = hall
    .screen('b', { role: 'manager' }, { kind: 'manager' })
    .then((screen) => (seen.push(screen.version), screen.close()));
  const token = await hall.token({ branchId: 'b', role: 'kiosk' });
  const headers = { authorization: `Bearer ${token}` };
  const fetched = fetch(`${hall.url}/api/branches/b/views/kiosk`, { headers }).then(async (response) =>
    seen.push(((await response.json()) as { version: number }).version),
  );
  await hall.clock.advanceBy(30_000);
  for (let trip = 0; trip < 20; trip += 1) await fetch(`${hall.url}/health/live`);
  expect([kiosk.version, acknowledged, seen]).toEqual([1, [], []]);

  release();
  await Promise.all([ack, late, fetched]);
  expect([acknowledged, seen]).toEqual([[true], [2, 2]]);
  kiosk.close();
});

test('a process that cannot ask the log says to no screen that it shows the present', async () => {
  const memory = new MemoryStore();
  const [here, there] = [new ShakyStore(memory), new ShakyStore(memory)];
  const hall = await hallOn(here);
  const other = await hallOn(there);
  const display = await hall.screen('b', { role: 'display' }, { kind: 'display' });
  await hall.clock.advanceBy(11_000);
  expect(display.beats).toHaveLength(2);

  here.trouble = 'away';
  await hall.clock.advanceBy(4_000);
  const [beats, views] = [display.beats.length, display.views.length];
  const kiosk = await other.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  expect(await kiosk.send(TAKE)).toMatchObject({ ok: true });
  await hall.clock.advanceBy(30_000);
  expect([display.beats.length, display.views.length]).toEqual([beats, views]);
  const newcomer = await display.hello({ protocol: 1, branchId: 'b', audience: { kind: 'display' } });
  expect(newcomer).toMatchObject({ ok: false, problem: { code: 'store-away' } });

  here.trouble = 'none';
  await hall.clock.advanceBy(6_000);
  expect(await display.hello({ protocol: 1, branchId: 'b', audience: { kind: 'display' } })).toMatchObject({
    ok: true,
    version: 2,
  });
  await hall.clock.advanceBy(5_000);
  expect(display.beats.length).toBeGreaterThan(beats);
  for (const screen of [kiosk, display]) screen.close();
});
