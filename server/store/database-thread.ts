import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { EmbeddedTask, FromWorker, ToWorker } from './embedded-messages.ts';
import { ThreadConnection } from './thread-connection.ts';

/** The thread of an embedded database, and the connections that lead to it. When it dies, so do they, and all later ones. */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #connections = new Map<number, ThreadConnection>();
  #lastConnection = 0;
  #failure: Error | undefined;
  #ended: Promise<void> | undefined;
  #durable = false;

  /** Resolves when the task's database is made, or open. */
  static start(task: EmbeddedTask, log: Logger): Promise<DatabaseThread> {
    const worker = new Worker(new URL('./embedded-thread.mjs', import.meta.url), { workerData: task, execArgv: [] });
    const thread = new DatabaseThread(worker);
    return new Promise((resolve, reject) => {
      let started = false;
      worker.on('message', ({ kind }: FromWorker) => {
        started ||= kind === 'open' || kind === 'created';
        if (started) resolve(thread);
      });
      worker.on('exit', () => {
        if (!started) reject(thread.#failure ?? new Error('The embedded database did not start.'));
        else if (!thread.#ended && task.kind === 'serve') {
          log.error({ err: thread.#failure }, 'the embedded database has stopped; start the server again');
        }
      });
    });
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('The embedded database has stopped.')));
  }

  /** A commit was seen to reach the disk. */
  get durable(): boolean {
    return this.#durable;
  }

  connection(): Duplex {
    const id = (this.#lastConnection += 1);
    const connection = new ThreadConnection(
      (bytes) => this.#post({ kind: 'run', connection: id, bytes }),
      () => this.#connections.delete(id),
    );
    if (this.#failure) connection.destroy(this.#failure);
    else this.#connections.set(id, connection);
    return connection;
  }

  /** Closes the database and waits until the thread is gone. */
  end(): Promise<void> {
    this.#ended ??= new Promise((ended) => {
      if (this.#failure) return ended();
      this.#worker.on('exit', () => ended());
      this.#post({ kind: 'close' });
    });
    return this.#ended;
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'answer') this.#connections.get(message.connection)?.receive(message.bytes);
    else if (message.kind === 'notify') for (const each of this.#connections.values()) each.receive(message.bytes);
    else if (message.kind === 'open') this.#durable = message.durable;
    else if (message.kind === 'closed') void this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const each of this.#connections.values()) each.destroy(this.#failure);
  }
}
