import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { openJobs } from '../../server/jobs/open-jobs.ts';
import type { Jobs } from '../../server/ports.ts';
import { type OpenStore, openStore } from '../../server/store/open-store.ts';
import { redisJobs } from '../../server/jobs/redis-jobs.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';
import { PrivateRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });

interface Place {
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly drop: () => Promise<void>;
}

async function onPostgres(): Promise<Place> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  return {
    databaseUrl: url,
    async drop() {
      await drop();
      await server.stop();
    },
  };
}

async function onRedis(): Promise<Place> {
  const server = await PrivateRedis.launch();
  return { redisUrl: server.url, drop: () => server.stop() };
}

describe.each([
  { name: 'PGlite', find: (): Promise<Place> => Promise.resolve({ drop: () => Promise.resolve() }) },
  { name: 'PostgreSQL', find: onPostgres },
  { name: 'Redis', find: onRedis },
])('jobs on $name', ({ find }) => {
  let place: Place;
  let database: OpenStore;
  let jobs: Jobs;
  let done: unknown[];
  let woken: () => void;

  const open = () => openJobs({ redisUrl: place.redisUrl, databaseUrl: place.databaseUrl, pool: database.pool, log });
  const record = (data: unknown) => {
    done.push(data);
    woken();
    return Promise.resolve();
  };
  /** Resolves when `count` jobs are done. */
  const doneJobs = async (count: number) => {
    while (done.length < count) await new Promise<void>((resolve) => (woken = resolve));
    return done;
  };

  beforeAll(async () => {
    place = await find();
    database = await openStore({ databaseUrl: place.databaseUrl, log });
  });
  beforeEach(async () => {
    done = [];
    woken = () => undefined;
    jobs = await open();
    jobs.handle('record', record);
  });
  afterEach(() => jobs.stop());
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  test('a job runs once it is due, and not before', async () => {
    await jobs.start();
    const at = Date.now() + 400;
    jobs.handle('late', async () => record(Date.now() >= at));
    await jobs.once('late', 'due:1', at, {});
    await jobs.once('record', 'due:2', Date.now(), { soon: true });
    expect(await doneJobs(2)).toEqual([{ soon: true }, true]);
  });

  test('a second job with the same name and id is ignored, also when the first is done', async () => {
    await jobs.start();
    await jobs.once('record', 'same', 0, { n: 1 });
    await jobs.once('record', 'same', 0, { n: 2 });
    await doneJobs(1);
    await jobs.once('record', 'same', 0, { n: 3 });
    await jobs.once('record', '42', 0, { n: 4 });
    expect(await doneJobs(2)).toEqual([{ n: 1 }, { n: 4 }]);
  });

  test('a job that fails is tried again', async () => {
    let attempts = 0;
    jobs.handle('flaky', async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('the printer is out of paper');
      await record(attempts);
    });
    await jobs.start();
    await jobs.once('flaky', 'f1', 0, {});
    expect(await doneJobs(1)).toEqual([2]);
  });

  test('what was planned waits for the next process', async () => {
    await jobs.once('record', 'later', 0, { kept: '保留' });
    await jobs.stop();
    jobs = await open();
    jobs.handle('record', record);
    await jobs.start();
    expect(await doneJobs(1)).toEqual([{ kept: '保留' }]);
  });

  test('a pattern repeats; another one of the same id takes its place', async () => {
    await jobs.start();
    await jobs.every('record', 'tick', '* * * * * *', 'Asia/Shanghai', { every: 'second' });
    expect(await doneJobs(2)).toEqual([{ every: 'second' }, { every: 'second' }]);
    await jobs.every('record', 'tick', '0 5 * * *', 'Asia/Shanghai', { every: 'day' });
    const before = done.length;
    // Nothing ticks while a job that is due in two seconds is waited for, but for a tick that was on its way.
    await jobs.once('record', 'marker', Date.now() + 2000, { marker: true });
    while (!done.some((data) => typeof data === 'object' && data !== null && 'marker' in data))
      await doneJobs(done.length + 1);
    expect(done.length - before).toBeLessThanOrEqual(2);
  });

  test('stopping waits for the job at work, and may be asked twice', async () => {
    let finish = () => {};
    const working = new Promise<void>((started) => {
      jobs.handle('long', async () => {
        started();
        await new Promise<void>((resolve) => (finish = resolve));
        await record('finished');
      });
    });
    await jobs.start();
    await jobs.once('long', 'l1', 0, {});
    await working;
    const stopped = jobs.stop().then(() => done.push('stopped'));
    finish();
    await stopped;
    await jobs.stop();
    expect(done).toEqual(['finished', 'stopped']);
  });

  test('after the connections were cut, jobs go on', async () => {
    if (place.databaseUrl === undefined) return;
    await jobs.start();
    await jobs.once('record', 'before', 0, { n: 'before' });
    await doneJobs(1);
    const others = 'datname = current_database() and pid <> pg_backend_pid()';
    await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
    // The first attempts may meet a dead connection.
    while (
      !(await jobs.once('record', 'after', 0, { n: 'after' }).then(
        () => true,
        () => false,
      ))
    );
    // A job whose end was cut off may run twice.
    while (!done.some((data) => (data as { n: string }).n === 'after')) await doneJobs(done.length + 1);
  });
});

describe('jobs while Redis is away', () => {
  let server: PrivateRedis;
  let done: unknown[];
  let jobs: Jobs;
  const open = () => {
    jobs = redisJobs(server.url, log);
    jobs.handle('record', (data) => Promise.resolve(void done.push(data)));
    return jobs;
  };
  beforeEach(async () => {
    done = [];
    server = await PrivateRedis.planned();
  });
  afterEach(async () => {
    server.thaw();
    await jobs.stop();
    await server.stop();
  });

  test('a pattern goes on when Redis comes back, and it has come back empty', async () => {
    await server.start();
    await open().every('record', 'tick', '* * * * * *', 'Asia/Shanghai', { tick: true });
    await jobs.start();
    await until(() => done.length > 0);
    await server.kill();
    await server.start();
    const before = done.length;
    await until(() => done.length > before + 1);
    await jobs.once('record', 'after', 0, { after: true });
    await until(() => done.some((data) => typeof data === 'object' && data !== null && 'after' in data));
  });

  test('nobody waits for it: the process starts and plans, and what it planned runs when Redis comes', async () => {
    const began = performance.now();
    await open().every('record', 'tick', '* * * * * *', 'Asia/Shanghai', { tick: true });
    await jobs.start();
    expect(performance.now() - began).toBeLessThan(5_000);
    await server.start();
    await until(() => done.length > 0);
  });

  test.each(['away', 'frozen'])('the process stops while Redis is %s, when its job at work is done', async (how) => {
    await server.start();
    let finish = () => {};
    const working = new Promise<void>((started) => {
      open().handle('long', async () => {
        started();
        await new Promise<void>((resolve) => (finish = resolve));
        done.push('finished');
      });
    });
    await jobs.start();
    await jobs.once('long', 'l1', 0, {});
    await working;
    if (how === 'away') await server.kill();
    else server.freeze();
    const began = performance.now();
    const stopped = jobs.stop().then(() => done.push('stopped'));
    finish();
    await stopped;
    expect(done).toEqual(['finished', 'stopped']);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
