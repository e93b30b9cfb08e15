import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { readEnv } from '../../../config/env.ts';
import { loadBranches } from '../../../config/load.ts';
import { steadyClock } from '../../../server/clock.ts';
import { compose } from '../../../server/compose.ts';
import { openJobs } from '../../../server/jobs/open-jobs.ts';
import type { EventStore } from '../../../server/ports.ts';
import { openStore } from '../../../server/store/open-store.ts';

/**
 * The server as `npm start` composes it, for what cannot be done to it from outside: its parent may turn the PC's clock under it and
 * read its log, and with FAULTS_ACK_FIRST it has the planted fault: it acknowledges before it writes.
 */

const ACK_FIRST_MS = 100;

/** What the parent may ask for. */
export type Ask =
  | { readonly turnClock: number }
  /** What the log holds for the branch's day. */
  | { readonly logOf: string };

let turned = 0;
async function answer(ask: Ask): Promise<unknown> {
  if ('turnClock' in ask) return (turned += ask.turnClock);
  const [day] = await database.store.unclosedDays(ask.logOf);
  return database.store.read(ask.logOf, day ?? '', 0);
}
process.on('message', (ask: Ask) => void answer(ask).then((result) => process.send?.(result)));
const clock = steadyClock({ wall: () => Date.now() + turned, even: () => performance.now() });

const read = readEnv(process.env);
if (!read.ok) throw new Error(read.errors.join('\n'));
const { env } = read;
const log = pino({ level: env.logLevel });
const database = await openStore({ databaseUrl: env.databaseUrl, folder: env.dataFolder, log });
const store = process.env['FAULTS_ACK_FIRST'] === undefined ? database.store : ackFirst(database.store);
const { databaseUrl, redisUrl } = env;
const jobs = await openJobs({ databaseUrl, redisUrl, pool: database.pool, log });
const { branches } = loadBranches(env.branchesFolder);
const composition = await compose({ env, branches, log, clock, adapters: { database: { ...database, store }, jobs } });
process.once('SIGTERM', () => void composition.close().then(() => process.exit()));

function ackFirst(store: EventStore): EventStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    shared: store.shared,
    ready: () => store.ready(),
    append(commit) {
      last = last.then(() => delay(ACK_FIRST_MS)).then(() => store.append(commit));
      return Promise.resolve('appended');
    },
    read: (...where) => store.read(...where),
    head: (...where) => store.head(...where),
    exclusively: (branchId, turn) => store.exclusively(branchId, turn),
    unclosedDays: (branchId) => store.unclosedDays(branchId),
  };
}
