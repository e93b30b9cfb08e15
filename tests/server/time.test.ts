import { afterEach, expect, test } from '@jest/globals';
import { businessDayAt } from '../../server/business-day.ts';
import type { Jobs } from '../../server/ports.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const MINUTE = 60_000;
const open: RunningHall[] = [];

async function hallOn(memory: MemoryStore, clock = new ManualClock(), jobs = noJobs): Promise<RunningHall> {
  const adapters = { database: new ShakyStore(memory, { shared: false }).database(), jobs };
  const hall = await openHall({ branches: branchesNamed('b'), adapters, clock });
  open.push(hall);
  return hall;
}

afterEach(async () => {
  for (const hall of open.splice(0)) await hall.close();
});

async function eventsOf(memory: MemoryStore, day: string) {
  return (await memory.read('b', day, 0)).flatMap(({ events }) => events);
}

/** A counter with one ticket called to it. */
async function calledTicket(hall: RunningHall): Promise<Screen> {
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const counter = await hall.screen('b', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  await counter.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  expect(await counter.send({ type: 'CallNext', counterId: 'c1' })).toMatchObject({ ok: true });
  return counter;
}

test('a called ticket that nobody starts becomes a no-show by itself, at its time and not before', async () => {
  const memory = new MemoryStore();
  const hall = await hallOn(memory);
  const counter = await calledTicket(hall);
  await hall.gathered();
  await counter.until((screen) => screen.view('counter').current !== undefined);
  const due = counter.view('counter').current?.noShowAt ?? 0;

  await hall.clock.advanceTo(due - 1_000);
  expect((await eventsOf(memory, '2026-11-24')).at(-1)).toMatchObject({ type: 'TicketCalled' });
  await hall.clock.advanceTo(due + 1_000);
  await counter.until((screen) => screen.view('counter').missed.length === 1);
  const events = await eventsOf(memory, '2026-11-24');
  expect(events.at(-1)).toMatchObject({ type: 'TicketMissed', by: 'system', at: due });
  // And nothing more comes of it.
  await hall.clock.advanceBy(10 * MINUTE);
  expect(await eventsOf(memory, '2026-11-24')).toHaveLength(events.length);
});

test('a no-show that fell due while the server was down comes with the restart, though nobody looks', async () => {
  const memory = new MemoryStore();
  const before = await hallOn(memory);
  await calledTicket(before);
  await open.pop()?.close();

  const clock = new ManualClock(before.clock.now() + 30 * MINUTE);
  await hallOn(memory, clock);
  await clock.advanceBy(1_000);
  expect((await eventsOf(memory, '2026-11-24')).at(-1)).toMatchObject({ type: 'TicketMissed', by: 'system' });
});

test('at midnight of the branch the day is closed, the next one opened, and the screens told', async () => {
  const memory = new MemoryStore();
  const hall = await hallOn(memory);
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  expect(kiosk.view('kiosk').day).toBe('2026-11-24');

  // 16:00 UTC is midnight in Shanghai.
  await hall.clock.advanceTo(Date.UTC(2026, 10, 24, 16) - 1);
  expect(await memory.head('b', '2026-11-25')).toBe(0);
  await hall.clock.advanceBy(3_000);
  await kiosk.until((screen) => screen.profiles.length === 2 && screen.view('kiosk').day === '2026-11-25');
  expect(kiosk.view('kiosk')).toMatchObject({ open: true, waiting: 0 });

  const old = (await eventsOf(memory, '2026-11-24')).map(({ type }) => type);
  expect(old).toEqual(['DayOpened', 'TicketIssued', 'TicketExpired', 'DayClosed']);
  expect((await eventsOf(memory, '2026-11-25')).map(({ type }) => type)).toEqual(['DayOpened']);
  expect(await memory.visits('b', '2026-11-24')).toMatchObject([{ number: 'B001', status: 'expired' }]);
  expect(await memory.unclosedDays('b')).toEqual(['2026-11-25']);

  const first = await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  expect(first).toMatchObject({ ok: true, version: 2, answer: { issued: { number: 'B001' } } });
});

test('the job at midnight changes the day also when nobody looks, and twice does no harm', async () => {
  const memory = new MemoryStore();
  let due: (data: Readonly<Record<string, unknown>>) => Promise<void> = () => Promise.reject(new Error('no handler'));
  const planned: unknown[] = [];
  const jobs: Jobs = {
    ...noJobs,
    handle: (name, handler) => void (name === 'change-of-day' && (due = handler)),
    every: (name, _id, cron, timeZone) => Promise.resolve(void planned.push([name, cron, timeZone])),
  };
  const hall = await hallOn(memory, new ManualClock(), jobs);
  expect(planned).toContainEqual(['change-of-day', '0 0 * * *', 'Asia/Shanghai']);
  await hall.clock.advanceTo(Date.UTC(2026, 10, 24, 16));
  await Promise.all([
    due({ timeZone: 'Asia/Shanghai' }),
    due({ timeZone: 'Asia/Shanghai' }),
    due({ timeZone: 'Mars' }),
  ]);
  expect((await eventsOf(memory, '2026-11-24')).map(({ type }) => type)).toEqual(['DayOpened', 'DayClosed']);
  expect((await eventsOf(memory, '2026-11-25')).map(({ type }) => type)).toEqual(['DayOpened']);
});

test('days that were left open while the server was down are closed at the next start', async () => {
  const memory = new MemoryStore();
  const before = await hallOn(memory);
  const kiosk = await before.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  await open.pop()?.close();

  await hallOn(memory, new ManualClock(before.clock.now() + 3 * 24 * 60 * MINUTE));
  expect((await eventsOf(memory, '2026-11-24')).at(-1)).toMatchObject({ type: 'DayClosed', by: 'system' });
  expect(await eventsOf(memory, '2026-11-25')).toEqual([]);
  expect(await memory.unclosedDays('b')).toEqual(['2026-11-27']);
});

test.each([
  ['Asia/Shanghai', Date.UTC(2026, 10, 24, 15, 59), '2026-11-24', Date.UTC(2026, 10, 24, 16)],
  ['Asia/Shanghai', Date.UTC(2026, 10, 24, 16), '2026-11-25', Date.UTC(2026, 10, 25, 16)],
  // The clocks go forward at midnight there: that date begins at 01:00.
  ['Africa/Cairo', Date.UTC(2026, 3, 23, 12), '2026-04-23', Date.UTC(2026, 3, 23, 22)],
  ['Europe/Zurich', Date.UTC(2026, 9, 25, 12), '2026-10-25', Date.UTC(2026, 9, 25, 23)],
])('the business day in %s', (timeZone, now, day, until) => {
  expect(businessDayAt(now, timeZone)).toEqual({ day, until });
});
