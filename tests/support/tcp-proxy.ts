import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** What becomes of the bytes: they pass, pass `ms` later, vanish into a hole until it is filled again, or every line is cut. */
export type Weather = 'fair' | 'hole' | 'cut' | { readonly lateMs: number };

/** A network between two programs on this machine, with weather. */
export class TcpProxy {
  #weather: Weather = 'fair';
  readonly #pairs = new Set<Pair>();

  private constructor(
    readonly port: number,
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (near) => this.#take(near));
  }

  static async to(targetPort: number): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy((server.address() as AddressInfo).port, server, targetPort);
  }

  get weather(): Weather {
    return this.#weather;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    for (const pair of this.#pairs) pair.weather(weather);
  }

  /** Ends the lines that are open now, as a router does that forgot them. */
  drop(): void {
    for (const pair of this.#pairs) pair.cut();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((closed) => this.server.close(closed));
  }

  #take(near: Socket): void {
    if (this.#weather === 'cut') return void near.destroy();
    const pair = new Pair(near, connect(this.targetPort, '127.0.0.1'), () => this.#pairs.delete(pair));
    this.#pairs.add(pair);
    pair.weather(this.#weather);
  }
}

/** Two lines, the bytes of each carried to the other. */
class Pair {
  #weather: Weather = 'fair';
  readonly #lines: readonly [Socket, Socket];

  constructor(near: Socket, far: Socket, gone: () => void) {
    this.#lines = [near, far];
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const late = new Late(() => (typeof this.#weather === 'object' ? this.#weather.lateMs : 0));
      from.setNoDelay(true);
      from.on('data', (bytes) => late.act(() => this.#carry(from, to, bytes)));
      from.on('end', () => late.act(() => to.end()));
      from.on('error', () => this.cut());
      from.on('close', () => {
        late.act(() => to.destroy());
        gone();
      });
    }
  }

  weather(weather: Weather): void {
    this.#weather = weather;
    if (weather === 'cut') this.cut();
    for (const line of this.#lines) {
      if (weather === 'hole') line.pause();
      else line.resume();
    }
  }

  cut(): void {
    for (const line of this.#lines) line.destroy();
  }

  #carry(from: Socket, to: Socket, bytes: Buffer): void {
    if (to.destroyed || to.write(bytes)) return;
    from.pause();
    to.once('drain', () => this.#weather !== 'hole' && from.resume());
  }
}

/** Does what it is given so much later, in the order in which it came. */
class Late {
  readonly #waiting: { readonly due: number; readonly act: () => void }[] = [];

  constructor(private readonly lateMs: () => number) {}

  act(act: () => void): void {
    const due = performance.now() + this.lateMs();
    if (this.#waiting.length === 0 && this.lateMs() === 0) return act();
    this.#waiting.push({ due, act });
    if (this.#waiting.length === 1) this.#plan();
  }

  #plan(): void {
    const next = this.#waiting[0];
    if (next === undefined) return;
    setTimeout(
      () => {
        this.#waiting.shift();
        next.act();
        this.#plan();
      },
      Math.max(0, next.due - performance.now()),
    );
  }
}
