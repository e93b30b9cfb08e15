import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dayRecordOf } from '../../domain/figures/day-record.ts';
import type { DayFactsStore, FactsText } from '../../server/report-ports.ts';
import { memoryDayFacts } from '../../server/store/memory-day-facts.ts';
import { OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { ownDatabase } from '../support/running-hall.ts';

const halfHours = { from: OPENING, clock: [18] };
const record = (tickets: number) => {
  const hall = Hall.open();
  for (let each = 0; each < tickets; each += 1) hall.take('deposit');
  return dayRecordOf(hall.log, { halfHours, ratings: [] });
};

const closing: (() => Promise<void>)[] = [];
const stores: Record<string, DayFactsStore> = { memory: memoryDayFacts() };
beforeAll(async () => {
  const { database, jobs } = await ownDatabase();
  closing.push(
    () => jobs.stop(),
    () => database.close(),
  );
  stores['embedded'] = database.dayFacts;
});
afterAll(async () => {
  for (const close of closing) await close();
});

async function all(days: AsyncIterable<readonly FactsText[]>): Promise<FactsText[]> {
  const found: FactsText[] = [];
  for await (const piece of days) found.push(...piece);
  return found;
}

describe.each(['memory', 'embedded'])('the facts of days: %s', (name) => {
  test('come back as they were kept, in order, of these branches and days only', async () => {
    const store = stores[name];
    if (store === undefined) throw new Error('no store');
    await store.put('a', '2026-11-24', record(1), 0);
    await store.put('a', '2025-11-24', record(2), 0);
    await store.put('a', '2026-11-24', record(3), 0);
    await store.put('b', '2026-03-01', record(4), 0);
    await store.put('c', '2026-03-01', record(5), 0);
    const found = await all(store.texts(['a', 'b'], '2025-11-24', '2026-11-24'));
    expect(found.map(({ branchId, day }) => `${branchId} ${day}`).sort()).toEqual([
      'a 2025-11-24',
      'a 2026-11-24',
      'b 2026-03-01',
    ]);
    expect(JSON.parse(found.find(({ day }) => day === '2026-11-24')?.facts ?? '')).toEqual(record(3).facts);
    expect(await all(store.texts(['a'], '2025-11-25', '2026-11-23'))).toEqual([]);
    expect(JSON.parse((await store.tickets('a', '2025-11-24')) ?? '')).toEqual(record(2).tickets);
    expect(await store.tickets('a', '2025-11-25')).toBeUndefined();
    expect(await store.days('a')).toEqual(['2025-11-24', '2026-11-24']);
    expect(await store.nearest(['a', 'b'], '2026-01-01', '2026-02-01')).toEqual({
      ...{ before: '2025-11-24', after: '2026-03-01' },
    });
    expect(await store.nearest(['a'], '2025-01-01', '2026-12-01')).toEqual({});
  });

  test('of an older form are as good as none', async () => {
    const store = stores[name];
    const { facts, tickets } = record(1);
    await store?.put('old', '2026-11-24', { facts: { ...facts, form: 0 }, tickets }, 0);
    expect(await store?.days('old')).toEqual([]);
    expect(await all(store?.texts(['old'], '2026-11-24', '2026-11-24') ?? memoryDayFacts().texts([], '', ''))).toEqual(
      [],
    );
  });
});
