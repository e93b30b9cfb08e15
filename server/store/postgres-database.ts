import type { Logger } from 'pino';
import pg from 'pg';
import { columnTypes, type SqlDatabase } from './sql-database.ts';

/** Rejects with a sentence for the operator when the server is away or refuses us. */
export async function openPostgresDatabase(databaseUrl: string, log: Logger): Promise<SqlDatabase> {
  const common: pg.PoolConfig = {
    connectionString: databaseUrl,
    application_name: 'lobbyflow',
    types: columnTypes,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  const pool = new pg.Pool({ ...common, max: 10, query_timeout: 30_000 });
  // A turn that holds a lock also needs the pool, so locks have connections of their own: else they could wait for each other.
  const locks = new pg.Pool({ ...common, max: 4 });
  for (const each of [pool, locks])
    each.on('error', (error) => log.warn({ err: error }, 'lost a connection to PostgreSQL'));

  try {
    return {
      kind: 'postgres',
      durable: await commitsReachTheDisk(pool),
      pool,
      exclusively: (key, turn) => withAdvisoryLock(locks, key, turn),
      async close() {
        await Promise.all([pool.end(), locks.end()]);
      },
    };
  } catch (error) {
    await Promise.all([pool.end(), locks.end()]);
    throw new Error(`PostgreSQL (DATABASE_URL) does not let us in: ${reason(error)}`, { cause: error });
  }
}

/** Several addresses that all failed come as one error without words. */
function reason(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
}

async function commitsReachTheDisk(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ durable: boolean }>(
    `select current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable`,
  );
  return rows[0]?.durable === true;
}

async function withAdvisoryLock<T>(locks: pg.Pool, key: string, turn: () => Promise<T>): Promise<T> {
  const client = await locks.connect();
  let broken: Error | undefined;
  const lost = (error: Error) => (broken = error);
  client.on('error', lost);
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`lobbyflow ${key}`]);
    try {
      return await turn();
    } finally {
      // Should the lock's connection be gone, then so is the lock: the log's key still lets only one writer win.
      await client.query('select pg_advisory_unlock_all()').catch(lost);
    }
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
