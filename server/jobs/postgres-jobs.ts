import { createPostgresBackend, type PostgresConnectionOptions, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Jobs } from '../ports.ts';
import { bullJobs } from './bull-jobs.ts';

interface PostgresJobsOptions {
  /** The PostgreSQL server, when there is one: the jobs have their own connections to it. */
  readonly databaseUrl?: string | undefined;
  /** Else the embedded database's pool, shared with the store; it must stay open until `stop` is done. */
  readonly pool: pg.Pool;
  readonly log: Logger;
}

/** BullMQ's tables have a schema of their own, and its statements name no schema: its sessions must look there. */
const schema = 'bullmq';

/** Jobs that outlive the process, kept in the same database as the log. */
export async function postgresJobs({ databaseUrl, pool: shared, log }: PostgresJobsOptions): Promise<Jobs> {
  const own = databaseUrl ? ownPool(databaseUrl, log) : undefined;
  const pool = own ?? shared;
  // Each of its queues and workers listens for the pool's errors.
  pool.setMaxListeners(0);
  await prepare(pool, own === undefined);
  // A `pg.Pool` is what BullMQ asks for, but its type also demands an index signature.
  const connection = pool as unknown as PostgresConnectionOptions;
  const jobs = bullJobs({ classes: withBackend(createPostgresBackend), connection, log });

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await jobs.stop();
    await own?.end();
  };
  return { ...jobs, stop: () => (stopped ??= stop()) };
}

function ownPool(databaseUrl: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'lobbyflow jobs',
    options: `-c search_path=${schema}`,
    max: 8,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'lost a connection to PostgreSQL'));
  // One that has just been given back may still break, when nobody else listens any more.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function prepare(pool: pg.Pool, oneSession: boolean): Promise<void> {
  // All connections to the embedded database share one session. Our own statements name their schema and do not mind. Set with
  // every new connection, because the session is another one after the database had to be opened again.
  const look = (client: pg.PoolClient) => client.query(`set search_path to ${schema}, public`);
  if (oneSession) pool.on('connect', (client) => void look(client).catch(() => undefined));
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
    if (oneSession) await look(client);
  } finally {
    client.release();
  }
}
