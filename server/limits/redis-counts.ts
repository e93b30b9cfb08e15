import { setTimeout as delay } from 'node:timers/promises';
import { MemoryStore, type Options, type Store } from 'express-rate-limit';
import { RedisStore } from 'rate-limit-redis';
import type { RedisClientType } from 'redis';

/** A request waits no longer than this to be counted. */
const PATIENCE_MS = 250;

/**
 * How often each caller has come, counted by all processes together. While Redis is away or slow each process counts for itself:
 * a caller then gets the limit once from each, and nobody waits.
 */
export function redisCounts(commands: RedisClientType, name: string): Store {
  const own = new MemoryStore();
  const shared = new RedisStore({
    prefix: `lobbyflow:limit:${name}:`,
    sendCommand: (...args: string[]) => commands.sendCommand(args),
  });
  let options: Options | undefined;
  let loaded: Promise<void> | undefined;

  /** Its scripts, once; again when that failed, or when Redis was started anew. */
  const load = () => {
    if (options === undefined) return Promise.reject(new Error('not yet in use'));
    loaded ??= shared.init(options).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  const together = async <T>(count: () => Promise<T>): Promise<T> => {
    if (!commands.isReady) throw new Error('Redis is away');
    return Promise.race([load().then(count), late()]);
  };
  const elseAlone = <T>(count: () => Promise<T>, alone: () => Promise<T>): Promise<T> => together(count).catch(alone);

  return {
    init(given) {
      options = given;
      own.init(given);
    },
    increment: (key) =>
      elseAlone(
        () => shared.increment(key),
        () => own.increment(key),
      ),
    decrement: (key) =>
      elseAlone(
        () => shared.decrement(key),
        () => own.decrement(key),
      ),
    resetKey: (key) =>
      elseAlone(
        () => shared.resetKey(key),
        () => own.resetKey(key),
      ),
    get: (key) =>
      elseAlone(
        () => shared.get(key),
        () => own.get(key),
      ),
    shutdown: () => own.shutdown(),
  };
}

async function late(): Promise<never> {
  await delay(PATIENCE_MS, undefined, { ref: false });
  throw new Error('Redis is slow');
}
