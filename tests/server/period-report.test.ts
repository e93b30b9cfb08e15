import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import { dayRecordOf } from '../../domain/figures/day-record.ts';
import type { PeriodQuery, PeriodReport } from '../../protocol/period-report.ts';
import { REPORT_BY } from '../../protocol/report-scale.ts';
import { DayMaker } from '../../server/reports/day-maker.ts';
import { localHalfHours } from '../../server/reports/local-half-hours.ts';
import { RecentDays } from '../../server/reports/recent-days.ts';
import { Reports } from '../../server/reports/reports.ts';
import { memoryDayFacts } from '../../server/store/memory-day-facts.ts';
import { memoryRatings } from '../../server/store/memory-ratings.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { Hall } from '../support/hall.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { attemptOf, branchNo, randomSteps } from '../support/random-day.ts';
import { recountedReport, type RawDay } from '../support/recounted-report.ts';

const log = pino({ level: 'silent' });
const [BERLIN, NEW_YORK] = ['Europe/Berlin', 'America/New_York'];
const SCORES = 5;

/**
 * A day on which everything is tried: VIPs, care needs before and after, transfers, visits to several counters, no-shows, mistakes,
 * undos, machines that fail, floating windows, people who are offered a machine, and pauses in which waits pass the hour.
 */
function tumult(branchId: string, day: string, timeZone: string, opens: string, seed: number, close = true): RawDay {
  const hall = new Hall();
  hall.now = Date.parse(opens);
  hall.do({ type: 'OpenDay', day, config: { ...branchNo(seed), branchId, timeZone } });
  for (const [counterId, tellerId] of [
    ['c1', 'ann'],
    ['c2', 'ben'],
    ['c5', undefined],
  ] as const)
    hall.do({ type: 'OpenCounter', counterId, tellerId });
  for (const step of randomSteps(seed, 700)) {
    hall.wait({ seconds: step.seconds });
    const { command, by } = attemptOf(hall.day, step);
    const answer = step.c % 3 === 0 ? 'declined' : 'accepted';
    const offer = { channel: 'machine', answer, savesMinutes: step.b % 20 } as const;
    if (step.what % 19 === 0) hall.try({ type: 'TakeTicket', services: ['atm'], offer }, 'device:kiosk-1');
    else if (step.what % 151 === 0)
      hall.try({ type: 'LeaveOffer', service: 'atm', channel: 'machine', savesMinutes: 7 });
    else hall.try(command, by);
  }
  if (close) hall.do({ type: 'CloseDay' });
  const rated = [...hall.day.tickets.values()].filter(({ status }, index) => status === 'finished' && index % 2 === 0);
  const ratings = rated.map(({ id, counterId, tellerId }, index) => ({
    ...{ ticketId: id, score: (index % SCORES) + 1 },
    ...(counterId !== undefined && { counterId }),
    ...(tellerId !== undefined && { tellerId }),
  }));
  // Two kiosks of two branches may well make the same ids in this test, so they are told apart.
  return { branchId, day, timeZone, events: hall.log, ratings };
}

const DAYS = [
  tumult('mitte', '2026-03-28', BERLIN, '2026-03-28T07:30:00+01:00', 1),
  // The clocks are put forward at 2:00, and the branch is open.
  tumult('mitte', '2026-03-29', BERLIN, '2026-03-29T00:40:00+01:00', 9),
  // They are put back at 3:00: two half hours of this day are called 02:00.
  tumult('mitte', '2026-10-25', BERLIN, '2026-10-25T00:40:00+02:00', 19),
  // Open over midnight, and on the next calendar day the clocks are put back.
  tumult('night', '2026-10-31', NEW_YORK, '2026-10-31T22:20:00-04:00', 20),
  tumult('night', '2026-11-01', NEW_YORK, '2026-11-01T09:00:00-05:00', 6, false),
];
/** Its days have no facts yet: they are made from the log when the report is. */
const UNKEPT = '2026-11-01';
const PERIOD = { from: '2026-03-29', to: '2026-11-01' } as const;

let reports: Reports;

beforeAll(async () => {
  const facts = memoryDayFacts();
  const [store, ratings] = [new MemoryStore(), memoryRatings()];
  const staff = [{ id: 'ann', name: 'Ann Example' }];
  const branches = new Map<string, LoadedBranch>();
  for (const { branchId, day, timeZone, events, ratings: given } of DAYS) {
    branches.set(branchId, { config: { ...branchNo(1), branchId, timeZone }, staff } as unknown as LoadedBranch);
    if (day === UNKEPT) {
      await store.append({ branchId, day, version: 1, events, visits: [], reopened: [] });
      for (const { ticketId, score, ...where } of given)
        await ratings.add({
          ...{ branchId, day, ticketId, score, ...where, channel: 'phone', at: 0 },
          ...{ reasons: [], dimensions: {}, segment: '', services: [] },
        });
    } else {
      const record = dayRecordOf(events, { halfHours: localHalfHours(day, timeZone), ratings: given });
      await facts.put(branchId, day, record, 0);
    }
  }
  const maker = new DayMaker({ store, ratings, branches });
  const clock = new ManualClock(Date.parse('2026-11-03T12:00:00Z'));
  const recent = new RecentDays({ records: store, maker, clock, todayOf: () => '2026-11-03' });
  reports = new Reports({ branches, facts, recent, log });
});
afterAll(() => reports.stop());

/** Every number as it should be; `bias` comes from quotes in whole milliseconds. */
function expectSame(actual: unknown, expected: unknown, path = 'report'): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const off = Math.abs(actual - expected);
    if (off > (path.endsWith('.bias') ? 1e-5 : 1e-9)) expect(`${path}: ${actual}`).toBe(`${path}: ${expected}`);
  } else if (typeof expected === 'object' && expected !== null && typeof actual === 'object' && actual !== null) {
    expect([path, Object.keys(actual).sort()]).toEqual([path, Object.keys(expected).sort()]);
    for (const [name, value] of Object.entries(expected))
      expectSame((actual as Record<string, unknown>)[name], value, `${path}.${name}`);
  } else expect([path, actual]).toEqual([path, expected]);
}

const FILTERED_BY = ['teller', 'week'] as const;
const FILTERS: readonly Partial<PeriodQuery>[] = [
  {},
  { segment: 'cash' },
  { service: 'deposit' },
  { counter: 'mitte/c1' },
  { teller: 'ann' },
  { branches: ['night'] },
  { teller: 'ben', segment: 'non-cash', service: 'account' },
];

describe('a report, counted once more from the raw events by other code', () => {
  test('says the same, by everything and under every filter', async () => {
    for (const filter of FILTERS)
      for (const by of Object.keys(filter).length === 0 ? REPORT_BY : FILTERED_BY) {
        const query: PeriodQuery = { ...PERIOD, branches: ['mitte', 'night'], by, ...filter };
        const report = await reports.of(query);
        const days = DAYS.filter(({ branchId }) => query.branches.includes(branchId));
        const expected = recountedReport(days, query);
        const { query: _, branches, missing, choices, names, ...figures } = report;
        expectSame(figures, expected, JSON.stringify(filter) + by);
        expect(branches.map((each) => each.days)).toEqual(query.branches.map(() => 2));
        expect([missing, names, choices.tellers.includes('dan')]).toEqual([[], { ann: 'Ann Example' }, true]);
      }
  });

  test('has something in every figure', async () => {
    const { totals, before, excluded, effects, rows, waits } = await report({ by: 'half-hour' });
    const zeros = (value: object, path: string): string[] =>
      Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
        typeof each === 'object' ? zeros(each ?? {}, `${path}.${name}`) : each === 0 ? `${path}.${name}` : [],
      );
    expect(zeros({ totals, before, effects, excluded }, '')).toEqual([]);
    expect(totals.wait.max).toBeGreaterThan(60);
    expect(waits.at(-1)).toEqual({ minute: 60, count: expect.any(Number) });
    const keys = rows.map(({ key }) => key);
    // Of the night that goes on past midnight, and of the hour that comes twice.
    expect(keys).toEqual(expect.arrayContaining(['23:30', '00:00', '01:30', '02:00', '02:30']));
  });
});

function report(query: Partial<PeriodQuery>): Promise<PeriodReport> {
  return reports.of({ ...PERIOD, branches: [], by: 'day', ...query });
}
