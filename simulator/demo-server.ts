import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The first start creates the database. */
const READY_MS = 60_000;
const AGAIN_MS = 1_000;

export interface DemoServer {
  stop(): Promise<void>;
}

/**
 * The same server as `npm start`, as a process of its own. When it ends by itself after it was ready, it is started again:
 * the bots and the screens find their way back.
 * @throws when it is not ready in time; its log says why
 */
export async function startServer(options: {
  readonly url: string;
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}): Promise<DemoServer> {
  const { url, dataFolder, env, say } = options;
  mkdirSync(dataFolder, { recursive: true });
  const logFile = join(dataFolder, 'server.log');
  let stopping = false;
  let ready = false;
  let child = run();

  function run(): ChildProcess {
    const log = openSync(logFile, 'a');
    // A group of its own: Ctrl-C reaches the demo only, and the demo stops the server once.
    const started = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    started.once('exit', (code, signal) => {
      if (stopping || !ready) return;
      say(`The server ended (${signal ?? `code ${code}`}); starting it again.`);
      setTimeout(() => {
        if (!stopping) child = run();
      }, AGAIN_MS);
    });
    return started;
  }

  async function stop(): Promise<void> {
    stopping = true;
    if (!isRunning(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  const giveUpAt = Date.now() + READY_MS;
  while (!(await isReady(url))) {
    if (!isRunning(child) || Date.now() > giveUpAt) {
      await stop();
      throw new Error(`The server did not start. ${logFile} says why.`);
    }
    await sleep(200);
  }
  ready = true;
  return { stop };
}

/** The week before today, where a branch has no finished days: for the forecast, and to look back at. Without it the demo goes on. */
export async function layDownPastDays(
  { speed, seed, perHour }: { readonly speed: number; readonly seed: number; readonly perHour: number | undefined },
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> {
  say('Looking for the days before today; where there are none, a week of them is played ...');
  const wishes = [
    '--seed',
    `${seed}`,
    '--demo-speed',
    `${speed}`,
    ...(perHour === undefined ? [] : ['--per-hour', `${perHour}`]),
  ];
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/past-days.ts', ...wishes], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) say('The days before today could not be played: there will be no forecast.');
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('/health/ready', url))).ok;
  } catch {
    return false;
  }
}
