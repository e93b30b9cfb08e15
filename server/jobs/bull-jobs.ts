import type { BackendClasses, IQueueBackend, Job, JobsOptions } from 'bullmq';
import type { Logger } from 'pino';
import type { Jobs } from '../ports.ts';

/** What BullMQ stops with: `abandon` does not say goodbye to a database that does not answer. */
export interface BullJobs extends Jobs {
  /** Resolves when the jobs at work here are done, also when their database is away. */
  idle(): Promise<void>;
  abandon(): Promise<void>;
}

interface BullJobsOptions<B extends IQueueBackend, C> {
  readonly classes: Pick<BackendClasses<B, C>, 'Queue' | 'Worker'>;
  readonly connection: C;
  readonly log: Logger;
}

const queueName = 'lobbyflow';
const day = 24 * 3600;
const options: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.2 },
  // As long as it is kept, a second job with its id is ignored (seconds).
  removeOnComplete: { age: 7 * day },
  removeOnFail: { age: 30 * day },
};
/** After a failure of its database a worker asks again after this. */
const RETRY_MS = 1_000;
/** While a database is away everything fails again and again; the same words are not logged more often than this. */
const SAY_AGAIN_MS = 60_000;

/** Jobs on BullMQ, whichever back end it has. Due times are judged by the machine's clock. */
export function bullJobs<B extends IQueueBackend, C>({ classes, connection, log }: BullJobsOptions<B, C>): BullJobs {
  const handlers = new Map<string, (data: Readonly<Record<string, unknown>>) => Promise<void>>();
  const atWork = new Set<Promise<void>>();
  const trouble = quiet((error) => log.warn({ err: error }, 'the jobs have trouble with their database'));
  const queue = new classes.Queue(queueName, { connection, defaultJobOptions: options, skipVersionCheck: true });
  queue.on('error', trouble);
  let closeWorker: ((force: boolean) => Promise<void>) | undefined;

  const run = async ({ name, data }: Job<Record<string, unknown>>) => {
    const handler = handlers.get(name);
    // Perhaps a newer process knows it: it is tried again later.
    if (!handler) throw new Error(`Nobody here handles jobs named "${name}".`);
    const work = handler(data);
    const ended = work.then(
      () => {},
      () => {},
    );
    atWork.add(ended);
    try {
      await work;
    } finally {
      atWork.delete(ended);
    }
  };

  const stop = async (force: boolean) => {
    await closeWorker?.(force);
    await queue.close();
  };
  let stopped: Promise<void> | undefined;

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
      const pace = { concurrency: 4, maxStalledCount: 3, runRetryDelay: RETRY_MS, skipVersionCheck: true };
      const worker = new classes.Worker(queueName, run, { connection, ...pace });
      worker.on('error', trouble);
      worker.on('failed', (job, error) => log.warn({ err: error, job: job?.name, id: job?.id }, 'a job failed'));
      closeWorker = (force) => worker.close(force);
      await worker.waitUntilReady();
    },
    stop: () => (stopped ??= stop(false)),
    abandon: () => (stopped ??= stop(true)),
    async idle() {
      await Promise.all(atWork);
    },
  };
}

/** BullMQ refuses colons and plain numbers as ids. */
export function jobId(name: string, id: string): string {
  return encodeURIComponent(`${name} ${id}`);
}

function quiet(say: (error: Error) => void): (error: Error) => void {
  let last = { words: '', at: -Infinity };
  return (error) => {
    const now = performance.now();
    if (error.message === last.words && now - last.at < SAY_AGAIN_MS) return;
    last = { words: error.message, at: now };
    say(error);
  };
}
