import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { Commit } from '../../server/ports.ts';
import { type OpenStore, openStore } from '../../server/store/open-store.ts';
import { commitOf, missed, today, visitOf } from '../support/commits.ts';
import { ensurePostgres, freshDatabase, type PrivatePostgres } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });
const branches = ['b1', 'b2', 'b3', 'b4', 'b5'];
const turns = 300;

describe('several writers on one PostgreSQL', () => {
  let server: PrivatePostgres;
  let database: { url: string; drop: () => Promise<void> };
  let writers: OpenStore[];

  beforeAll(async () => {
    server = await ensurePostgres();
    database = await freshDatabase(server);
    // All at once on an empty database: each finds its tables.
    writers = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl: database.url, log })));
  });
  afterAll(async () => {
    await Promise.all(writers.map((writer) => writer.close()));
    await database.drop();
    await server.stop();
  });

  test('no gap, no torn commit; what was appended is there once, what was beaten is not', async () => {
    const appended: Commit[] = [];
    const beaten: Commit[] = [];
    const compete = async ({ store }: OpenStore, writer: number, branch: string) => {
      for (let turn = 1; turn <= turns; turn += 1) {
        const id = `${writer}/${branch}/${turn}`;
        const commit = commitOf(branch, (await store.head(branch, today)) + 1, {
          events: [1, 2, 3].map((part) => missed(`${id}/${part}`)),
          visits: turn % 3 === 0 ? [visitOf(id)] : [],
        });
        ((await store.append(commit)) === 'appended' ? appended : beaten).push(commit);
      }
    };
    await Promise.all(writers.flatMap((writer, index) => branches.map((branch) => compete(writer, index, branch))));

    const [first] = writers as [OpenStore];
    let stored = 0;
    for (const branch of branches) {
      const mine = appended.filter(({ branchId }) => branchId === branch).sort((a, b) => a.version - b.version);
      const log = await first.store.read(branch, today, 0);
      expect(log.map(({ version }) => version)).toEqual(log.map((_, index) => index + 1));
      expect(log).toEqual(mine.map(({ version, events }) => ({ version, events })));
      const visits = (await first.records.visits(branch, today)).map(({ ticketId }) => ticketId);
      expect(visits.sort()).toEqual(mine.flatMap((commit) => commit.visits.map(({ ticketId }) => ticketId)).sort());
      stored += log.length;
    }
    expect(appended.length + beaten.length).toBe(turns * branches.length * writers.length);
    expect(appended.length).toBe(stored);
    expect(beaten.length).toBeGreaterThan(0);
    console.info(
      `${writers.length} writers: ${appended.length} appended and stored, ${beaten.length} beaten and absent`,
    );
  });

  test('an exclusive turn keeps out the turns of other processes, of more branches than there are lock connections', async () => {
    const inside = new Map<string, number>();
    let most = 0;
    const turn = (branch: string) => async () => {
      inside.set(branch, (inside.get(branch) ?? 0) + 1);
      most = Math.max(most, ...inside.values());
      const { store } = writers[0] as OpenStore;
      expect(
        await store.append(commitOf(branch, (await store.head(branch, '2026-11-26')) + 1, { day: '2026-11-26' })),
      ).toBe('appended');
      inside.set(branch, (inside.get(branch) ?? 0) - 1);
    };
    const many = Array.from({ length: 12 }, (_, index) => `x${index}`);
    await Promise.all(writers.flatMap(({ store }) => many.map((branch) => store.exclusively(branch, turn(branch)))));
    expect(most).toBe(1);
  });

  test('when the server goes away, an append rejects, and works again when it is back', async () => {
    const { store, pool } = writers[1] as OpenStore;
    await store.append(commitOf('cut', 1));
    const kill =
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
    await Promise.allSettled([pool.query(kill)]);
    const outcome = await store.append(commitOf('cut', 2)).catch(() => 'unknown');
    // A connection that was cut is found out by the first who uses it: no more often than there are connections.
    let cut = 3 * pool.options.max;
    const again = async <T>(work: () => Promise<T>): Promise<T> =>
      work().catch((error: unknown) => {
        if (cut === 0) throw error;
        cut -= 1;
        return again(work);
      });
    const head = await again(() => store.head('cut', today));
    expect(outcome === 'appended' ? head === 2 : head <= 2).toBe(true);
    expect(await again(() => store.append(commitOf('cut', head + 1)))).toBe('appended');
  });
});
