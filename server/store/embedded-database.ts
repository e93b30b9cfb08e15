import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import pg from 'pg';
import { damaged } from './damaged.ts';
import { DatabaseThread } from './database-thread.ts';
import { lockFolder } from './folder-lock.ts';
import { LastingThread } from './lasting-thread.ts';
import { columnTypes, type SqlDatabase } from './sql-database.ts';
import { PerKey } from '../per-key.ts';

/** PostgreSQL writes its log in files of 16 MB; with less than this on the disk it cannot begin. */
const ROOM_BYTES = 48 * 1024 * 1024;

/**
 * PostgreSQL inside this process (PGlite in a thread of its own), in a folder or, without one, in memory. The pool is a real
 * `pg.Pool`: only its connections lead to the thread instead of the network, so all that speaks to PostgreSQL through `pg` works.
 * Rejects with a sentence for the operator: a `FolderInUseError` when another process has the folder, and when it is damaged.
 */
export async function openEmbeddedDatabase(folder: string | undefined, log: Logger): Promise<SqlDatabase> {
  if (folder === undefined) return serve(await DatabaseThread.start({ kind: 'serve' }));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const home = join(folder, 'database');
    if (await exists(home)) await expectWhole(folder, home);
    else await create(folder, home, log);
    const thread = await LastingThread.start(home, log).catch((error: unknown) => explain(folder, error));
    return serve(thread, { copyTo: (to) => thread.copy(to), release: () => lock.release() });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** PGlite takes a folder without this file for a new one, and would make an empty database over what is there. */
async function expectWhole(folder: string, home: string): Promise<void> {
  const mark = await stat(join(home, 'PG_VERSION')).catch(() => undefined);
  if (!mark?.size) throw damaged(folder, new Error('PG_VERSION is missing or empty.'));
}

async function explain(folder: string, error: unknown): Promise<never> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= ROOM_BYTES) throw damaged(folder, error);
  throw new Error(
    `The disk of the data folder ${folder} is full, so the database cannot start. Its data is safe: make room and start again.`,
    { cause: error },
  );
}

/** Made beside its place and moved there when it is whole and on the disk, so that no start ever finds half a database. */
async function create(folder: string, home: string, log: Logger): Promise<void> {
  const unfinished = `${home}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const thread = await DatabaseThread.start({ kind: 'create', folder: unfinished });
  await thread.end();
  await rename(unfinished, home);
  const parent = await open(folder);
  await parent.sync();
  await parent.close();
  // Who expected yesterday's data here must hear of it.
  log.warn({ folder }, 'there was no database in the data folder; a new, empty one was made');
}

interface Place {
  readonly copyTo: (folder: string) => Promise<void>;
  readonly release: () => Promise<void>;
}

function serve(thread: DatabaseThread | LastingThread, place?: Place): SqlDatabase {
  const pool = new pg.Pool({ stream: () => thread.connection(), max: 20, types: columnTypes, keepAlive: true });
  // Its clients fail when the thread does; whoever uses them hears of it. One that has just been given back still speaks.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const turns = new PerKey();
  return {
    kind: 'embedded',
    durable: thread.durable,
    pool,
    turns: pool,
    exclusively: (key, turn) => turns.run(key, turn),
    ...(place && { copyTo: place.copyTo }),
    async close() {
      await pool.end();
      await thread.end();
      await place?.release();
    },
  };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
