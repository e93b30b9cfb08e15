import { expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { dayFacts } from '../../domain/forecast/calendar.ts';
import { MINUTE } from '../../domain/ids.ts';
import { whatIf } from '../../domain/replay/what-if.ts';
import { instantOn } from '../../server/business-day.ts';
import { halfHoursOf } from '../../server/forecast/half-hours.ts';
import { demoForecast } from '../../simulator/demo-forecast.ts';
import { partAt } from '../../simulator/pace.ts';
import { playPastDays, type PastDay } from '../../simulator/past-days.ts';

const station = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'station');
if (station === undefined) throw new Error('config/branches has no station');
const { config, calendar } = station;
const halfHours = (day: string) => halfHoursOf(day, config.timeZone);

function play(seed: number, dates: readonly string[]): PastDay[] {
  const instantOf = (day: string, time: string) => instantOn(day, time, config.timeZone);
  const factsOf = (day: string) => dayFacts(day, calendar);
  return [...playPastDays({ config, factsOf, days: dates, halfHoursOf: halfHours, instantOf, seed })];
}

/** Three days that several tests look at. */
const DAYS = ['2026-11-19', '2026-11-20', '2026-11-21'];
const days = play(1, DAYS);

test('days are whole, open in their hours, and leave nobody behind', () => {
  expect(days.map(({ day }) => day)).toEqual(DAYS);
  for (const { day, events, end } of days) {
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(['DayOpened', 'DayClosed']);
    expect(end.closed).toBe(true);
    const [opens, closes] = [config.hours.opens, config.hours.closes].map((time) =>
      instantOn(day, time, config.timeZone),
    );
    const taken = [...end.tickets.values()].map(({ issuedAt }) => issuedAt);
    expect(taken.length).toBeGreaterThan(100);
    expect(Math.min(...taken)).toBeGreaterThanOrEqual(opens ?? 0);
    expect(Math.max(...taken)).toBeLessThan(closes ?? 0);
    const statuses = new Set([...end.tickets.values()].map(({ status }) => status));
    expect([...statuses].filter((status) => !['finished', 'missed', 'cancelled', 'expired'].includes(status))).toEqual(
      [],
    );
    expect(events.every(({ at }, place) => at >= (events[place - 1]?.at ?? 0))).toBe(true);
    expect([...end.counters.values()].every(({ status }) => status === 'closed')).toBe(true);
  }
});

test('windows are proposed in them, followed, refused, and measured', () => {
  const types = days.flatMap(({ events }) => events.map(({ type }) => type));
  for (const type of ['WindowProposed', 'ProposalApproved', 'ProposalDismissed', 'CounterOpening', 'EffectMeasured'])
    expect(types).toContain(type);
});

test('each is opened with the forecast of those before, and is the same for the same seed', () => {
  const [first, second] = days;
  expect(first?.made).toBeUndefined();
  const [opening] = second?.events ?? [];
  expect(opening).toMatchObject({ type: 'DayOpened', forecast: second?.made?.forecast });
  expect(second?.made?.volume.mean).toBeGreaterThan(50);
  const [again] = play(1, DAYS.slice(0, 1));
  expect(again?.events).toEqual(first?.events);
  expect(play(2, DAYS.slice(0, 1))[0]?.events.length).not.toBe(first?.events.length);
});

test('played again under its own rules, such a day is itself', () => {
  const result = whatIf(days[1]?.events ?? [], [], { from: halfHours('2026-11-20').from });
  expect(result).toMatchObject({ sameAsRecorded: true });
  expect(result.differsAt).toBeUndefined();
});

test('the forecast of the demo is that of its own pace, from its own beginning on', () => {
  const from = halfHours('2026-11-24').from;
  const begins = from + 10 * 60 * MINUTE;
  const usual = { cash: [0, 30], 'self-service': [10, 0] };
  const forecast = (speed: number, perHour?: number) =>
    demoForecast({ config, halfHours: halfHours('2026-11-24'), begins, speed, perHour, usual });
  const even = forecast(10, 48);
  expect(even).toMatchObject({ from, slotMinutes: 30 });
  expect(even.arrivals['cash']?.slice(18, 22)).toEqual([0, 0, 180, 180]);
  expect(even.arrivals['self-service']?.[20]).toBe(60);
  // At the speed of the clock it follows the curve of the hall's day, which begins well after its opening.
  const own = forecast(1).arrivals['cash'] ?? [];
  expect(partAt(config.hours, 0)).toBeCloseTo(0.15);
  expect(own[22]).toBeGreaterThan(own[26] ?? 0);
});
