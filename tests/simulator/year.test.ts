import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { MARKS, type FactsOfDay } from '../../domain/figures/facts.ts';
import { dayFacts } from '../../domain/forecast/calendar.ts';
import { memoryDayFacts } from '../../server/store/memory-day-facts.ts';
import { memoryRatings } from '../../server/store/memory-ratings.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { fillYear, type YearParts } from '../../scripts/fill-year.ts';
import { yearDays } from '../../scripts/year-days.ts';
import { troubleOn } from '../../simulator/year/level.ts';
import { writeNetwork } from '../../simulator/year/network.ts';

const folder = mkdtempSync(join(tmpdir(), 'lobbyflow-year-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeNetwork('config/branches', folder);
const { branches, warnings } = loadBranches(folder);
const small = branches.filter(({ config }) => ['london', 'tokyo'].includes(config.branchId));

/** Three days before the 24th, the last one with its log; on the 23rd Tokyo is closed. */
const WISH = { branchesFolder: folder, begun: Date.UTC(2026, 10, 24, 12), days: 3, logDays: 1, seed: 1 };

function parts() {
  const memory = new MemoryStore();
  const database = { store: memory, records: memory, ratings: memoryRatings(), dayFacts: memoryDayFacts() };
  return {
    database,
    branches: small,
    factsOf: ({ calendar, config }, day) => {
      const holidays = config.branchId === 'tokyo' ? ['2026-11-23'] : [];
      return Promise.resolve(dayFacts(day, { ...calendar, holidays }));
    },
    play: async (order, take) => {
      const branch = small.find(({ config }) => config.branchId === order.branchId);
      if (branch !== undefined) for (const day of yearDays(branch, order)) await take(day);
    },
    progress: () => undefined,
  } satisfies YearParts;
}

async function factsIn({ dayFacts: kept }: ReturnType<typeof parts>['database']): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const piece of kept.texts(['london', 'tokyo'], '2026-11-01', '2026-11-30'))
    for (const { branchId, day, facts } of piece) found.set(`${branchId} ${day}`, facts);
  return found;
}

const whole = parts();
const filled = await fillYear(WISH, whole);
const texts = await factsIn(whole.database);
const factsOfDay = (name: string) => JSON.parse(texts.get(name) ?? '{}') as FactsOfDay;
const facts = [...texts.keys()].map(factsOfDay);

test('thirteen branches of different sizes, two of them in other time zones, and nobody works at two', () => {
  expect([branches.length, warnings]).toEqual([13, []]);
  const staff = branches.flatMap((branch) => branch.staff.map(({ id }) => id));
  expect(new Set(staff).size).toBe(staff.length);
  const zones = new Set(branches.map(({ config }) => config.timeZone));
  expect([...zones].sort()).toEqual(['Asia/Shanghai', 'Asia/Tokyo', 'Europe/London']);
  expect(new Set(branches.map(({ config }) => config.counters.length)).size).toBe(3);
  expect(branches.every(({ holidaysOf }) => holidaysOf !== undefined)).toBe(true);
});

test('days are kept whole at the end and as facts before; a branch has none on its holidays', async () => {
  expect([...texts.keys()].sort()).toEqual([
    ...['london 2026-11-21', 'london 2026-11-22', 'london 2026-11-23'],
    ...['tokyo 2026-11-21', 'tokyo 2026-11-22'],
  ]);
  expect(filled).toMatchObject({ days: 5, added: 5 });
  const { store, records, ratings } = whole.database;
  expect(await store.head('london', '2026-11-22')).toBe(0);
  expect(await store.head('london', '2026-11-23')).toBeGreaterThan(1);
  const last = factsOfDay('london 2026-11-23');
  expect(await records.visits('london', '2026-11-23')).toHaveLength(last.tickets.segment.length + last.excluded);
  expect(await ratings.ofDay('london', '2026-11-23')).toHaveLength(last.ratings.score.length);
  expect((await records.forecast('london', '2026-11-23')).made).toMatchObject({ knownUntil: '2026-11-22' });
});

test('stopped in the middle, the next run goes on, and the year is the same', async () => {
  const halting = parts();
  let taken = 0;
  const play: YearParts['play'] = (order, take) =>
    halting.play(order, async (day) => {
      // The day that is being written when it stops is there in part.
      if (order.branchId === 'london' && day.log !== undefined && taken++ === 0) {
        await halting.database.dayFacts.put('london', day.day, day.record, 0);
        throw new Error('stopped');
      }
      await take(day);
    });
  await expect(fillYear(WISH, { ...halting, play })).rejects.toThrow('stopped');
  expect(await fillYear(WISH, halting)).toMatchObject({ days: 5, added: 1 });
  expect(await factsIn(halting.database)).toEqual(texts);
  expect(await fillYear(WISH, halting)).toMatchObject({ days: 5, added: 0, visits: 0 });
});

test('what happened in it is what happens in branches', () => {
  const sum = (of: (day: FactsOfDay) => number) => facts.reduce((all, day) => all + of(day), 0);
  const tickets = sum((day) => day.tickets.segment.length);
  const share = (of: (day: FactsOfDay) => number) => sum(of) / tickets;
  const outcome = (code: number) => (day: FactsOfDay) => day.tickets.outcome.filter((each) => each === code).length;
  expect(tickets / facts.length).toBeGreaterThan(50);
  expect(tickets / facts.length).toBeLessThan(200);
  expect(share(outcome(0))).toBeGreaterThan(0.9);
  for (const [low, of, high] of [
    [0.001, outcome(1), 0.06],
    [0.001, outcome(2), 0.08],
    [0.003, (day: FactsOfDay) => day.transfers.ticket.length, 0.06],
    [0.03, (day: FactsOfDay) => day.offers.ticket.length, 0.3],
    [0.1, (day: FactsOfDay) => day.ratings.score.length, 0.4],
    [0.05, (day: FactsOfDay) => day.tickets.marks.filter((marks) => (marks & MARKS.care) !== 0).length, 0.2],
  ] as const) {
    expect(share(of)).toBeGreaterThan(low);
    expect(share(of)).toBeLessThan(high);
  }
  // Lunch, and more.
  const minutes = (day: FactsOfDay) => day.staffing.paused.reduce((one, other) => one + other, 0) / 60_000;
  expect(sum(minutes) / facts.length).toBeGreaterThan(20);
  expect(sum((day) => day.effects.proposed)).toBeGreaterThan(0);
});

test('bad days are few, and leave a window open', () => {
  const days = Array.from({ length: 3_000 }, (_, place) => troubleOn(1, 'london', `day ${place}`, 2));
  const bad = days.flatMap((each) => each ?? []);
  expect(bad.length / days.length).toBeGreaterThan(0.015);
  expect(bad.length / days.length).toBeLessThan(0.06);
  expect(new Set(bad.map(({ ill }) => ill))).toEqual(new Set([0, 1]));
});
