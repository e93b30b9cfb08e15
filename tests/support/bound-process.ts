import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A program that ends when the tests end, however they end, be it by kill -9. */
export class BoundProcess {
  private constructor(
    readonly pid: number,
    private readonly holder: ChildProcess,
  ) {}

  static async start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<BoundProcess> {
    const holder = spawn('sh', ['-c', untilParentEnds, 'sh', program, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    const [pid] = (await once(createInterface(holder.stdout), 'line')) as [string];
    // A test that failed and did not end it must not keep the others waiting.
    for (const handle of [holder, holder.stdin as Socket, holder.stdout as Socket]) handle.unref();
    return new BoundProcess(Number(pid), holder);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Resolves when it has ended. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.holder.ref();
    const ended = once(this.holder, 'exit');
    try {
      this.signal(signal);
      // One that was frozen hears nothing before it is woken.
      if (signal === 'SIGTERM') this.signal('SIGCONT');
    } catch {
      // It has ended by itself.
    }
    this.holder.stdin?.end();
    await ended;
  }
}

/** Says the number of the program's process, and runs it as long as the tests hold the other end of the pipe. */
const untilParentEnds = `
  "$@" >/dev/null 2>&1 &
  echo $!
  read -r _
  kill -TERM $! 2>/dev/null
  wait $!`;

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
