import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openEmbeddedDatabase } from '../../server/store/embedded-database.ts';
import { FolderInUseError, lockFolder } from '../../server/store/folder-lock.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { SqlDatabase } from '../../server/store/sql-database.ts';
import { commitOf, today, visitOf } from '../support/commits.ts';

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
