import type { Logger } from 'pino';
import pg from 'pg';
import { columnTypes, type SqlDatabase } from './sql-database.ts';

/** What has no answer after this is given up, and its connection with it, ms: a cut cable says nothing. */
const ANSWER_MS = { ofTurns: 5_000, ofReports: 30_000 };
/** Whoever holds a lock for longer than this is frozen or cut off, ms. */
const LOCK_MS = 1_000;
/** Sessions whose process is gone without a word end after about 20 s, and with them their locks. */
const NOTICE_THE_DEAD = '-c tcp_keepalives_idle=8 -c tcp_keepalives_interval=4 -c tcp_keepalives_count=3';

/** Rejects with a sentence for the operator when the server is away or refuses us. */
export async function openPostgresDatabase(databaseUrl: string, log: Logger): Promise<SqlDatabase> {
  const common: pg.PoolConfig = {
    connectionString: databaseUrl,
    application_name: 'lobbyflow',
    types: columnTypes,
    connectionTimeoutMillis: ANSWER_MS.ofTurns,
    query_timeout: ANSWER_MS.ofTurns,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  // Three, so that none waits for another: no report keeps a turn from its connection, and no turn the one that holds its lock.
  const pool = new pg.Pool({ ...common, max: 4, query_timeout: ANSWER_MS.ofReports });
  const turns = new pg.Pool({ ...common, max: 6, options: NOTICE_THE_DEAD });
  const locks = new pg.Pool({ ...common, max: 4, options: `${NOTICE_THE_DEAD} -c lock_timeout=${LOCK_MS}` });
  for (const each of [pool, turns, locks]) {
    each.on('error', (error) => log.warn({ err: error }, 'lost a connection to PostgreSQL'));
    // One that has just been given back may still break, when nobody else listens any more.
    each.on('connect', (client) => client.on('error', () => undefined));
  }

  const close = async () => void (await Promise.all([pool.end(), turns.end(), locks.end()]));
  try {
    return {
      kind: 'postgres',
      durable: await commitsReachTheDisk(pool),
      pool,
      turns,
      exclusively: (key, turn) => withAdvisoryLock(locks, key, turn),
      close,
    };
  } catch (error) {
    await close();
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

/**
 * The lock is for fairness alone: the log's key lets only one writer win. So who holds it too long, or a lock that is lost with its
 * connection, keeps nobody from going on.
 */
async function withAdvisoryLock<T>(locks: pg.Pool, key: string, turn: () => Promise<T>): Promise<T> {
  const client = await locks.connect();
  let broken: Error | undefined;
  const lost = (error: Error) => (broken = error);
  client.on('error', lost);
  try {
    await client
      .query('select pg_advisory_lock(hashtextextended($1, 0))', [`lobbyflow ${key}`])
      .catch((error: unknown) => expectLate(error));
    try {
      return await turn();
    } finally {
      await client.query('select pg_advisory_unlock_all()').catch(lost);
    }
  } catch (error) {
    broken ??= error as Error;
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

function expectLate(error: unknown): void {
  const lockTimeout = '55P03';
  if (!(error instanceof pg.DatabaseError && error.code === lockTimeout)) throw error;
}
