import { MINUTE, type Instant } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import type { Rate } from './expected-arrivals.ts';
import { OUTLOOK_MINUTES, type Outlook } from './proposal.ts';

/** Windows of the lines from a minute on. */
export interface Staffing {
  readonly fromMinute: number;
  readonly windows: number;
  /** Their speeds together. */
  readonly speed: number;
}

export interface Flow {
  readonly now: Instant;
  /** Since when each of those who wait has waited, oldest first. */
  readonly waiting: readonly Instant[];
  readonly inHand: number;
  readonly rate: Rate;
  readonly serviceMinutes: number;
  /** In the order of time; the first from minute 0. */
  readonly staffing: readonly Staffing[];
}

const STEP = 0.25;
/** So many more in the hall than now are thought of. */
const ROOM = 60;

/**
 * The next 30 minutes (rule F12), as chance would have them on average: the law of the number in the lines as a
 * birth-and-death process with even arrivals and exponential service, then first come, first served. Times in minutes.
 */
export function outlookOf(flow: Flow): Outlook {
  const queue = expectedQueue(flow);
  const came = flow.waiting.map((since) => (since - flow.now) / MINUTE);
  let arrived = came.length;
  let called = 0;
  let waited = 0;
  let longest = 0;
  const count = (wait: number) => {
    waited += wait;
    longest = Math.max(longest, wait);
  };
  for (const [step, waiting] of queue.entries()) {
    const minute = (step + 1) * STEP;
    arrived += flow.rate(flow.now + (minute - STEP) * MINUTE) * STEP;
    while (came.length < Math.floor(arrived)) came.push(minute);
    // Whoever is not in the expected queue any more has been called.
    while (called < came.length && called + 1 <= arrived - waiting) {
      count(minute - (came[called] ?? minute));
      called += 1;
    }
  }
  for (const since of came.slice(called)) count(OUTLOOK_MINUTES - since);
  const mean = came.length === 0 ? 0 : waited / came.length;
  return { waiting: tenth(queue.at(-1) ?? 0), longest: tenth(longest), mean: tenth(mean) };
}

/** The expected number who wait, after each step. */
function expectedQueue({ waiting, inHand, rate, serviceMinutes, staffing, now }: Flow): number[] {
  const start = waiting.length + inHand;
  const most = start + ROOM;
  let law = new Float64Array(most + 1);
  let next = new Float64Array(most + 1);
  law[start] = 1;
  // Between how many there can be: a step changes the number by one at most.
  let [least, highest] = [start, start];
  const queue: number[] = [];
  for (let minute = 0; minute < OUTLOOK_MINUTES; minute += STEP) {
    const { windows, speed } = staffing.findLast(({ fromMinute }) => fromMinute <= minute) ?? { windows: 0, speed: 0 };
    const comes = Math.min(1, rate(now + minute * MINUTE) * STEP);
    const [from, to] = [Math.max(0, least - 1), Math.min(most, highest + 1)];
    next.fill(0, from, to + 1);
    for (let n = least; n <= highest; n += 1) {
      const here = law[n] as number;
      const busy = windows === 0 ? 0 : (Math.min(n, windows) / windows) * (speed / serviceMinutes) * STEP;
      const up = n < most ? comes : 0;
      const down = Math.min(1 - up, busy);
      if (n < most) next[n + 1] = (next[n + 1] as number) + here * up;
      if (n > 0) next[n - 1] = (next[n - 1] as number) + here * down;
      next[n] = (next[n] as number) + here * (1 - up - down);
    }
    let expected = 0;
    for (let n = windows + 1; n <= to; n += 1) expected += (n - windows) * (next[n] as number);
    [law, next] = [next, law];
    [least, highest] = [from, to];
    queue.push(expected);
  }
  return queue;
}

/** The same figures as they came, of those who waited in these segments from `from` to `to`. */
export function measured(state: BranchDay, segments: ReadonlySet<string>, from: Instant, to: Instant): Outlook {
  let waiting = 0;
  let longest = 0;
  let waited = 0;
  let people = 0;
  for (const { segment, status, periods } of state.tickets.values()) {
    if (!segments.has(segment)) continue;
    const waits = periods.filter(({ kind }) => kind === 'wait');
    const last = waits.at(-1);
    if (last === undefined || (last.to ?? to) < from) continue;
    const wait = waits.reduce((sum, { from: start, to: end = to }) => sum + end - start, 0);
    if (status === 'waiting') waiting += 1;
    people += 1;
    waited += wait;
    longest = Math.max(longest, wait);
  }
  const mean = people === 0 ? 0 : waited / people;
  return { waiting, longest: tenth(longest / MINUTE), mean: tenth(mean / MINUTE) };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
