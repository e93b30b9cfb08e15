import type { SegmentId } from '../ids.ts';

/**
 * The course of the day: which share of its tickets comes in which half hour of the clock and segment. Each kind of day
 * (weekday, holiday) has its own counts, fading from week to week; its shares are shrunk towards those of all days as far as
 * few customers stand behind them (empirical Bayes with a Dirichlet prior):
 *
 *   share = (own + k · all) / (sum own + k)
 */

/** By kind of day and segment, how many came in each half hour of the clock: 48 numbers. Plain data. */
export type ProfileState = Readonly<Record<string, Readonly<Record<SegmentId, readonly number[]>>>>;

export const HALF_HOURS = 48;

/** What last week's customers count beside this week's. */
const FADING = 0.9;
/** So many customers of all days stand behind each kind of day. */
const PRIOR = 300;

/**
 * @param arrivals by segment, in each half hour of the day
 * @param clock which half hour of the clock each of them is: where clocks change, one comes twice or not at all
 */
export function learnProfile(
  state: ProfileState,
  kind: string,
  arrivals: Readonly<Record<SegmentId, readonly number[]>>,
  clock: readonly number[],
): ProfileState {
  const before = state[kind] ?? {};
  const learned: Record<SegmentId, readonly number[]> = {};
  for (const segment of new Set([...Object.keys(before), ...Object.keys(arrivals)])) {
    const counts = new Array<number>(HALF_HOURS).fill(0);
    clock.forEach((halfHour, slot) => add(counts, halfHour, arrivals[segment]?.[slot] ?? 0));
    learned[segment] = counts.map((count, i) => rounded(FADING * (before[segment]?.[i] ?? 0) + count));
  }
  return { ...state, [kind]: learned };
}

/** Rule X5. By segment, the share of the day's tickets in each half hour of the clock; all together are 1. */
export function sharesOf(
  state: ProfileState,
  kind: string,
  segments: readonly SegmentId[],
): Readonly<Record<SegmentId, readonly number[]>> {
  const all = totals(Object.values(state), segments);
  const own = totals([state[kind] ?? {}], segments);
  if (all.sum === 0)
    return Object.fromEntries(segments.map((segment) => [segment, new Array<number>(HALF_HOURS).fill(0)]));
  return Object.fromEntries(
    segments.map((segment) => [
      segment,
      (all.counts[segment] ?? []).map(
        (count, i) => ((own.counts[segment]?.[i] ?? 0) + (PRIOR * count) / all.sum) / (own.sum + PRIOR),
      ),
    ]),
  );
}

function totals(days: readonly Readonly<Record<SegmentId, readonly number[]>>[], segments: readonly SegmentId[]) {
  const counts: Record<SegmentId, number[]> = {};
  let sum = 0;
  for (const segment of segments) {
    const total = new Array<number>(HALF_HOURS).fill(0);
    for (const day of days) day[segment]?.forEach((count, i) => add(total, i, count));
    sum += total.reduce((one, other) => one + other, 0);
    counts[segment] = total;
  }
  return { counts, sum };
}

function add(counts: number[], at: number, count: number): void {
  counts[at] = (counts[at] ?? 0) + count;
}

/** To a thousandth: it is written down every night. */
function rounded(count: number): number {
  return Math.round(count * 1000) / 1000;
}
