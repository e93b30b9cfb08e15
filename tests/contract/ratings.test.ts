import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { Rating, RatingRecords } from '../../server/rating-ports.ts';
import { memoryRatings } from '../../server/store/memory-ratings.ts';
import { openStore } from '../../server/store/open-store.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });

interface Open {
  readonly ratings: RatingRecords;
  close(): Promise<void>;
}

async function postgres(): Promise<Open> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  const { ratings, close } = await openStore({ databaseUrl: url, log });
  return {
    ratings,
    close: () =>
      close()
        .then(drop)
        .then(() => server.stop()),
  };
}

const rating = (ticketId: string, more: Partial<Rating> = {}): Rating => ({
  ...{ branchId: 'b', day: '2026-11-24', ticketId, channel: 'counter', at: Date.parse('2026-11-24T02:00:00Z') },
  ...{ score: 2, reasons: ['slow', 'unclear'], dimensions: {}, segment: 'cash', services: ['deposit', 'loan'] },
  ...more,
});

describe.each([
  { name: 'in memory', open: () => Promise.resolve<Open>({ ratings: memoryRatings(), close: async () => {} }) },
  { name: 'PGlite', open: (): Promise<Open> => openStore({ log }) },
  { name: 'PostgreSQL', open: postgres },
])('ratings are kept: $name', ({ open }) => {
  let ratings: RatingRecords;
  let close: () => Promise<void>;
  beforeAll(async () => ({ ratings, close } = await open()));
  afterAll(() => close());

  test('the first of a ticket on each channel, as it was given', async () => {
    const first = rating('t1', { counterId: 'c1', tellerId: '1001' });
    const byPhone = rating('t1', {
      channel: 'phone',
      score: 5,
      dimensions: { attitude: 5, range: 3 },
      at: first.at + 1,
    });
    expect(await ratings.add(first)).toBe(true);
    expect(await ratings.add({ ...first, score: 5 })).toBe(false);
    expect(await ratings.add(byPhone)).toBe(true);
    // At once: one of them is kept.
    const race = await Promise.all([1, 2, 3].map((score) => ratings.add(rating('t2', { score, at: first.at + 2 }))));
    expect(race.filter(Boolean)).toHaveLength(1);
    const kept = await ratings.ofDay('b', '2026-11-24');
    expect(kept.slice(0, 2)).toEqual([first, byPhone]);
    expect(kept).toHaveLength(3);
  });

  test('each branch and each day for itself', async () => {
    expect(await ratings.add(rating('t1', { branchId: 'b2' }))).toBe(true);
    expect(await ratings.add(rating('t1', { day: '2026-11-25' }))).toBe(true);
    expect(await ratings.ofDay('b2', '2026-11-24')).toHaveLength(1);
    expect(await ratings.ofDay('b', '2026-11-26')).toEqual([]);
  });
});
