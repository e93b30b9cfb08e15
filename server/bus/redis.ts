import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { RedisClientType } from 'redis';
import { z } from 'zod';
import type { Bus, BusMessage } from '../ports.ts';

interface RedisBusOptions {
  readonly commands: RedisClientType;
  readonly subscriber: RedisClientType;
  readonly log: Logger;
}

const CHANNEL = 'lobbyflow:branches';
/** So often this process sends itself a word through Redis, to know that words come through. */
const ECHO_MS = 500;
/** Longer than this without hearing it, and the bus counts as deaf. */
const DEAF_MS = 1_500;

/** A newer process may say more; what it adds is passed over. */
const messageSchema = z.object({
  branchId: z.string().min(1),
  day: z.iso.date(),
  version: z.number().int().positive(),
});

/** The bus of several processes, on Redis Pub/Sub. What is published while Redis is away is lost, which the log makes good. */
export function redisBus({ commands, subscriber, log }: RedisBusOptions): Bus {
  const listeners = new Set<(message: BusMessage) => void>();
  const echo = `lobbyflow:echo:${randomUUID()}`;
  let heardAt = -Infinity;

  const publish = (channel: string, text: string) => {
    if (commands.isReady) commands.publish(channel, text).catch(() => {});
  };
  const hear = (text: string) => {
    const message = read(text);
    if (message === undefined) return log.debug('something on the bus is none of our messages');
    for (const listener of listeners) listener(message);
  };
  const listen = (channel: string, act: (text: string) => void) =>
    subscriber.subscribe(channel, act).catch((error: unknown) => log.warn({ err: error }, 'the bus cannot be heard'));

  void listen(CHANNEL, hear);
  void listen(echo, () => (heardAt = performance.now()));
  const sayEcho = () => publish(echo, '');
  const timer = setInterval(sayEcho, ECHO_MS).unref();
  // As soon as both lines are up, not half a second later.
  const ready = () => setImmediate(sayEcho);
  for (const line of [commands, subscriber]) line.on('ready', ready);

  return {
    publish: (message) => publish(CHANNEL, JSON.stringify(message)),
    subscribe(listener) {
      const entry = (message: BusMessage) => listener(message);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    connected: () => subscriber.isReady && commands.isReady && performance.now() - heardAt < DEAF_MS,
    close() {
      clearInterval(timer);
      for (const line of [commands, subscriber]) line.off('ready', ready);
      listeners.clear();
      return Promise.resolve();
    },
  };
}

function read(text: string): BusMessage | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
