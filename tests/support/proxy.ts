import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BoundProcess, freePort } from './bound-process.ts';
import type { RunningServer } from './running-server.ts';
import { until } from './until.ts';

const PROGRAM = '/usr/bin/caddy';

/** The proxy as deploy/Caddyfile configures it, on free ports of this machine, with an authority of its own. */
export class RunningProxy {
  readonly #folder: string;
  readonly #process: BoundProcess;

  private constructor(
    readonly url: string,
    folder: string,
    running: BoundProcess,
  ) {
    this.#folder = folder;
    this.#process = running;
  }

  /** Rejects, and says what to install, when the program is not there. */
  static async launch(servers: readonly RunningServer[]): Promise<RunningProxy> {
    if (!existsSync(PROGRAM))
      throw new Error('These tests need Caddy, and it is not installed. On Debian: apt-get install caddy.');
    const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-proxy-'));
    const [port, plainPort] = [await freePort(), await freePort()];
    const config = path.join(folder, 'Caddyfile');
    const ports = `admin off\n\thttp_port ${plainPort}\n\thttps_port ${port}`;
    writeFileSync(config, readFileSync('deploy/Caddyfile', 'utf8').replace('admin off', ports));
    const running = await BoundProcess.start(PROGRAM, ['run', '--config', config, '--adapter', 'caddyfile'], {
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      LOBBYFLOW_ADDRESS: 'localhost',
      LOBBYFLOW_TLS: 'internal',
      LOBBYFLOW_SERVERS: servers.map(({ url }) => new URL(url).host).join(' '),
    });
    await until(() => listens(port), 60_000);
    return new RunningProxy(`https://localhost:${port}`, folder, running);
  }

  async stop(): Promise<void> {
    await this.#process.end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The program runs before it has its certificate and its ports. */
function listens(port: number): Promise<boolean> {
  const socket = connect(port, 'localhost');
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
