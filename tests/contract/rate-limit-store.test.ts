import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MemoryStore, type Options, type Store } from 'express-rate-limit';
import { redisCounts } from '../../server/limits/redis-counts.ts';
import type { Redis } from '../../server/redis/connection.ts';
import { PrivateRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const WINDOW_MS = 400;

function inUse(store: Store, windowMs = 60_000): Store {
  void store.init?.({ windowMs } as Options);
  return store;
}
const hits = async (store: Store, key: string) => (await store.increment(key)).totalHits;

let server: PrivateRedis;
const lines: Redis[] = [];
/** A process of its own. */
async function onRedis(name: string, windowMs?: number): Promise<Store> {
  const line = server.line();
  lines.push(line);
  await until(() => line.commands.isReady);
  return inUse(redisCounts(line.commands, name), windowMs);
}
beforeAll(async () => void (server = await PrivateRedis.launch()));
afterAll(() => server.stop());

describe.each([
  { name: 'in memory', open: (windowMs?: number) => Promise.resolve(inUse(new MemoryStore(), windowMs)) },
  { name: 'on Redis', open: (windowMs?: number) => onRedis('contract', windowMs) },
])('a count of requests $name', ({ open }) => {
  let key: string;
  beforeEach(() => void (key = `caller ${Math.random()}`));

  test('counts each caller, can take one back, and forgets one', async () => {
    const store = await open();
    expect([await hits(store, key), await hits(store, key), await hits(store, `${key} else`)]).toEqual([1, 2, 1]);
    await store.decrement(key);
    expect(await hits(store, key)).toBe(2);
    await store.resetKey(key);
    expect(await hits(store, key)).toBe(1);
    await store.shutdown?.();
  });

  test('begins again when the time is over', async () => {
    const store = await open(WINDOW_MS);
    const began = Date.now();
    expect([await hits(store, key), await hits(store, key)]).toEqual([1, 2]);
    await until(async () => (await hits(store, key)) === 1);
    expect(Date.now() - began).toBeGreaterThanOrEqual(WINDOW_MS - 5);
    await store.shutdown?.();
  });
});

describe('a count of several processes', () => {
  test('is one, and what two limits count is not mixed', async () => {
    const [one, two, other] = [await onRedis('commands'), await onRedis('commands'), await onRedis('sessions')];
    expect([await hits(one, 'k'), await hits(two, 'k'), await hits(one, 'k'), await hits(other, 'k')]).toEqual([
      1, 2, 3, 1,
    ]);
  });

  test('goes on in each process while Redis is away, and together when it has come back', async () => {
    const [one, two] = [await onRedis('away'), await onRedis('away')];
    await hits(one, 'k');
    await server.kill();
    await until(() => lines.slice(-2).every(({ commands }) => !commands.isReady));
    expect([await hits(one, 'k'), await hits(one, 'k'), await hits(two, 'k')]).toEqual([1, 2, 1]);
    await server.start();
    await until(() => lines.slice(-2).every(({ commands }) => commands.isReady));
    expect([await hits(one, 'k'), await hits(two, 'k')]).toEqual([1, 2]);
  });

  test('a frozen Redis holds no request up', async () => {
    const store = await onRedis('frozen');
    await hits(store, 'k');
    server.freeze();
    const began = performance.now();
    expect(await hits(store, 'k')).toBe(1);
    expect(performance.now() - began).toBeLessThan(1_500);
    server.thaw();
  });

  test('a process that starts while Redis is away counts alone, and with the others later', async () => {
    await server.kill();
    const line = server.line();
    lines.push(line);
    const store = inUse(redisCounts(line.commands, 'late'));
    expect([await hits(store, 'k'), await hits(store, 'k')]).toEqual([1, 2]);
    await server.start();
    await until(() => line.commands.isReady);
    expect(await hits(store, 'k')).toBe(1);
  });

  test('a process whose first count was cut off counts with the others later', async () => {
    const store = await onRedis('cut off');
    server.freeze();
    expect(await hits(store, 'k')).toBe(1);
    await server.kill();
    await server.start();
    await until(() => lines.at(-1)?.commands.isReady === true);
    expect(await hits(store, 'k')).toBe(1);
  });
});
