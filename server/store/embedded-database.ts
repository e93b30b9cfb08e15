import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import pg from 'pg';
import { DatabaseThread } from './database-thread.ts';
import { lockFolder } from './folder-lock.ts';
import { columnTypes, type SqlDatabase } from './sql-database.ts';
import { PerKey } from './per-key.ts';

/**
 * PostgreSQL inside this process (PGlite in a thread of its own), in a folder or, without one, in memory. The pool is a real
 * `pg.Pool`: only its connections lead to the thread instead of the network, so all that speaks to PostgreSQL through `pg` works.
 * Rejects with a `FolderInUseError` when another process has the folder.
 */
export async function openEmbeddedDatabase(folder: string | undefined, log: Logger): Promise<SqlDatabase> {
  if (folder === undefined) return serve(await DatabaseThread.start({ kind: 'serve' }, log));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const home = join(folder, 'database');
    if (!(await exists(home))) await create(folder, home, log);
    return serve(await DatabaseThread.start({ kind: 'serve', folder: home }, log), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Made beside its place and moved there when it is whole and on the disk, so that no start ever finds half a database. */
async function create(folder: string, home: string, log: Logger): Promise<void> {
  const unfinished = `${home}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const thread = await DatabaseThread.start({ kind: 'create', folder: unfinished }, log);
  await thread.end();
  await rename(unfinished, home);
  const parent = await open(folder);
  await parent.sync();
  await parent.close();
}

function serve(thread: DatabaseThread, lock?: { release(): Promise<void> }): SqlDatabase {
  const pool = new pg.Pool({ stream: () => thread.connection(), max: 20, types: columnTypes, keepAlive: true });
  // Its clients fail when the thread does; whoever uses them hears of it.
  pool.on('error', () => undefined);
  const turns = new PerKey();
  return {
    kind: 'embedded',
    durable: thread.durable,
    pool,
    exclusively: (key, turn) => turns.run(key, turn),
    async close() {
      await pool.end();
      await thread.end();
      await lock?.release();
    },
  };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
