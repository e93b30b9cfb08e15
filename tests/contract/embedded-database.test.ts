import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, truncate, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openEmbeddedDatabase } from '../../server/store/embedded-database.ts';
import { FolderInUseError, lockFolder } from '../../server/store/folder-lock.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { SqlDatabase } from '../../server/store/sql-database.ts';
import { openJobs } from '../../server/jobs/open-jobs.ts';
import { commitOf, today, visitOf } from '../support/commits.ts';
import { until } from '../support/until.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });

describe('the embedded database in a folder', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'lobbyflow-folder-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('forces commits to the disk, and has everything when it is opened again', async () => {
    // As if the very first start had been killed half-way.
    await mkdir(join(folder, 'database.new', 'base'), { recursive: true });
    const first = await openStore({ folder, log });
    expect(first.durable).toBe(true);
    await first.store.append(commitOf('b1', 1, { visits: [visitOf('t1')] }));
    await first.close();
    const second = await openStore({ folder, log });
    expect(await second.store.head('b1', today)).toBe(1);
    expect(await second.records.visits('b1', today)).toEqual([visitOf('t1')]);
    await second.close();
    expect(await readdir(folder)).toEqual(['database']);
  });

  test('refuses a second user of the folder, and says who has it', async () => {
    const first = await openStore({ folder, log });
    const refusal = await openStore({ folder, log }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FolderInUseError);
    expect(String(refusal)).toContain(`in use by process ${process.pid}`);
    await first.store.append(commitOf('b1', 2));
    await first.close();
  });

  test('a holder that was killed leaves nothing that keeps others out', async () => {
    const lockFile = join(import.meta.dirname, '../../server/store/folder-lock.ts');
    const script = `import { lockFolder } from ${JSON.stringify(lockFile)};
      await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    await expect(lockFolder(folder)).rejects.toThrow(`process ${holder.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await lockFolder(folder)).release();
  });

  test('of many that come at the same moment exactly one gets the folder', async () => {
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(folder)));
      const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0]?.release();
    }
  });
});

describe('an embedded database whose thread dies', () => {
  test('is opened again as soon as that works, with all that was acknowledged, and its jobs go on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lobbyflow-folder-'));
    const { store, pool, check, close } = await openStore({ folder, log });
    const jobs = await openJobs({ pool, log });
    const done: string[] = [];
    jobs.handle('note', ({ word }) => Promise.resolve(void done.push(String(word))));
    await jobs.start();
    await store.append(commitOf('b1', 1));

    // PostgreSQL gives up when it cannot make the next file of its write-ahead log, as on a full disk.
    await rename(join(folder, 'database'), join(folder, 'elsewhere'));
    await expect(pool.query('select pg_switch_wal()').then(() => store.append(commitOf('b1', 2)))).rejects.toThrow();
    await expect(check()).rejects.toThrow();
    await expect(store.append(commitOf('b1', 2))).rejects.toThrow();

    await rename(join(folder, 'elsewhere'), join(folder, 'database'));
    await until(() => check().then(...yesOrNo), 60_000);
    const head = await store.head('b1', today);
    expect(head).toBeGreaterThanOrEqual(1);
    expect(await store.append(commitOf('b1', head + 1))).toBe('appended');
    await jobs.once('note', 'after', Date.now(), { word: 'after' });
    await until(() => done.includes('after'), 60_000);

    await jobs.stop();
    await close();
    await rm(folder, { recursive: true });
  });
});

const yesOrNo = [() => true, () => false] as const;

describe('a data folder that is not whole', () => {
  const BRANCHES = 3;
  const COMMITS = 60;
  let whole: string;
  let torn: string;
  let table: string;
  let index: string;
  beforeAll(async () => {
    whole = await mkdtemp(join(tmpdir(), 'lobbyflow-folder-'));
    const { store, pool, close } = await openStore({ folder: whole, log });
    for (let version = 1; version <= COMMITS; version += 1)
      for (let branch = 1; branch <= BRANCHES; branch += 1) await store.append(commitOf(`b${branch}`, version));
    const { rows } = await pool.query<{ file: string }>(
      `select pg_relation_filepath(name::regclass) as file from unnest(array['app.commit', 'app.commit_pkey']) as name`,
    );
    [table = '', index = ''] = rows.map(({ file }) => file);
    await close();
  });
  beforeEach(async () => {
    torn = await mkdtemp(join(tmpdir(), 'lobbyflow-torn-'));
    await cp(whole, torn, { recursive: true });
  });
  afterEach(() => rm(torn, { recursive: true }));
  afterAll(() => rm(whole, { recursive: true }));

  const at = (file: string) => join(torn, 'database', file);
  const cut = async (file: string, share: number) =>
    truncate(at(file), Math.floor((await stat(at(file))).size * share));

  test.each<[string, () => Promise<unknown>]>([
    ['the file that says what it is', () => unlink(at('PG_VERSION'))],
    ['the end of its control file', () => cut('global/pg_control', 0.02)],
    ['the end of the log', () => cut(table, 0.5)],
    ['the whole log', () => cut(table, 0)],
    ['the index of the log', () => cut(index, 0)],
  ])('is not opened without %s, and the operator is told what to do', async (_what, tear) => {
    await tear();
    await expect(openStore({ folder: torn, log })).rejects.toThrow(/is damaged .* npm run restore/);
    // Nothing keeps the folder from being put right.
    await (await lockFolder(torn)).release();
  });

  test('that is whole is opened', async () => {
    const { store, close } = await openStore({ folder: torn, log });
    expect(await store.head('b2', today)).toBe(COMMITS);
    await close();
  });
});

describe('the pool of the embedded database', () => {
  let database: SqlDatabase;
  beforeAll(async () => {
    database = await openEmbeddedDatabase(undefined, log);
    await database.pool.query('create table note (n int primary key, day date, big bigint, data jsonb, words text[])');
  });
  afterAll(() => database.close());

  test('in memory nothing is durable, and it says so', () => expect(database.durable).toBe(false));

  test('speaks the types that the store relies on', async () => {
    const row = { n: 1, day: '2026-11-24', big: 1_795_000_000_000, data: { a: ['號', null] }, words: ['x, y', '"'] };
    await database.pool.query('insert into note values ($1, $2, $3, $4, $5)', Object.values(row));
    expect((await database.pool.query('select * from note')).rows).toEqual([row]);
    await expect(database.pool.query('insert into note (n) values (1)')).rejects.toMatchObject({
      code: '23505',
      detail: 'Key (n)=(1) already exists.',
    });
    await database.pool.query('delete from note');
  });

  test('a transaction keeps the others waiting until it ends', async () => {
    const [one, two] = await Promise.all([database.pool.connect(), database.pool.connect()]);
    await one.query('begin');
    await one.query('insert into note (n) values (1)');
    const seen = two.query<{ count: number }>('select count(*) from note').then(({ rows }) => rows[0]?.count);
    await one.query('insert into note (n) values (2)');
    await expect(one.query('nonsense')).rejects.toThrow('syntax error');
    await one.query('rollback');
    expect(await seen).toBe(0);
    one.release();
    two.release();
  });

  test('a connection that goes away in its transaction gives the session back', async () => {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('insert into note (n) values (3)');
    client.release(true);
    expect((await database.pool.query('select n from note')).rows).toEqual([]);

    const cutOff = await database.pool.connect();
    await cutOff.query('begin');
    const unanswered = expect(cutOff.query('insert into note (n) values (4)')).rejects.toThrow('terminated');
    cutOff.release(true);
    await unanswered;
    expect((await database.pool.query('select n from note')).rows).toEqual([]);
  });

  test('many statements at once, prepared under one name on every connection', async () => {
    const statement = { name: 'double', text: 'select $1::int * 2 as twice' };
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, n) => database.pool.query<{ twice: number }>({ ...statement, values: [n] })),
    );
    expect(results.map(({ rows }) => rows[0]?.twice)).toEqual(Array.from({ length: 200 }, (_, n) => n * 2));
  });

  test('a large answer and a large question pass', async () => {
    const text = '櫃檯 '.repeat(1_000_000);
    const { rows } = await database.pool.query<{ text: string }>('select $1::text as text', [text]);
    expect(rows[0]?.text === text).toBe(true);
  });

  test('a notification reaches whoever listens', async () => {
    const client = await database.pool.connect();
    await client.query('listen bell');
    const rung = once(client, 'notification');
    await database.pool.query(`select pg_notify('bell', 'ding')`);
    expect((await rung)[0]).toMatchObject({ channel: 'bell', payload: 'ding' });
    client.release();
  });

  test('after it has been closed, a query rejects', async () => {
    const other = await openEmbeddedDatabase(undefined, log);
    await other.close();
    await expect(other.pool.query('select 1')).rejects.toThrow();
  });
});
