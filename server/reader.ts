/** More messages than this not taken by the network, and a screen gets no more views until it has read. */
const MAX_UNSENT = 8;
/** And this many, and it is cut off: it may come back, and be told again what it missed. */
const MAX_UNREAD = 1_000;

/** The part of engine.io's connection that says what became of what was written. */
interface Connection {
  on(event: 'packetCreate' | 'flush' | 'drain', listener: () => void): unknown;
}

/**
 * How far one connection is behind with reading. Views are whole, so who is behind needs only the newest: the hall does not keep
 * the others for it, and does not wait for it.
 */
export class Reader {
  #unsent = 0;
  #newest: (() => void) | undefined;

  constructor(connection: Connection) {
    connection.on('packetCreate', () => (this.#unsent += 1));
    connection.on('flush', () => (this.#unsent = 0));
    connection.on('drain', () => {
      const send = this.#newest;
      this.#newest = undefined;
      send?.();
    });
  }

  get behind(): boolean {
    return this.#unsent >= MAX_UNSENT;
  }

  get lost(): boolean {
    return this.#unsent >= MAX_UNREAD;
  }

  /** Called when there is room again, instead of what an earlier call gave. */
  whenRead(send: () => void): void {
    this.#newest = send;
  }
}
