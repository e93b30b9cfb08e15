import {
  createPostgresBackend,
  type Job,
  type JobsOptions,
  type PostgresConnectionOptions,
  runMigrations,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Jobs } from '../ports.ts';

interface OpenJobsOptions {
  /** The PostgreSQL server, when there is one: the jobs have their own connections to it. */
  readonly databaseUrl?: string | undefined;
  /** Else the embedded database's pool, shared with the store; it must stay open until `stop` is done. */
  readonly pool: pg.Pool;
  readonly log: Logger;
}

/** BullMQ's tables have a schema of their own, and its statements name no schema: its sessions must look there. */
const schema = 'bullmq';
const queueName = 'lobbyflow';

const { Queue, Worker } = withBackend(createPostgresBackend);

const day = 24 * 3600;
const options: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.2 },
  // As long as it is kept, a second job with its id is ignored (seconds).
  removeOnComplete: { age: 7 * day },
  removeOnFail: { age: 30 * day },
};

/** Jobs that outlive the process, kept in the same database as the log. Due times are judged by the machine's clock. */
export async function openJobs({ databaseUrl, pool: shared, log }: OpenJobsOptions): Promise<Jobs> {
  const own = databaseUrl ? ownPool(databaseUrl, log) : undefined;
  const pool = own ?? shared;
  // Each of its queues and workers listens for the pool's errors.
  pool.setMaxListeners(0);
  await prepare(pool, own === undefined);
  // A `pg.Pool` is what BullMQ asks for, but its type also demands an index signature.
  const connection = pool as unknown as PostgresConnectionOptions;

  const handlers = new Map<string, (data: Readonly<Record<string, unknown>>) => Promise<void>>();
  const queue = new Queue(queueName, { connection, defaultJobOptions: options });
  queue.on('error', (error) => log.warn({ err: error }, 'the job queue has trouble with its database'));
  let closeWorker: (() => Promise<void>) | undefined;

  const run = async ({ name, data }: Job<Record<string, unknown>>) => {
    const handler = handlers.get(name);
    // Perhaps a newer process knows it: it is tried again later.
    if (!handler) throw new Error(`Nobody here handles jobs named "${name}".`);
    await handler(data);
  };

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await closeWorker?.();
    await queue.close();
    await own?.end();
  };

  return {
    handle(name, handler) {
      handlers.set(name, handler);
    },
    async once(name, id, at, data) {
      await queue.add(name, data, { jobId: jobId(name, id), delay: Math.max(0, at - Date.now()) });
    },
    async every(name, id, cron, timeZone, data) {
      await queue.upsertJobScheduler(jobId(name, id), { pattern: cron, tz: timeZone }, { name, data, opts: options });
    },
    async start() {
      if (closeWorker) return;
      const worker = new Worker(queueName, run, { connection, concurrency: 4, maxStalledCount: 3 });
      worker.on('error', (error) => log.warn({ err: error }, 'the job worker has trouble with its database'));
      worker.on('failed', (job, error) => log.warn({ err: error, job: job?.name, id: job?.id }, 'a job failed'));
      closeWorker = () => worker.close();
      await worker.waitUntilReady();
    },
    stop: () => (stopped ??= stop()),
  };
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
  return pool;
}

async function prepare(pool: pg.Pool, oneSession: boolean): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
    // All connections to the embedded database share one session. Our own statements name their schema and do not mind.
    if (oneSession) await client.query(`set search_path to ${schema}, public`);
  } finally {
    client.release();
  }
}

/** BullMQ refuses colons and plain numbers as ids. */
function jobId(name: string, id: string): string {
  return encodeURIComponent(`${name} ${id}`);
}
