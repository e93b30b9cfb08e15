import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DatabaseThread } from './database-thread.ts';
import { ThreadConnection } from './thread-connection.ts';

/** Between one try to open the folder again and the next, ms. A try costs a second of one core, so it does not get rarer than this. */
const PAUSE_MS = { first: 250, longest: 5_000 };

/**
 * The embedded database of a folder for as long as the server runs. When its thread dies (the disk is full, or failed to
 * write), all connections end, and the folder is opened again as after a power cut, until that works: an installation of one
 * machine has nobody who would start the server again.
 */
export class LastingThread {
  readonly #home: string;
  readonly #log: Logger;
  /** Undefined while there is none. */
  #thread: DatabaseThread | undefined;
  readonly #ending = new AbortController();
  #reopening: Promise<void> | undefined;

  static async start(home: string, log: Logger): Promise<LastingThread> {
    const lasting = new LastingThread(home, log);
    lasting.#use(await DatabaseThread.start({ kind: 'serve', folder: home }));
    return lasting;
  }

  private constructor(home: string, log: Logger) {
    this.#home = home;
    this.#log = log;
  }

  get durable(): boolean {
    return this.#thread?.durable === true;
  }

  connection(): Duplex {
    const nowhere = () => {};
    return this.#thread?.connection() ?? new ThreadConnection(nowhere, nowhere).destroy(away());
  }

  /** See `DatabaseThread.copy`. */
  copy(to: string): Promise<void> {
    return this.#thread?.copy(this.#home, to) ?? Promise.reject(away());
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#reopening;
    await this.#thread?.end();
  }

  #use(thread: DatabaseThread): void {
    this.#thread = thread;
    void thread.stopped.then((failure) => {
      this.#thread = undefined;
      if (this.#ending.signal.aborted) return;
      this.#log.error({ err: failure }, 'the embedded database has stopped; it is being opened again');
      this.#reopening = this.#reopen();
    });
  }

  async #reopen(): Promise<void> {
    const { signal } = this.#ending;
    for (let pause = PAUSE_MS.first; !signal.aborted; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
      await delay(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.#use(await DatabaseThread.start({ kind: 'serve', folder: this.#home }));
        this.#log.warn('the embedded database is open again');
        return;
      } catch (error) {
        this.#log.error({ err: error }, 'the embedded database cannot be opened; it is tried again');
      }
    }
  }
}

function away(): Error {
  return new Error('The embedded database has stopped and is being opened again.');
}
