import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { EventStore, Records } from '../../server/ports.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { type OpenStore, openStore } from '../../server/store/open-store.ts';
import { commitOf, dayClosed, dayOpened, missed, today, visitOf } from '../support/commits.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });

interface Harness {
  readonly store: EventStore;
  readonly records: Records;
  empty(): Promise<void>;
  close(): Promise<void>;
}

const nothing = () => Promise.resolve();

function memory(): Promise<Harness> {
  let store = new MemoryStore();
  return Promise.resolve({
    get store() {
      return store;
    },
    get records() {
      return store;
    },
    empty: () => Promise.resolve(void (store = new MemoryStore())),
    close: nothing,
  });
}

async function embedded(): Promise<Harness> {
  return harness(await openStore({ log }));
}

async function inFolder(): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'lobbyflow-store-'));
  return harness(await openStore({ folder, log }), () => rm(folder, { recursive: true }));
}

async function postgres(): Promise<Harness> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  return harness(await openStore({ databaseUrl: url, log }), async () => {
    await drop();
    await server.stop();
  });
}

function harness(open: OpenStore, afterwards = nothing): Harness {
  return {
    store: open.store,
    records: open.records,
    empty: async () => void (await open.pool.query('truncate app.commit, app.visit')),
    async close() {
      await open.close();
      await afterwards();
    },
  };
}

describe.each([
  { name: 'in memory', open: memory, sql: false },
  { name: 'PGlite in memory', open: embedded, sql: true },
  { name: 'PGlite in a folder', open: inFolder, sql: true },
  { name: 'PostgreSQL', open: postgres, sql: true },
])('an event store: $name', ({ open, sql }) => {
  let harness: Harness;
  let store: EventStore;
  beforeAll(async () => void (harness = await open()));
  beforeEach(() => void (store = harness.store));
  afterEach(() => harness.empty());
  afterAll(() => harness.close());

  test('an empty day has no commits, and its head is 0', async () => {
    expect(await store.read('b1', today, 0)).toEqual([]);
    expect(await store.head('b1', today)).toBe(0);
    expect(await store.unclosedDays('b1')).toEqual([]);
    expect(await harness.records.visits('b1', today)).toEqual([]);
  });

  test('what was appended is read back as it was, in order, after the version asked for', async () => {
    const odd = missed('quote " and \' and \\ and 號碼 😀 \n {}', '{"not":"json"}');
    expect(await store.append(commitOf('b1', 1, { events: [dayOpened('c1'), odd] }))).toBe('appended');
    expect(await store.append(commitOf('b1', 2))).toBe('appended');
    expect(await store.append(commitOf('b1', 3))).toBe('appended');
    expect(await store.read('b1', today, 0)).toEqual([
      { version: 1, events: [dayOpened('c1'), odd] },
      { version: 2, events: [missed('b1/2')] },
      { version: 3, events: [missed('b1/3')] },
    ]);
    expect((await store.read('b1', today, 2)).map(({ version }) => version)).toEqual([3]);
    expect(await store.head('b1', today)).toBe(3);
  });

  test('branches and days are apart', async () => {
    await store.append(commitOf('b1', 1));
    await store.append(commitOf('b1', 1, { day: '2026-11-25' }));
    await store.append(commitOf('b2', 1));
    expect(await store.head('b1', today)).toBe(1);
    expect(await store.head('b1', '2026-11-25')).toBe(1);
    expect(await store.head('b3', today)).toBe(0);
  });

  test('a version that was taken is a conflict, and nothing of the beaten commit is there', async () => {
    await store.append(commitOf('b1', 1, { visits: [visitOf('t1')] }));
    const beaten = commitOf('b1', 1, { events: [missed('late')], visits: [visitOf('t2')], reopened: ['t1'] });
    expect(await store.append(beaten)).toBe('conflict');
    expect(await store.read('b1', today, 0)).toEqual([{ version: 1, events: [missed('b1/1')] }]);
    expect(await harness.records.visits('b1', today)).toEqual([visitOf('t1')]);
  });

  test('of many that come at once, only the beaten branches get a conflict', async () => {
    const branches = Array.from({ length: 40 }, (_, index) => `branch, (${index})=`);
    const beaten = branches.filter((_, index) => index % 7 === 0);
    await Promise.all(beaten.map((branch) => store.append(commitOf(branch, 1))));
    const outcomes = await Promise.all(branches.map((branch) => store.append(commitOf(branch, 1))));
    expect(branches.filter((_, index) => outcomes[index] === 'conflict')).toEqual(beaten);
    for (const branch of branches) expect(await store.head(branch, today)).toBe(1);
  });

  test('a day of 1,500 commits, one after the other', async () => {
    for (let version = 1; version <= 1500; version += 1) await store.append(commitOf('b1', version));
    const commits = await store.read('b1', today, 0);
    expect(commits.map(({ version }) => version)).toEqual(Array.from({ length: 1500 }, (_, index) => index + 1));
  });

  test('finished visits are recorded with their commit, whole', async () => {
    const bare = visitOf('t2', { tier: undefined, quote: undefined, counterId: undefined, tellerId: undefined });
    const missedVisit = visitOf('t3', {
      status: 'missed',
      endedAt: visitOf('t3').endedAt + 1,
      careNeeds: ['wheelchair'],
    });
    await store.append(commitOf('b1', 1, { visits: [visitOf('t1'), bare, missedVisit] }));
    expect(await harness.records.visits('b1', today)).toEqual([visitOf('t1'), bare, missedVisit]);
    expect(await harness.records.visits('b2', today)).toEqual([]);
  });

  test('a reopened visit is no longer recorded, and one that ends again is recorded anew', async () => {
    await store.append(commitOf('b1', 1, { visits: [visitOf('t1'), visitOf('t2'), visitOf('t3')] }));
    await store.append(commitOf('b1', 2, { reopened: ['t1', 't2'] }));
    expect(await harness.records.visits('b1', today)).toEqual([visitOf('t3')]);
    const again = visitOf('t2', { status: 'cancelled', servedMs: 1 });
    const once = visitOf('t3', { servedMs: 2 });
    await store.append(commitOf('b1', 3, { visits: [again, visitOf('t3'), once], reopened: ['t3', 't1'] }));
    expect(await harness.records.visits('b1', today)).toEqual([again, once]);
  });

  test('unclosed days are those that were opened and not closed, oldest first', async () => {
    for (const day of ['2026-11-25', '2026-11-23', '2026-11-24']) {
      await store.append(commitOf('b1', 1, { day, events: [dayOpened('open'), missed('m')] }));
    }
    await store.append(commitOf('b1', 2, { day: '2026-11-24', events: [missed('x'), dayClosed('close')] }));
    await store.append(commitOf('b2', 1, { events: [dayOpened('open')] }));
    expect(await store.unclosedDays('b1')).toEqual(['2026-11-23', '2026-11-25']);
  });

  test('exclusive turns of one branch do not overlap, and other branches do not wait', async () => {
    const seen: string[] = [];
    const entered = signal();
    const leave = signal();
    const first = store.exclusively('b1', async () => {
      seen.push('first in');
      entered.resolve();
      await leave.done;
      seen.push('first out');
      return 'result';
    });
    await entered.done;
    const second = store.exclusively('b1', () => Promise.resolve(seen.push('second')));
    await store.exclusively('b2', () => Promise.resolve(seen.push('other branch')));
    leave.resolve();
    expect(await first).toBe('result');
    await second;
    expect(seen).toEqual(['first in', 'other branch', 'first out', 'second']);
  });

  test('a failed exclusive turn lets the next one in', async () => {
    await expect(store.exclusively('b1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await store.exclusively('b1', () => Promise.resolve('yes'))).toBe('yes');
  });

  if (!sql) return;

  test('a text that the database refuses fails its own commit and no other', async () => {
    const results = await Promise.allSettled([
      store.append(commitOf('b1', 1)),
      store.append(commitOf('b2', 1, { events: [missed('zero \0 byte')] })),
      store.append(commitOf('b3', 1)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await Promise.all(['b1', 'b2', 'b3'].map((branch) => store.head(branch, today)))).toEqual([1, 0, 1]);
  });

  test('what was decided on top of a beaten commit falls with it', async () => {
    await store.append(commitOf('b1', 1));
    const outcomes = await Promise.all([store.append(commitOf('b1', 1)), store.append(commitOf('b1', 2))]);
    expect(outcomes).toEqual(['conflict', 'conflict']);
    expect(await store.head('b1', today)).toBe(1);
  });
});

function signal(): { done: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const done = new Promise<void>((settle) => (resolve = settle));
  return { done, resolve };
}
