import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { firstPass } from './backup/snapshot.ts';
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
  #copying: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  /** Resolves, with the reason, when the thread is gone. */
  readonly stopped: Promise<Error>;

  /** Resolves when the task's database is made, or open. */
  static start(task: EmbeddedTask): Promise<DatabaseThread> {
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
      });
    });
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#fail(error));
    this.stopped = new Promise((gone) => {
      worker.on('exit', () => gone(this.#fail(new Error('The embedded database has stopped.'))));
    });
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

  /** Copies the folder that it serves, as a power cut at one moment would leave it. One copy at a time. */
  async copy(from: string, to: string): Promise<void> {
    const pass = await firstPass(from, to);
    if (this.#failure) throw this.#failure;
    await new Promise<void>((resolve, reject) => {
      this.#copying = { resolve, reject };
      this.#post({ kind: 'copy', ...pass });
    });
  }

  /** Closes the database and waits until the thread is gone. */
  end(): Promise<void> {
    if (!this.#ended && !this.#failure) this.#post({ kind: 'close' });
    this.#ended ??= this.stopped.then(() => undefined);
    return this.#ended;
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'answer') this.#connections.get(message.connection)?.receive(message.bytes);
    else if (message.kind === 'notify') for (const each of this.#connections.values()) each.receive(message.bytes);
    else if (message.kind === 'open') this.#durable = message.durable;
    else if (message.kind === 'copied') {
      if (message.error === undefined) this.#copying?.resolve();
      else this.#copying?.reject(new Error(`The database could not be copied: ${message.error}`));
    } else if (message.kind === 'closed') void this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** @returns the first reason */
  #fail(error: Error): Error {
    this.#failure ??= error;
    for (const each of this.#connections.values()) each.destroy(this.#failure);
    this.#copying?.reject(this.#failure);
    return this.#failure;
  }
}
