import { describe, expect, test } from '@jest/globals';
import { MARKS, OUTCOMES, type DayRecord, type FactsOfDay } from '../../domain/figures/facts.ts';
import { dayRecordOf, type RatedTicket } from '../../domain/figures/day-record.ts';
import { slices, slotOf } from '../../domain/figures/half-hours.ts';
import { MINUTE } from '../../domain/ids.ts';
import type { PeriodQuery } from '../../protocol/period-report.ts';
import { PeriodSum } from '../../server/reports/period/period-sum.ts';
import { Chance } from '../../simulator/chance.ts';
import { OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

const HALF_HOURS = { from: OPENING, clock: Array.from({ length: 48 }, (_, index) => (index + 18) % 48) };

const recordOf = (hall: Hall, ratings: RatedTicket[] = []): DayRecord =>
  dayRecordOf(hall.log, { halfHours: HALF_HOURS, ratings, now: hall.now });
const sumOf = (days: readonly FactsOfDay[], query: Partial<PeriodQuery> = {}) => {
  const sum = new PeriodSum({ by: 'teller', ...query });
  days.forEach((facts, index) => sum.add('test', `2026-11-${10 + index}`, facts));
  return sum.summed();
};
const totalsOf = (hall: Hall, query: Partial<PeriodQuery> = {}) => sumOf([recordOf(hall).facts], query).totals;
const outcomesOf = ({ facts }: DayRecord) => facts.tickets.outcome.map((outcome) => OUTCOMES[outcome]);

describe('the facts of a day', () => {
  test('B1 the same log gives the same facts, and a half hour is what the clock on the wall shows', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.take('deposit');
    hall.wait({ minutes: 31 }).serveNext('c1');
    expect(recordOf(hall)).toEqual(recordOf(hall));
    const copy = JSON.parse(JSON.stringify(hall.log)) as typeof hall.log;
    expect(dayRecordOf(copy, { halfHours: HALF_HOURS, ratings: [], now: hall.now })).toEqual(recordOf(hall));

    // 02:00 to 03:00 comes twice, and after what is known the clock goes on.
    const autumn = { from: 0, clock: [4, 5, 4, 5, 6] };
    expect([0, 45, 60, 100, 149, 150, 210].map((minute) => slotOf(autumn, minute * MINUTE))).toEqual([
      4, 5, 4, 5, 6, 7, 9,
    ]);
    expect(slotOf(autumn, -1)).toBe(4);
    expect([...slices(autumn, 20 * MINUTE, 70 * MINUTE)]).toEqual([
      { slot: 4, ms: 10 * MINUTE },
      { slot: 5, ms: 30 * MINUTE },
      { slot: 4, ms: 10 * MINUTE },
    ]);
  });

  test('B2 a mistake is in no figure, and is said to be left out', () => {
    const hall = Hall.open();
    const [, wrong, twice] = [hall.take('deposit'), hall.take('deposit'), hall.take('deposit')];
    hall.do({ type: 'CancelTicket', ticketId: wrong ?? '', reason: 'mistake' });
    hall.do({ type: 'CancelTicket', ticketId: twice ?? '', reason: 'duplicate' });
    const summed = sumOf([recordOf(hall).facts]);
    expect([summed.totals.arrivals, summed.excluded]).toEqual([1, 2]);
  });

  test('B3 a ticket counts where it waited and who called it first, a service for who gave it', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c2', 'ben');
    const ticketId = hall.take('deposit');
    hall.wait({ minutes: 4 }).next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.wait({ minutes: 2 }).do({ type: 'TransferTicket', ticketId, to: { kind: 'service', service: 'account' } });
    hall.wait({ minutes: 30 }).next('c2');
    hall.do({ type: 'StartService', counterId: 'c2' });
    hall.wait({ minutes: 9 }).do({ type: 'FinishService', counterId: 'c2', outcome: 'done' });
    const rating = { ticketId, score: 4, counterId: 'c2', tellerId: 'ben' };
    const { facts } = recordOf(hall, [rating]);
    const by = (name: 'teller' | 'segment' | 'service' | 'half-hour') =>
      sumOf([facts], { by: name }).rows.map(({ key, figures }) => [
        key,
        ...[figures.arrivals, figures.wait.max, figures.service.count, figures.service.max],
        ...[figures.transfers, figures.rating.mean],
      ]);
    expect(by('teller')).toEqual([
      ['ann', 1, 4, 1, 2, 1, 0],
      ['ben', 0, 0, 1, 9, 0, 4],
    ]);
    expect(by('segment')).toEqual([['cash', 1, 4, 2, 9, 1, 4]]);
    expect(by('service')).toEqual([
      ['account', 0, 0, 1, 9, 0, 0],
      ['deposit', 1, 4, 1, 2, 1, 4],
    ]);
    expect(by('half-hour')).toEqual([
      ['09:00', 1, 4, 1, 2, 1, 4],
      ['09:30', 0, 0, 1, 9, 0, 0],
    ]);
  });

  test('B4 each ticket is served, a no-show, gave up, or is still there', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c5');
    const finished = hall.take('deposit');
    expect(hall.serveNext('c1').ticketId).toBe(finished);
    hall.take('deposit');
    hall.next('c1');
    hall.wait({ seconds: 30 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    const left = hall.take('deposit');
    hall.do({ type: 'CancelTicket', ticketId: left, reason: 'left' });
    // The machine could not help, and then they had enough.
    const failing = hall.take('atm');
    hall.next('c5');
    hall.do({ type: 'StartService', counterId: 'c5' });
    hall.wait({ minutes: 1 }).do({ type: 'FinishService', counterId: 'c5', outcome: 'not-possible' });
    hall.do({ type: 'CancelTicket', ticketId: failing, reason: 'left' });
    hall.take('deposit');
    expect(outcomesOf(recordOf(hall))).toEqual(['served', 'no-show', 'abandoned', 'abandoned', 'waiting']);
    hall.do({ type: 'CloseDay' });
    expect(outcomesOf(recordOf(hall)).at(-1)).toBe('abandoned');
    expect(totalsOf(hall)).toMatchObject({ arrivals: 5, served: 1, noShows: 1, abandoned: 3, service: { count: 1 } });
  });

  test('B5 the time that a person is at a counter is service, a call, a pause or idle, as it was then', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c5');
    hall.take('deposit');
    hall.wait({ minutes: 3 }).next('c1');
    hall.wait({ minutes: 1 }).do({ type: 'StartService', counterId: 'c1' });
    hall.wait({ minutes: 5 }).do({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
    hall.wait({ minutes: 2 }).do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    hall.wait({ minutes: 7 }).do({ type: 'CloseCounter', counterId: 'c1' }, 'staff:ann');
    hall.wait({ seconds: 12 }).do({ type: 'UndoLast', counterId: 'c1' });
    hall.wait({ minutes: 1 });
    const staffing = { serving: 7, calling: 1, idle: 3, paused: 8, open: 19 };
    expect(totalsOf(hall).staffing).toEqual(staffing);
    expect(totalsOf(hall, { segment: 'cash' }).staffing).toBeUndefined();
  });

  test('B6 what was undone has never been', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    const ticketId = hall.take('deposit');
    hall.wait({ minutes: 4 }).next('c1');
    hall.wait({ seconds: 5 }).do({ type: 'UndoLast', counterId: 'c1' });
    hall.do({ type: 'TransferTicket', ticketId, to: { kind: 'segment', segment: 'vip' } }, 'staff:manager');
    hall.do({ type: 'UndoLast' }, 'staff:manager');
    expect(totalsOf(hall)).toMatchObject({ arrivals: 1, transfers: 0, wait: { count: 0 } });
    hall.wait({ minutes: 6 }).next('c1');
    expect(totalsOf(hall).wait).toMatchObject({ count: 1, max: 4 + 6 + 5 / 60 });
  });

  test('B7 nobody with a care need is in a figure of what was offered at machines, said before or seen after', () => {
    const hall = Hall.open().openCounter('c5');
    const offer = (answer: 'accepted' | 'declined') => ({ channel: 'machine', answer, savesMinutes: 10 }) as const;
    const before = hall.try({ type: 'TakeTicket', services: ['atm'], careNeeds: ['sight'], offer: offer('accepted') });
    expect(before).toMatchObject({ ok: false, rejection: { code: 'channel-not-for-care' } });
    const marked = [hall.take('atm', { offer: offer('accepted') }), hall.take('atm', { offer: offer('declined') })];
    hall.take('atm', { offer: offer('accepted') });
    hall.take('atm', { offer: offer('declined') });
    expect(totalsOf(hall).diversion).toMatchObject({ offered: 4, accepted: 2, declined: 2, savedMinutes: 20 });
    for (const ticketId of marked) hall.do({ type: 'MarkCareNeeds', ticketId, careNeeds: ['hearing'] });
    hall.do({ type: 'LeaveOffer', service: 'atm', channel: 'machine', savesMinutes: 10 });
    const diversion = { offered: 3, accepted: 1, declined: 1, failed: 0, savedMinutes: 10 };
    expect(totalsOf(hall).diversion).toEqual(diversion);
    // Also not when the machine then fails them, and by no row.
    hall.next('c5');
    hall.do({ type: 'StartService', counterId: 'c5' });
    hall.do({ type: 'FinishService', counterId: 'c5', outcome: 'not-possible' });
    expect(totalsOf(hall).diversion).toEqual(diversion);
    for (const by of ['segment', 'service', 'half-hour', 'day'] as const)
      for (const { figures } of sumOf([recordOf(hall).facts], { by }).rows)
        expect(figures.diversion.offered).toBeLessThanOrEqual(diversion.offered);
  });
});

/** A day of one teller's services, and nothing else. */
function dayOf(teller: string, services: readonly (readonly [service: string, minutes: number])[]): FactsOfDay {
  const names = [...new Set(services.map(([service]) => service))];
  const column = (value: number) => services.map(() => value);
  const none = { ticket: [], place: [] };
  return {
    ...{ form: 1, until: 0, over: true, segments: ['cash'], targets: [0], careTargets: [0], services: names },
    ...{ places: [['c1', teller]], excluded: 0, transfers: none, left: { service: [], slot: [] } },
    tickets: {
      ...{ segment: column(0), service: column(0), place: column(0), slot: column(18), outcome: column(0) },
      ...{ wait: services.map(([, minutes]) => minutes * MINUTE), marks: column(MARKS.withinTarget) },
      overQuote: column(0),
    },
    serves: {
      ...{ ticket: services.map((_, index) => index), place: column(0), slot: column(18) },
      service: services.map(([service]) => names.indexOf(service)),
      ms: services.map(([, minutes]) => Math.round(minutes * MINUTE)),
    },
    offers: { ticket: [], accepted: [], failed: [], savedMinutes: [] },
    ratings: { ...none, score: [] },
    staffing: { place: [], slot: [], serving: [], calling: [], idle: [], paused: [] },
    effects: { proposed: 0, approved: 0, byItself: 0, measured: 0, held: 0 },
  };
}
const times = (count: number, service: string, minutes: number) =>
  Array.from({ length: count }, () => [service, minutes] as const);

test('B8 a percentile of a period is that of its single waits, not a mean of days', () => {
  const days = [dayOf('ann', times(9, 'deposit', 1)), dayOf('ann', times(1, 'deposit', 90))];
  expect(sumOf(days).totals.wait).toEqual({ count: 10, mean: 9.9, p50: 1, p90: 1, max: 90 });
  expect(sumOf([...days, dayOf('ann', times(1, 'deposit', 80))]).totals.wait).toMatchObject({ p50: 1, p90: 80 });
  expect(sumOf(days).waits.at(-1)).toEqual({ minute: 60, count: 1 });
  expect(sumOf([]).totals.wait).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, max: 0 });
});

describe('the mix of services', () => {
  test('B9 a teller with the long services is not slower for it, and few services say nothing', () => {
    const quick = dayOf('ann', [...times(40, 'deposit', 4), ...times(10, 'loan', 20)]);
    const busy = dayOf('ben', [...times(10, 'deposit', 4), ...times(40, 'loan', 20)]);
    const rows = (days: readonly FactsOfDay[]) =>
      Object.fromEntries(sumOf(days).rows.map(({ key, figures }) => [key, figures.mix]));
    expect(rows([quick, busy])).toEqual({
      ann: { ratio: expect.closeTo(1), low: expect.closeTo(1), high: expect.closeTo(1) },
      ben: { ratio: expect.closeTo(1), low: expect.closeTo(1), high: expect.closeTo(1) },
    });
    // A third one is half as fast again at the same services.
    const slow = rows([quick, busy, dayOf('cat', [...times(30, 'deposit', 6), ...times(10, 'loan', 30)])])['cat'];
    expect(slow?.ratio).toBeGreaterThan(1.2);
    expect(slow?.low).toBeGreaterThan(1);
    expect(rows([quick, dayOf('dan', times(29, 'deposit', 6))])['dan']).toBeUndefined();
  });

  test('B9 the interval holds the truth in 95 of 100 cases', () => {
    const chance = new Chance(8, 'mix');
    const draw = (count: number, service: string, mean: number) =>
      Array.from({ length: count }, () => [service, chance.lognormal(mean, 0.5)] as const);
    const runs = 300;
    let held = 0;
    for (let run = 0; run < runs; run += 1) {
      const others = dayOf('others', [...draw(600, 'deposit', 4), ...draw(600, 'loan', 20)]);
      const mix = sumOf([others, dayOf('ann', [...draw(60, 'deposit', 4), ...draw(40, 'loan', 20)])]).rows[0]?.figures
        .mix;
      if (mix !== undefined && mix.low <= 1 && 1 <= mix.high) held += 1;
    }
    expect(held / runs).toBeGreaterThan(0.91);
    expect(held / runs).toBeLessThan(0.98);
  });
});
