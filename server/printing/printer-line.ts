import { connect, type Socket } from 'node:net';
import type { PrinterPlace } from '../printing-ports.ts';

/** A connection to a printer: bytes there, single bytes back. */
export class PrinterLine {
  readonly #socket: Socket;
  readonly #heard = new Set<(byte: number) => void>();
  #gone = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => {
      for (const byte of bytes) for (const hear of [...this.#heard]) hear(byte);
    });
    // Whoever waits for an answer gets none: that is all that matters of an error.
    socket.on('error', () => undefined);
    socket.on('close', () => (this.#gone = true));
  }

  /** @returns undefined when nobody takes the call within `ms` */
  static open({ address, port }: PrinterPlace, ms: number): Promise<PrinterLine | undefined> {
    return new Promise((resolve) => {
      const socket = connect({ host: address, port, noDelay: true });
      const end = (line: PrinterLine | undefined) => {
        clearTimeout(timer);
        if (line === undefined) socket.destroy();
        resolve(line);
      };
      const timer = setTimeout(() => end(undefined), ms);
      socket.once('error', () => end(undefined));
      socket.once('connect', () => end(new PrinterLine(socket)));
    });
  }

  get isOpen(): boolean {
    return !this.#gone;
  }

  send(bytes: Uint8Array): void {
    if (!this.#gone) this.#socket.write(bytes);
  }

  /** The first byte that is meant, or nothing after `ms`. To be called before what is to be answered is sent. */
  hear(isMeant: (byte: number) => boolean, ms: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      const end = (byte: number | undefined) => {
        clearTimeout(timer);
        this.#heard.delete(hear);
        this.#socket.off('close', closed);
        resolve(byte);
      };
      const hear = (byte: number) => isMeant(byte) && end(byte);
      const closed = () => end(undefined);
      const timer = setTimeout(closed, ms);
      this.#heard.add(hear);
      this.#socket.once('close', closed);
      if (this.#gone) closed();
    });
  }

  /** Lets what was sent go out first. */
  close(): void {
    this.#socket.end();
    this.#socket.unref();
    setTimeout(() => this.#socket.destroy(), 1_000).unref();
  }
}
