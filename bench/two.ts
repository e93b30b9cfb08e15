import { fork } from 'node:child_process';
import type { Slice } from './load.ts';
import { tell } from './doors.ts';
import { median } from './numbers.ts';
import { newFolder, openPosts, startHall } from './servers.ts';

/** 32 senders in four branches on one PostgreSQL: all at one server, or each branch at one of two, as the proxy sends them. */

const BRANCHES = ['b1', 'b2', 'b3', 'b4'];

export interface TwoFigure {
  readonly one: number;
  readonly two: number;
  readonly ratio: number;
}

export async function benchTwo(
  databaseUrl: string,
  { slices, ms }: { readonly slices: number; readonly ms: number },
): Promise<TwoFigure> {
  const [first, second] = [
    await startHall({ folder: newFolder(BRANCHES.length), databaseUrl }),
    await startHall({ folder: newFolder(BRANCHES.length), databaseUrl }),
  ];
  const [load, other] = [1, 2].map(() => fork('bench/load.ts', { execArgv: ['--import', 'tsx'] })) as [Load, Load];
  const all = await openPosts(first, BRANCHES);
  const [half, rest] = [await openPosts(first, BRANCHES.slice(0, 2)), await openPosts(second, BRANCHES.slice(2))];
  await tell(load, { kind: 'open', name: 'all', door: 'socket', url: first.url, posts: all });
  await tell(load, { kind: 'open', name: 'half', door: 'socket', url: first.url, posts: half });
  await tell(other, { kind: 'open', name: 'rest', door: 'socket', url: second.url, posts: rest });
  const rate = ({ commands, seconds }: Slice) => commands / seconds;
  const one: number[] = [];
  const two: number[] = [];
  for (let turn = 0; turn <= slices; turn += 1) {
    const alone = (await tell(load, { kind: 'run', name: 'all', ms })) as Slice;
    const both = (await Promise.all([
      tell(load, { kind: 'run', name: 'half', ms }),
      tell(other, { kind: 'run', name: 'rest', ms }),
    ])) as Slice[];
    if (turn === 0) continue;
    one.push(rate(alone));
    two.push(both.reduce((sum, slice) => sum + rate(slice), 0));
  }
  load.kill();
  other.kill();
  await Promise.all([first.stop(), second.stop()]);
  return { one: median(one), two: median(two), ratio: median(two) / median(one) };
}

type Load = ReturnType<typeof fork>;
