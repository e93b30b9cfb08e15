import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { median, quantile } from './numbers.ts';
import { newFolder, openPosts, startHall, startRaw } from './servers.ts';
import type { ScreensTask } from './screens.ts';

/**
 * One change to the last of 10, 200 and 1,000 displays, on the embedded database: from the command sent to the view at the last
 * screen. Beside it a raw Socket.IO server that is asked, by the same kind of message, to send the same number of bytes to all.
 */

const SCREENS = [10, 200, 1_000];
/** Views gather for 50 ms after one was sent; a change after a quiet time goes out at once. */
const QUIET_MS = 150;

export interface FanOutFigure {
  readonly screens: number;
  readonly bytes: number;
  /** Ms to the last screen. */
  readonly hall: { readonly p50: number; readonly p99: number };
  readonly raw: { readonly p50: number; readonly p99: number };
  /** Of the medians. */
  readonly ratio: number;
}

export async function benchFanOut({ rounds }: { readonly rounds: number }): Promise<FanOutFigure[]> {
  const hall = await startHall({ folder: newFolder(1) });
  const raw = await startRaw();
  await openPosts(hall, ['b1']);
  const screens = fork('bench/screens.ts', { execArgv: ['--import', 'tsx'] });
  const figures: FanOutFigure[] = [];
  for (const count of SCREENS) {
    const token = await hall.token('b1', 'display');
    const kiosk = await hall.token('b1');
    await tell(screens, { kind: 'open', name: 'hall', url: hall.url, count, token, sender: kiosk });
    await tell(screens, { kind: 'open', name: 'raw', url: raw.url, count });
    const spent = { hall: [] as number[], raw: [] as number[] };
    let bytes = 0;
    for (let round = 0; round <= rounds; round += 1) {
      await delay(QUIET_MS);
      const change = (await tell(screens, { kind: 'change', name: 'hall' })) as Seen;
      bytes = change.bytes;
      await delay(QUIET_MS);
      const broadcast = (await tell(screens, { kind: 'change', name: 'raw', bytes })) as Seen;
      if (round === 0) continue;
      spent.hall.push(change.ms);
      spent.raw.push(broadcast.ms);
    }
    await tell(screens, { kind: 'close', name: 'hall' });
    await tell(screens, { kind: 'close', name: 'raw' });
    const of = (values: readonly number[]) => ({ p50: median(values), p99: quantile(values, 0.99) });
    figures.push({
      ...{ screens: count, bytes, hall: of(spent.hall), raw: of(spent.raw) },
      ratio: median(spent.hall) / median(spent.raw),
    });
  }
  screens.kill();
  raw.stop();
  await hall.stop();
  return figures;
}

interface Seen {
  readonly ms: number;
  readonly bytes: number;
}

async function tell(screens: ChildProcess, task: ScreensTask): Promise<unknown> {
  const answered = once(screens, 'message');
  screens.send(task);
  const [answer] = (await answered) as [unknown];
  return answer;
}
