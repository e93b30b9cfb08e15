import type { Logger } from 'pino';
import { createClient, type RedisClientType } from 'redis';

/** The lines of this process to Redis. Nothing that the hall needs waits for them: while Redis is away, each user does without. */
export interface Redis {
  /** Commands and publishing. While the line is down a command fails at once, so that nothing piles up. */
  readonly commands: RedisClientType;
  /** Hears what others publish, and does nothing else. */
  readonly subscriber: RedisClientType;
  close(): void;
}

/** A silent line is given up after this: Redis is frozen, or the cable is cut. The ping keeps a healthy one from being silent. */
const SILENT_MS = 3_000;
const PING_MS = 1_000;
/** More commands than this without an answer are refused. */
const MOST_WAITING = 10_000;

/** Begins to connect, and connects again for ever; does not wait for it, so a server starts also while Redis is away. */
export function openRedis(url: string, log: Logger): Redis {
  let closed = false;
  const line = (name: string, disableOfflineQueue: boolean): RedisClientType => {
    const client: RedisClientType = createClient({
      url,
      name: `lobbyflow-${name}`,
      disableOfflineQueue,
      commandsQueueMaxLength: MOST_WAITING,
      pingInterval: PING_MS,
      socket: { connectTimeout: SILENT_MS, socketTimeout: SILENT_MS, reconnectStrategy: pause },
    });
    logChanges(client, log.child({ line: name }));
    // It was on its way when it was closed, which does not keep it from arriving.
    client.on('connect', () => closed && client.destroy());
    client.connect().catch(() => {
      // Closed before it ever connected; everything else is tried again.
    });
    return client;
  };
  const commands = line('commands', true);
  // Subscriptions made before it is connected wait until it is.
  const subscriber = line('subscriber', false);
  return {
    commands,
    subscriber,
    close() {
      closed = true;
      for (const client of [commands, subscriber]) client.destroy();
    },
  };
}

/** A few quick tries, then one or two in a second: the hall is slower to notice each other until it is back. */
export function pause(retries: number): number {
  return Math.min(50 * 2 ** Math.min(retries, 4), 500) + Math.random() * 100;
}

/** One line when it is lost and one when it is back, not one for each try. */
function logChanges(client: RedisClientType, log: Logger): void {
  let lost = false;
  client.on('error', (error: unknown) => {
    // What was still on its way when we closed it.
    if (!client.isOpen) return;
    if (!lost) log.warn({ err: error }, 'Redis is away; the hall goes on without it');
    lost = true;
  });
  client.on('ready', () => {
    if (lost) log.info('Redis is back');
    lost = false;
  });
}
