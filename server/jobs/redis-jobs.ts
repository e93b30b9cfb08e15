import { setTimeout as delay } from 'node:timers/promises';
import { createNodeRedisClient, createRedisBackend, withBackend } from 'bullmq';
import type { Logger } from 'pino';
import { createClient } from 'redis';
import type { Jobs } from '../ports.ts';
import { bullJobs, jobId } from './bull-jobs.ts';

/** A line is given up after this. A worker's lines are silent for some five seconds while there is nothing to do. */
const SILENT_MS = 30_000;
const MOST_WAITING = 10_000;
/** Longer than this nobody waits for Redis: what was asked of it is done when it answers. */
const PATIENCE_MS = 2_000;

/**
 * Jobs that all processes on one Redis share. While Redis is away none runs and nothing here holds the server up; when it is
 * back, patterns are planned again, also on a Redis that has come back empty.
 */
export function redisJobs(url: string, log: Logger): Jobs {
  const client = createClient({
    url,
    name: 'lobbyflow-jobs',
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: SILENT_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000),
    },
  });
  const connection = createNodeRedisClient(client);
  const jobs = bullJobs({ classes: withBackend(createRedisBackend), connection, log });
  const patterns = new Map<string, () => Promise<void>>();
  const failed = (error: unknown) =>
    log.warn({ err: error }, 'a job could not be planned; it is tried again when Redis is back');
  client.on('ready', () => {
    for (const plan of patterns.values()) plan().catch(failed);
  });

  let ended = false;
  // It was on its way when it was closed, which does not keep it from arriving.
  client.on('connect', () => ended && client.destroy());
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await jobs.idle();
    await inTime(client.isReady ? jobs.stop() : jobs.abandon());
    ended = true;
    client.destroy();
  };
  return {
    ...jobs,
    async every(name, id, cron, timeZone, data) {
      const plan = () => jobs.every(name, id, cron, timeZone, data);
      patterns.set(jobId(name, id), plan);
      if (client.isReady) await inTime(plan().catch(failed));
    },
    start: () => inTime(jobs.start()),
    stop: () => (stopped ??= stop()),
  };
}

/** Resolves when it is done, and after a while also when it is not. */
async function inTime(work: Promise<unknown>): Promise<void> {
  await Promise.race([work, delay(PATIENCE_MS, undefined, { ref: false })]);
}
