import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Door, LoadTask, Slice } from './load.ts';
import type { Post } from './load-work.ts';
import { median, quantile } from './numbers.ts';
import { newFolder, openPosts, startHall, startRaw, type Hall } from './servers.ts';

/**
 * Commands through the doors: 1, 8, 32 and 128 senders, eight to a branch, at the hall on both databases and at a raw server.
 * The senders are in a process of their own. Slices of all servers take turns; a figure is the median of its slices.
 */

const CLIENTS = [1, 8, 32, 128];
const PER_BRANCH = 8;

export interface DoorFigure {
  readonly door: Door;
  readonly clients: number;
  readonly server: string;
  readonly perSecond: number;
  /** Against the raw server in the same run. */
  readonly ratio: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
}

export interface CommitFigure {
  readonly server: string;
  /** Of one statement of the log while eight senders worked, ms. */
  readonly p50: number;
  readonly p99: number;
}

interface Target {
  readonly name: string;
  readonly url: string;
  readonly posts: readonly Post[];
}

export async function benchDoors(
  postgresUrl: string,
  { slices, ms }: { readonly slices: number; readonly ms: number },
): Promise<{ readonly doors: readonly DoorFigure[]; readonly commits: readonly CommitFigure[] }> {
  const branchIds = Array.from({ length: Math.max(...CLIENTS) / PER_BRANCH }, (_, place) => `b${place + 1}`);
  const folder = newFolder(branchIds.length);
  const raw = await startRaw();
  const embedded = await startHall({ folder });
  const postgres = await startHall({ folder: newFolder(branchIds.length), databaseUrl: postgresUrl });
  const load = fork('bench/load.ts', { execArgv: ['--import', 'tsx'] });
  const posts = await openPosts(embedded, branchIds);
  const targets: Target[] = [
    { name: 'raw', url: raw.url, posts },
    { name: 'PGlite', url: embedded.url, posts },
    { name: 'PostgreSQL', url: postgres.url, posts: await openPosts(postgres, branchIds) },
  ];
  const commits: CommitFigure[] = [];
  const doors: DoorFigure[] = [];
  for (const door of ['socket', 'http'] as const)
    for (const clients of CLIENTS) {
      const before = await Promise.all([embedded.metrics(), postgres.metrics()]);
      doors.push(...(await measure(load, targets, door, clients, { slices, ms })));
      if (door !== 'socket' || clients !== PER_BRANCH) continue;
      commits.push(
        await commitFigure('PGlite', embedded, before[0]),
        await commitFigure('PostgreSQL', postgres, before[1]),
      );
    }
  load.kill();
  raw.stop();
  await Promise.all([embedded.stop(), postgres.stop()]);
  return { doors, commits };
}

async function measure(
  load: ChildProcess,
  targets: readonly Target[],
  door: Door,
  clients: number,
  { slices, ms }: { readonly slices: number; readonly ms: number },
): Promise<DoorFigure[]> {
  const taken = new Map<string, Slice[]>();
  for (const { name, url, posts } of targets)
    await tell(load, { kind: 'open', name, door, url, posts: posts.slice(0, clients) });
  for (let turn = 0; turn <= slices; turn += 1)
    for (const { name } of targets) {
      const slice = (await tell(load, { kind: 'run', name, ms })) as Slice;
      // The first is to warm up.
      if (turn > 0) taken.set(name, [...(taken.get(name) ?? []), slice]);
    }
  for (const { name } of targets) await tell(load, { kind: 'close', name });
  const perSecond = (name: string) =>
    median((taken.get(name) ?? []).map(({ commands, seconds }) => commands / seconds));
  return targets.map(({ name }) => {
    const latencies = (taken.get(name) ?? []).flatMap((slice) => slice.latencies);
    const refused = (taken.get(name) ?? []).reduce((sum, slice) => sum + slice.refused, 0);
    return {
      ...{ door, clients, server: name, refused },
      ...{ perSecond: perSecond(name), ratio: perSecond(name) / perSecond('raw') },
      ...{ p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
    };
  });
}

/** Sends a task to a process of senders. @returns its answer */
export async function tell(load: ChildProcess, task: LoadTask): Promise<unknown> {
  const answered = once(load, 'message');
  load.send(task);
  const [answer] = (await answered) as [unknown];
  return answer;
}

/** From the buckets of the server's own histogram, between two looks at it. */
async function commitFigure(server: string, hall: Hall, before: ReadonlyMap<string, number>): Promise<CommitFigure> {
  const after = await hall.metrics();
  const buckets = [...after].flatMap(([name, count]) => {
    const edge = /^lobbyflow_store_write_seconds_bucket\{le="([^"]+)"/.exec(name)?.[1];
    return edge === undefined
      ? []
      : [{ edge: Number(edge.replace('+Inf', 'Infinity')), count: count - (before.get(name) ?? 0) }];
  });
  const all = buckets.at(-1)?.count ?? 0;
  const at = (share: number) => {
    const place = buckets.findIndex(({ count }) => count >= share * all);
    const [low, high] = [buckets[place - 1], buckets[place]];
    if (high === undefined) return NaN;
    const from = low?.edge ?? 0;
    const part = (share * all - (low?.count ?? 0)) / Math.max(1, high.count - (low?.count ?? 0));
    return 1000 * (from + part * (high.edge - from));
  };
  return { server, p50: at(0.5), p99: at(0.99) };
}
