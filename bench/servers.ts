import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Post } from './load-work.ts';

/** The servers that are measured, each a process of its own, as an operator would start it. */

export const COUNTERS = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];
const MID_MORNING = 10;
const READY_MS = 120_000;

export interface Hall {
  readonly url: string;
  readonly pid: number;
  /** A token of a manager, who may do everything. */
  token(branchId: string, role?: 'manager' | 'display'): Promise<string>;
  /** All samples of /metrics, by name and labels. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

export interface HallOptions {
  readonly folder: string;
  readonly databaseUrl?: string | undefined;
  /** `npm start` instead of the server itself. */
  readonly npm?: boolean;
  /** With the accounts of a demonstration. */
  readonly demo?: boolean;
}

const folders: string[] = [];
const halls = new Set<ChildProcess>();
process.on('exit', () => {
  for (const hall of halls) if (hall.pid !== undefined) kill(hall.pid);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lobbyflow-bench-'));
  folders.push(folder);
  return folder;
}

/** A folder with `data` and `branches` in it: copies of the big demo branch, named b1, b2 …, where it is mid-morning. */
export function newFolder(branches: number): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'branches'));
  const eastOfGreenwich = ((MID_MORNING - new Date().getUTCHours() + 36) % 24) - 12;
  // The names of these zones have the sign the other way round.
  const zone = `Etc/GMT${eastOfGreenwich > 0 ? '-' : '+'}${Math.abs(eastOfGreenwich)}`;
  const harbour = readFileSync('config/branches/harbour.yaml', 'utf8').replace(/^timeZone: \S+/m, `timeZone: ${zone}`);
  for (let number = 1; number <= branches; number += 1)
    writeFileSync(join(folder, 'branches', `b${number}.yaml`), harbour.replace(/^id: \S+/m, `id: b${number}`));
  return folder;
}

export async function startHall({ folder, databaseUrl = '', npm = false, demo = false }: HallOptions): Promise<Hall> {
  const env = {
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    LOBBYFLOW_DATA: join(folder, 'data'),
    LOBBYFLOW_BRANCHES: join(folder, 'branches'),
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'error',
    LOBBYFLOW_DEMO: demo ? '1' : '0',
  };
  const [program, args] = npm
    ? ['npm', ['start', '--silent']]
    : [process.execPath, ['--import', 'tsx', 'server/main.ts']];
  // A group of its own: npm does not hand the signal to stop on.
  const child = spawn(program, args, { env, stdio: ['ignore', 'inherit', 'pipe'], detached: true });
  halls.add(child);
  const exited = once(child, 'exit').then(() => halls.delete(child));
  const url = await addressOf(child);
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    token: (branchId, role = 'manager') => tokenOf(url, branchId, role),
    metrics: () => metricsOf(url),
    async stop() {
      kill(pid, 'SIGTERM');
      await exited;
    },
  };
}

export async function startRaw(): Promise<{ readonly url: string; stop(): void }> {
  const child = fork('bench/raw-server.ts', { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.disconnect() };
}

/** Opens eight counters of each branch for all the work there is, and lets some customers wait, so that no call finds nobody. */
export async function openPosts(hall: Hall, branchIds: readonly string[]): Promise<Post[]> {
  const posts: Post[] = [];
  for (const branchId of branchIds) {
    const token = await hall.token(branchId);
    for (const [place, counterId] of COUNTERS.entries()) {
      await command(hall.url, { branchId, token }, { type: 'OpenCounter', counterId, tellerId: String(1001 + place) });
      await command(hall.url, { branchId, token }, { type: 'SetWorkProfile', counterId, profile: 'pooled' });
      await command(hall.url, { branchId, token }, { type: 'TakeTicket', services: ['transfer'] });
      posts.push({ branchId, counterId, token });
    }
  }
  return posts;
}

export async function command(url: string, { branchId, token }: Pick<Post, 'branchId' | 'token'>, command: object) {
  const response = await fetch(`${url}/api/branches/${branchId}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ commandId: crypto.randomUUID(), command }),
  });
  const body = await response.text();
  // A counter that is open already, from the slice before.
  if (!response.ok && response.status !== 409) throw new Error(`the bench was refused: ${response.status} ${body}`);
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    const late = setTimeout(() => reject(new Error(`the server did not start: ${words}`)), READY_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      words += chunk.toString();
      const url = /Open (http:\S+)\/ in a browser/.exec(words)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
    child.once('exit', () => reject(new Error(`the server did not start: ${words}`)));
  });
}

async function tokenOf(url: string, branchId: string, role: string): Promise<string> {
  const response = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ branchId, role }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function metricsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

/** The whole group. */
function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
