import type pg from 'pg';
import type { Logger } from 'pino';
import type { Jobs } from '../ports.ts';
import { postgresJobs } from './postgres-jobs.ts';
import { redisJobs } from './redis-jobs.ts';

interface OpenJobsOptions {
  /** The Redis that several processes share, when there is one. */
  readonly redisUrl?: string | undefined;
  /** Else the PostgreSQL server. */
  readonly databaseUrl?: string | undefined;
  /** Else the embedded database's pool, shared with the store; it must stay open until `stop` is done. */
  readonly pool: pg.Pool;
  readonly log: Logger;
}

/** Jobs that outlive the process. */
export async function openJobs({ redisUrl, ...options }: OpenJobsOptions): Promise<Jobs> {
  return redisUrl === undefined ? postgresJobs(options) : redisJobs(redisUrl, options.log);
}
