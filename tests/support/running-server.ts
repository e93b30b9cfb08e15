import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { copyEmptyDatabase } from './empty-database.ts';

const READY_WITHIN_MS = 90_000;
const MID_MORNING = 10;

interface LaunchOptions {
  /** Where something outside has to know it beforehand. */
  readonly port?: number;
  readonly entry?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What `past-days.ts` is told, where finished days are wanted. */
  readonly pastDays?: readonly string[];
}

/** A real server in a process of its own, on a port and a data folder of its own. It can be killed and started again on both. */
export class RunningServer {
  readonly url: string;
  readonly #port: number;
  readonly #entry: string;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-e2e-'));
  readonly #branches = branchesAtMidMorning(path.join(this.#folder, 'branches'));
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(
    port: number,
    entry: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.#entry = entry;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** The server as `npm start` runs it, with the demo's branches; `env` goes before that. */
  static async launch({
    entry = 'server/main.ts',
    env = {},
    pastDays,
    port,
  }: LaunchOptions = {}): Promise<RunningServer> {
    const server = new RunningServer(port ?? (await freePort()), entry, env);
    if (env['DATABASE_URL'] === undefined) copyEmptyDatabase(server.dataFolder);
    if (pastDays !== undefined)
      execFileSync(process.execPath, ['--import', 'tsx', 'scripts/past-days.ts', ...pastDays], { env: server.#env });
    await server.start();
    return server;
  }

  /**
   * Starts one that is expected to refuse. @returns what it said
   * @throws when it runs instead
   */
  static async refusal({ entry = 'server/main.ts', env = {} } = {}): Promise<string> {
    const server = new RunningServer(await freePort(), entry, env);
    const started = await server.start().then(
      () => true,
      () => false,
    );
    await server.dispose();
    if (started) throw new Error('The server started, and should have refused to.');
    return server.#log;
  }

  get dataFolder(): string {
    return this.env['LOBBYFLOW_DATA'] ?? path.join(this.#folder, 'data');
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Everything that it said since its first start. */
  get log(): string {
    return this.#log;
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(this.#port),
      LOBBYFLOW_DATA: this.dataFolder,
      LOBBYFLOW_BRANCHES: this.#branches,
      LOG_LEVEL: 'warn',
      ...this.env,
    };
  }

  /** Resolves when the server says that it is ready. @throws with the server's log when it is not in time */
  async start(): Promise<void> {
    const child = fork(this.#entry, {
      execArgv: ['--import', 'tsx'],
      env: this.#env,
      silent: true,
    });
    this.#child = child;
    child.stdout?.on('data', (chunk) => (this.#log += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.#log += String(chunk)));
    const until = Date.now() + READY_WITHIN_MS;
    while (Date.now() < until && child.exitCode === null) {
      if (await this.#ready()) return;
      await delay(50);
    }
    throw new Error(`The server did not become ready:\n${this.#log}`);
  }

  /** For a server that listens to its parent: sends one message and waits for its answer. */
  async tell(message: object): Promise<void> {
    await this.ask(message);
  }

  /** @returns what a server that listens to its parent answers */
  async ask(message: object): Promise<unknown> {
    if (this.#child === undefined) throw new Error('The server is not running');
    const answered = once(this.#child, 'message');
    this.#child.send(message);
    return ((await answered) as readonly unknown[])[0];
  }

  /** It keeps its port and its connections and does nothing, until `thaw`. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** As a power cut would: no farewell. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  #ready(): Promise<boolean> {
    return fetch(`${this.url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
  }
}

/** A time zone where it is between ten and eleven now. */
export function midMorningZone(): string {
  const eastOfGreenwich = ((MID_MORNING - new Date().getUTCHours() + 36) % 24) - 12;
  // The names of these zones have the sign the other way round.
  return `Etc/GMT${eastOfGreenwich > 0 ? '-' : '+'}${Math.abs(eastOfGreenwich)}`;
}

/** The demo's branches, moved to that time zone: the tests pass at any hour. */
function branchesAtMidMorning(folder: string): string {
  const zone = midMorningZone();
  cpSync('config/branches', folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    const place = path.join(folder, file);
    writeFileSync(place, readFileSync(place, 'utf8').replace(/^timeZone: \S+/m, `timeZone: ${zone}`));
  }
  return folder;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
