import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { EscPosReader } from './esc-pos-reader.ts';
import type { Paper } from './paper.ts';

/** A ticket printer on a port of its own, whose paper can be looked at. */
export interface PrinterEmulator {
  readonly port: number;
  /** Papers that were cut, the first first. */
  readonly papers: readonly Paper[];
  /** What hangs out of it, not cut. */
  readonly hanging: () => Paper;
  /** Calls that it took. */
  readonly calls: () => number;
  /** How much paper is left, in dots. */
  load(dots: number): void;
  /** While it is on, it takes no calls. */
  away(isAway: boolean): Promise<void>;
  open(cover: boolean): void;
  close(): Promise<void>;
}

/** Under so much it says that the end is near: a tenth of a metre. */
const NEAR_END = 800;
/** 80 mm paper. */
const DOTS = 576;

export async function startPrinter({ dots = DOTS, paper = 100_000 } = {}): Promise<PrinterEmulator> {
  const papers: Paper[] = [];
  const sockets = new Set<Socket>();
  let [left, coverOpen, calls] = [paper, false, 0];
  let talking: Socket | undefined;
  const isOffline = () => left <= 0 || coverOpen;
  /** Bits of DLE EOT n, as Epson's reference has them: 1 and 4 are always set. */
  const status = (what: number): number => {
    if (what === 2) return 0x12 | (coverOpen ? 0x04 : 0) | (left <= 0 ? 0x20 : 0);
    if (what === 4) return 0x12 | (left <= NEAR_END ? 0x0c : 0) | (left <= 0 ? 0x60 : 0);
    return 0x12 | (isOffline() ? 0x08 : 0);
  };
  const reader = new EscPosReader({
    dots,
    status,
    sensors: () => (left <= NEAR_END ? 0x03 : 0) | (left <= 0 ? 0x0c : 0),
    answer: (byte) => talking?.write(Uint8Array.of(byte)),
    cut: (cut) => papers.push(cut),
    fed: (used) => (left -= used) > 0,
  });

  const server = createServer((socket) => {
    calls += 1;
    // One caller at a time, like the real ones.
    if (talking !== undefined) return void socket.destroy();
    talking = socket;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      talking = undefined;
    });
    socket.on('data', (bytes) => {
      if (!isOffline()) {
        reader.receive(bytes);
        return reader.run();
      }
      // It prints nothing now, and still answers what must be answered at once.
      let place = 0;
      for (; place < bytes.length && bytes[place] === 0x10;) {
        if (bytes[place + 1] === 0x04) socket.write(Uint8Array.of(status(bytes[place + 2] ?? 0)));
        else reader.forget();
        place += bytes[place + 1] === 0x04 ? 3 : 10;
      }
      reader.receive(bytes.subarray(place));
    });
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    papers,
    hanging: () => reader.paper,
    calls: () => calls,
    load: (more) => {
      left = more;
      reader.run();
    },
    away: (isAway) => (isAway ? stop() : listen(port)),
    open: (cover) => {
      coverOpen = cover;
      if (!isOffline()) reader.run();
    },
    close: () => (server.listening ? stop() : Promise.resolve()),
  };
}
