import { setMaxListeners } from 'node:events';
import { readEnv, type Env } from '../config/env.ts';
import { ConfigError, loadBranches } from '../config/load.ts';
import type { BranchConfig } from '../domain/config.ts';
import { BranchDemo } from './branch-demo.ts';
import { readOptions, USAGE, type DemoOptions } from './demo-options.ts';
import { layDownPastDays, startServer } from './demo-server.ts';
import { Pace } from './pace.ts';

/** `npm run demo`: the server, and a hall full of simulated people who use it through its public doors. */

const STATUS_MS = 5_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}

async function demo(options: DemoOptions, env: Env, childEnv: NodeJS.ProcessEnv): Promise<void> {
  const configs = chosen(
    loadBranches(env.branchesFolder).branches.map(({ config }) => config),
    options.branches,
  );
  const url = options.url ?? addressOf(env);
  const stop = new AbortController();
  // Every bot and every customer listens for the end.
  setMaxListeners(0, stop.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

  if (options.url === undefined) await layDownPastDays(options, childEnv, say);
  if (stop.signal.aborted) return;
  say(options.url === undefined ? 'Starting the server ...' : `Using the server at ${url}`);
  const server =
    options.url === undefined ? await startServer({ url, dataFolder: env.dataFolder, env: childEnv, say }) : undefined;
  try {
    if (stop.signal.aborted) return;
    say(addresses(url, configs, options.speed));
    const pace = new Pace(options.speed, stop.signal);
    const { seed, perHour, leave } = options;
    const shared = { url, code: env.accessCode, pace, seed, perHour, leave };
    const demos = configs.map((config) => new BranchDemo({ config, ...shared }));
    const status = setInterval(() => demos.forEach((branch) => say(branch.status())), STATUS_MS);
    await Promise.allSettled(demos.map((branch) => branch.run()));
    clearInterval(status);
    say('Stopping ...');
  } finally {
    await server?.stop();
  }
}

function addressOf({ host, port }: Env): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

function chosen(configs: readonly BranchConfig[], names: readonly string[]): readonly BranchConfig[] {
  const known = configs.map(({ branchId }) => branchId);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no branch ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  return names.length === 0 ? configs : configs.filter(({ branchId }) => names.includes(branchId));
}

function addresses(url: string, configs: readonly BranchConfig[], speed: number): string {
  const page = (path: string, branchId: string) => new URL(`/${path}/?branch=${branchId}`, url).href;
  const lines = configs.flatMap(({ branchId, name }) => [
    `  ${name.en}`,
    ...['kiosk', 'display', 'counter-client', 'manager'].map((path) => `    ${path.padEnd(16)}${page(path, branchId)}`),
  ]);
  return [
    '',
    `  All screens       ${url}`,
    ...lines,
    '',
    `  One minute here is ${speed} minutes in the hall; the screens count real minutes. Ctrl-C stops everything.`,
    '',
  ].join('\n');
}

const read = readOptions(process.argv.slice(2));
if ('help' in read) say(USAGE);
else if ('errors' in read) fail([...read.errors, '', USAGE]);
else {
  const { port, data } = read.options;
  const childEnv = {
    ...process.env,
    LOBBYFLOW_DEMO: '1',
    LOBBYFLOW_DATA: data,
    ...(port !== undefined && { PORT: port }),
  };
  const env = readEnv(childEnv);
  if (!env.ok) fail(['The environment is wrong:', ...env.errors]);
  else {
    demo(read.options, env.env, childEnv).catch((error: unknown) => {
      fail([error instanceof ConfigError || error instanceof Error ? error.message : String(error)]);
    });
  }
}
