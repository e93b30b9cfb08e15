import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import type { DayOpened } from '../../domain/events.ts';
import type { ForecastReport } from '../../protocol/reports.ts';
import type { Database } from '../../server/compose.ts';
import { arrivalsOf, halfHoursOf } from '../../server/forecast/half-hours.ts';
import type { Jobs } from '../../server/ports.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { openStore } from '../../server/store/open-store.ts';
import { JumpingClock } from '../support/jumping-clock.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, log, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 10, 24, 16);
const open: RunningHall[] = [];
afterEach(async () => {
  for (const hall of open.splice(0)) await hall.close();
});

/** A hall at 22:00 in Shanghai, and its job at midnight, which is due when the test says. */
async function hallWithJob(database: Database, clock = new ManualClock(MIDNIGHT - 2 * HOUR)) {
  let midnight: Parameters<Jobs['handle']>[1] = () => Promise.reject(new Error('no handler'));
  const handle: Jobs['handle'] = (name, handler) => {
    if (name === 'change-of-day') midnight = handler;
  };
  const jobs: Jobs = { ...noJobs, handle };
  const hall = await openHall({ branches: branchesNamed('b', 'c'), adapters: { database, jobs }, clock });
  open.push(hall);
  return { hall, midnight: () => midnight({ timeZone: 'Asia/Shanghai' }) };
}

async function ask(hall: RunningHall, path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${hall.url}/api/branches/${path}`, { headers });
}

async function reportOf(hall: RunningHall, day?: string): Promise<ForecastReport> {
  const token = await hall.token({ branchId: 'b', role: 'manager', staffId: '2008' });
  const response = await ask(hall, `b/forecast${day === undefined ? '' : `?day=${day}`}`, token);
  expect(response.status).toBe(200);
  return (await response.json()) as ForecastReport;
}

async function take(hall: RunningHall, count: number, service = 'transfer'): Promise<void> {
  const token = await hall.token({ branchId: 'b', role: 'kiosk' });
  for (let customer = 0; customer < count; customer += 1) {
    const response = await fetch(`${hall.url}/api/branches/b/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ commandId: randomUUID(), command: { type: 'TakeTicket', services: [service] } }),
    });
    expect(response.status).toBe(200);
  }
}

const total = (slots: readonly number[] = []) => slots.reduce((sum, count) => sum + count, 0);

async function openedWith(hall: RunningHall, day: string) {
  const opened = (await hall.store.read('b', day, 0))[0]?.events[0] as DayOpened;
  return opened.forecast;
}

test('three days pass: each is opened with a forecast of those before, and what came stands beside it', async () => {
  const clock = new JumpingClock(MIDNIGHT - 2 * HOUR);
  const { hall, midnight } = await hallWithJob(await openStore({ log }), clock);
  expect(await openedWith(hall, '2026-11-24')).toBeUndefined();
  for (const count of [9, 6, 12]) {
    await take(hall, count);
    // 22:00 is the 45th half hour.
    expect((await reportOf(hall)).came?.['non-cash']?.[44]).toBe(count);
    clock.jump(2 * HOUR);
    await midnight();
    clock.jump(22 * HOUR);
  }

  const first = await reportOf(hall, '2026-11-24');
  expect(first).toMatchObject({ from: MIDNIGHT - 24 * HOUR, slotMinutes: 30, slots: 48 });
  expect(first.forecast).toBeUndefined();
  expect(total(first.came?.['non-cash'])).toBe(9);

  const second = await reportOf(hall, '2026-11-25');
  expect(second).toMatchObject({ knownUntil: '2026-11-24', from: MIDNIGHT });
  expect(total(second.came?.['non-cash'])).toBe(6);
  expect(Math.round(total(second.forecast?.['non-cash']))).toBe(second.expected?.tickets);
  expect(second.forecast?.['non-cash']?.[44]).toBeGreaterThan(6);
  expect(await openedWith(hall, '2026-11-25')).toMatchObject({ from: MIDNIGHT, arrivals: second.forecast });

  const third = await reportOf(hall, '2026-11-26');
  expect(third.knownUntil).toBe('2026-11-25');
  expect(total(third.came?.['non-cash'])).toBe(12);
  expect((await openedWith(hall, '2026-11-26'))?.arrivals).toEqual(third.forecast);

  const today = await reportOf(hall);
  expect(today).toMatchObject({ day: '2026-11-27', knownUntil: '2026-11-26' });
  expect(total(today.came?.['non-cash'])).toBe(0);
  // Made at night for the day after, from what was known then; and on the spot for any later day.
  const tomorrow = await reportOf(hall, '2026-11-28');
  expect(tomorrow).toMatchObject({ knownUntil: '2026-11-26', expected: { tickets: expect.any(Number) } });
  expect(tomorrow.came).toBeUndefined();
  expect((await hall.records.forecast('b', '2026-11-28')).made?.knownUntil).toBe('2026-11-26');
  expect((await reportOf(hall, '2026-12-24')).forecast).toBeDefined();
  expect((await hall.records.forecast('b', '2026-12-24')).made).toBeUndefined();

  const manager = await hall.screen('b', { role: 'manager', staffId: '2008' }, { kind: 'manager' });
  expect(manager.view('manager').expectedNext30).toBeGreaterThan(0);
});

test('the job twice, and a restart, change nothing', async () => {
  const memory = new MemoryStore();
  const database = () => new ShakyStore(memory, { shared: false }).database();
  const { hall, midnight } = await hallWithJob(database());
  await take(hall, 5, 'deposit-withdrawal');
  await hall.clock.advanceTo(MIDNIGHT + 1_000);
  await Promise.all([midnight(), midnight()]);
  const before = [await reportOf(hall, '2026-11-24'), await reportOf(hall), await reportOf(hall, '2026-11-26')];
  const model = await memory.forecastModel('b');
  expect(model).toBeDefined();
  await midnight();
  await open.pop()?.close();

  const again = await hallWithJob(database(), new ManualClock(MIDNIGHT + HOUR));
  await again.midnight();
  expect(await memory.forecastModel('b')).toEqual(model);
  const after = await Promise.all([undefined, '2026-11-26'].map((day) => reportOf(again.hall, day)));
  expect([await reportOf(again.hall, '2026-11-24'), ...after]).toEqual(before);
});

test('days that passed while the server was away are learned; a long backlog is left to the job', async () => {
  const memory = new MemoryStore();
  const database = () => new ShakyStore(memory, { shared: false }).database();
  for (let day = 0; day < 5; day += 1) {
    const { hall } = await hallWithJob(database(), new ManualClock(MIDNIGHT + (24 * day + 10) * HOUR));
    await take(hall, 4);
    await open.pop()?.close();
  }
  // Opened without the job each time, so each day has learned the one before.
  expect((await memory.forecast('b', '2026-11-29')).made?.knownUntil).toBe('2026-11-28');

  const backlog = new MemoryStore();
  for (const day of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'])
    for (const commit of await memory.read('b', '2026-11-25', 0))
      await backlog.append({ branchId: 'b', day, visits: [], reopened: [], ...commit });
  const store = new ShakyStore(backlog, { shared: false }).database();
  const { hall, midnight } = await hallWithJob(store, new ManualClock(MIDNIGHT + 4 * 24 * HOUR));
  expect((await reportOf(hall)).forecast).toBeUndefined();
  await midnight();
  expect((await reportOf(hall, '2026-11-30')).knownUntil).toBe('2026-11-27');
});

test('a day opens without a forecast when the records fail', async () => {
  const memory = new MemoryStore();
  const database = new ShakyStore(memory, { shared: false }).database();
  const records = Object.assign(Object.create(memory) as MemoryStore, {
    forecastModel: () => Promise.reject(new Error('no table')),
    visits: (branchId: string, day: string) => memory.visits(branchId, day),
  });
  const { hall } = await hallWithJob({ ...database, records });
  await take(hall, 1);
  expect((await memory.read('b', '2026-11-24', 0)).length).toBeGreaterThan(1);
});

test('managers of the branch only, and a day that exists', async () => {
  const { hall } = await hallWithJob(new ShakyStore(new MemoryStore(), { shared: false }).database());
  const manager = await hall.token({ branchId: 'b', role: 'manager', staffId: '2008' });
  const teller = await hall.token({ branchId: 'b', role: 'teller', staffId: '2001' });
  expect((await ask(hall, 'b/forecast')).status).toBe(401);
  expect((await ask(hall, 'b/forecast', 'x')).status).toBe(401);
  expect((await ask(hall, 'b/forecast', teller)).status).toBe(403);
  expect((await ask(hall, 'c/forecast', manager)).status).toBe(403);
  expect((await ask(hall, 'nowhere/forecast', manager)).status).toBe(404);
  expect((await ask(hall, 'b/forecast?day=2026-02-30', manager)).status).toBe(400);
  expect((await ask(hall, 'b/forecast?day=tomorrow', manager)).status).toBe(400);
  expect(await (await ask(hall, 'b/forecast?day=2020-01-01', manager)).json()).toEqual({
    ...{ branchId: 'b', day: '2020-01-01', from: Date.UTC(2019, 11, 31, 16), slotMinutes: 30, slots: 48 },
  });
  const document = (await (await fetch(`${hall.url}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/api/branches/{branchId}/forecast');
});

test.each([
  ['Asia/Shanghai', '2026-11-24', 48, 0],
  ['Europe/Zurich', '2026-03-29', 46, 0],
  ['Europe/Zurich', '2026-10-25', 50, 0],
  // The clocks go forward at midnight: the date begins at 01:00.
  ['Africa/Cairo', '2026-04-24', 46, 2],
  // By half an hour only.
  ['Australia/Lord_Howe', '2026-10-04', 47, 0],
])('the half hours in %s on %s are %i', (timeZone, day, count, first) => {
  const { from, clock } = halfHoursOf(day, timeZone);
  expect(clock).toHaveLength(count);
  expect(clock[0]).toBe(first);
  expect(clock.at(-1)).toBe(47);
  const nineInTheMorning = from + clock.indexOf(18) * 30 * 60_000;
  const local = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  expect(local.format(nineInTheMorning)).toBe('09:00');
});

test('tickets are counted in the half hour and for the segment in which they were issued', () => {
  const halfHours = halfHoursOf('2026-03-29', 'Europe/Zurich');
  const issued = (segment: string, minutes: number) => ({ segment, at: halfHours.from + minutes * 60_000 });
  // 03:00 comes 2 hours after midnight; one that was decided at midnight counts with the last.
  const tickets = [issued('cash', 0), issued('cash', 119.9), issued('cash', 120), issued('old', 23 * 60)];
  const came = arrivalsOf(tickets, halfHours, ['cash', 'vip']);
  expect(halfHours.clock[4]).toBe(6);
  expect([0, 3, 4].map((slot) => came['cash']?.[slot])).toEqual([1, 1, 1]);
  expect(total(came['vip'])).toBe(0);
  expect(came['old']?.[45]).toBe(1);
});
