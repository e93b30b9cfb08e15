import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { openRedis, type Redis } from '../../server/redis/connection.ts';
import { BoundProcess, freePort } from './bound-process.ts';

const PROGRAM = '/usr/bin/redis-server';
const READY_WITHIN_MS = 10_000;

/**
 * A Redis of Debian's package on a free port of this machine, which keeps nothing: after `kill` or `stop` it can be started
 * again on the same port, and is empty.
 */
export class PrivateRedis {
  readonly url: string;
  #process: BoundProcess | undefined;
  readonly #lines: Redis[] = [];

  private constructor(readonly port: number) {
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** Rejects, and says what to install, when the program is not there. */
  static async launch(): Promise<PrivateRedis> {
    const redis = await PrivateRedis.planned();
    await redis.start();
    return redis;
  }

  /** Its address is known, and nobody listens there yet. */
  static async planned(): Promise<PrivateRedis> {
    if (!existsSync(PROGRAM))
      throw new Error('These tests need Redis, and it is not installed. On Debian: apt-get install redis-server.');
    return new PrivateRedis(await freePort());
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', '/tmp'];
    const keepNothing = ['--save', '', '--appendonly', 'no'];
    this.#process = await BoundProcess.start(PROGRAM, [...place, ...keepNothing]);
    const until = Date.now() + READY_WITHIN_MS;
    while (!(await this.#answers())) {
      if (Date.now() > until) throw new Error('The Redis for the tests did not start.');
      await delay(10);
    }
  }

  /** As a power cut would: no farewell. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    for (const line of this.#lines.splice(0)) line.close();
    return this.#end('SIGTERM');
  }

  /** A process's lines to it, open until it is stopped. */
  line(): Redis {
    const line = openRedis(this.url, pino({ level: 'silent' }));
    this.#lines.push(line);
    return line;
  }

  /** It keeps its connections and answers nobody, until `thaw`. */
  freeze(): void {
    this.#process?.signal('SIGSTOP');
  }

  thaw(): void {
    this.#process?.signal('SIGCONT');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    await running?.end(signal);
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const line = connect(this.port, '127.0.0.1', () => line.write('PING\r\n'));
      line.setTimeout(1_000, () => line.destroy());
      line.once('data', (data) => resolve(data.toString().startsWith('+PONG')));
      line.once('data', () => line.destroy());
      line.once('error', () => resolve(false));
      line.once('close', () => resolve(false));
    });
  }
}
