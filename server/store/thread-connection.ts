import { Duplex } from 'node:stream';
import { framesOf, goodbye, welcome } from './wire-frames.ts';

/** What `pg` takes for its socket; it leads to the thread of the embedded database. */
export class ThreadConnection extends Duplex {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #gone: () => void;
  #started = false;
  #left = false;
  #pending: Buffer[] = [];

  constructor(send: (bytes: Uint8Array) => void, gone: () => void) {
    super();
    this.#send = send;
    this.#gone = gone;
  }

  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }

  receive(bytes: Uint8Array): void {
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#started) this.#collect(chunk);
    else this.push(welcome);
    this.#started = true;
    done();
  }

  /** `pg` writes whole messages; those up to a query, a sync or a goodbye are one exchange. */
  #collect(chunk: Buffer): void {
    for (const { type, start, end } of framesOf(chunk)) {
      this.#pending.push(chunk.subarray(start, end));
      if (type === 'X') this.#left = true;
      else if (type !== 'Q' && type !== 'S') continue;
      this.#send(Buffer.concat(this.#pending));
      this.#pending = [];
    }
  }

  override _read(): void {}

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // One that is cut off says no goodbye by itself, and might still hold the session.
    if (this.#started && !this.#left) this.#send(goodbye);
    this.#gone();
    done(error);
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
