import type { Quote } from '../events.ts';
import { MINUTE, type SegmentId } from '../ids.ts';
import type { Visit } from '../visit.ts';

/** So many finished waits of a segment are remembered, and fewer than the least say nothing yet. */
const REMEMBERED = 500;
/** Of the days before at most so many of a segment: what is new today shall count before noon. */
const CARRIED = 200;
const LEAST = 25;
/** The share of waits that shall fall between p10 and p90. */
const COVERED = 0.8;
/** Widths are counted with so many minutes more, so that a very narrow range does not weigh without bound. */
const SLACK = 1;

/**
 * Split-conformal correction of quantiles (Romano, Patterson & Candès, Conformalized quantile regression, 2019), run over
 * the last finished waits of each segment: how far a wait was outside its range, measured in widths of that range, and the
 * range is widened (or narrowed) by the 80th percentile of that.
 */
export class Corrections {
  readonly #scores = new Map<SegmentId, Scores>();

  /** @param carried from the days before (rule E10) */
  constructor(carried: RangeScores = {}) {
    for (const [segment, scores] of Object.entries(carried)) for (const score of scores) this.#add(segment, score);
  }

  /** @param waited minutes until the first call */
  add(segment: SegmentId, quote: Quote, waited: number): void {
    const score = scoreOf(quote, waited);
    if (score !== undefined) this.#add(segment, score);
  }

  #add(segment: SegmentId, score: number): void {
    let known = this.#scores.get(segment);
    if (known === undefined) this.#scores.set(segment, (known = { ring: [], sorted: [], next: 0 }));
    const { ring, sorted, next } = known;
    const forgotten = ring[next];
    if (forgotten !== undefined) sorted.splice(placeOf(sorted, forgotten), 1);
    sorted.splice(placeOf(sorted, score), 0, score);
    ring[next] = score;
    known.next = (next + 1) % REMEMBERED;
  }

  /** By how many widths the range of a segment is moved out at each end; less than 0 moves it in. */
  shiftOf(segment: SegmentId): number {
    const known = this.#scores.get(segment);
    if (known === undefined || known.ring.length < LEAST) return 0;
    const { sorted } = known;
    return sorted[Math.min(sorted.length, Math.ceil(COVERED * (sorted.length + 1))) - 1] ?? 0;
  }
}

/** For each segment how far the latest waits were outside their ranges, in widths of those, oldest first; less than 0 is inside. */
export type RangeScores = Readonly<Record<SegmentId, readonly number[]>>;

/** Rule E10: what finished days leave to the next. @param days the visits of each, the oldest day first */
export function rangeScores(days: readonly (readonly Visit[])[]): RangeScores {
  const scores: Record<SegmentId, number[]> = {};
  for (const { segment, score } of days.flatMap(judged)) (scores[segment] ??= []).push(Math.round(score * 1000) / 1000);
  return Object.fromEntries(Object.entries(scores).map(([segment, each]) => [segment, each.slice(-CARRIED)]));
}

/** Those of one day whose quote can be judged, by the time of their call. */
function judged(visits: readonly Visit[]) {
  const those = visits.flatMap(({ segment, quote, issuedAt, periods: [wait, call] }) => {
    // As on the day itself: a call after a hold or a transfer was not what was quoted.
    if (quote === undefined || wait?.kind !== 'wait' || call?.kind !== 'call') return [];
    const score = scoreOf(quote, (call.from - issuedAt) / MINUTE);
    return score === undefined ? [] : [{ segment, at: call.from, score }];
  });
  return those.sort((one, other) => one.at - other.at);
}

/** @returns nothing for somebody who was told "at once": that is no range that could be judged */
function scoreOf(quote: Quote, waited: number): number | undefined {
  if (quote.p90 === 0) return undefined;
  const { low, high } = rawOf(quote);
  return Math.max(low - waited, waited - high) / (high - low + SLACK);
}

/** The latest scores of a segment, and the same in order: one comes in for each call, and a quantile is asked for each quote. */
interface Scores {
  readonly ring: number[];
  readonly sorted: number[];
  next: number;
}

/** Of the first that is not less. */
function placeOf(sorted: readonly number[], score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The range as the method gave it, before it was corrected. */
function rawOf({ p10, p90, correction = 0 }: Quote): { low: number; high: number } {
  // Corrected ends lie `shift` widths further out, so the width was multiplied by 1 + 2 shift (up to the slack).
  const width = (p90 - p10 - 2 * correction * SLACK) / (1 + 2 * correction);
  const moved = correction * (width + SLACK);
  return { low: p10 + moved, high: p90 - moved };
}

/** The quote with its ends moved by `shift` widths. p50 stays; p80 moves with the upper end. Never negative, always in order. */
export function corrected(quote: Quote, shift: number): Quote {
  if (shift === 0 || quote.p90 === 0) return quote;
  const { p10, p50, p80, p90 } = quote;
  const moved = shift * (p90 - p10 + SLACK);
  const high = Math.max(p50, p90 + moved);
  const eighty = p90 > p50 ? p50 + ((p80 - p50) * (high - p50)) / (p90 - p50) : high;
  return { ...quote, p10: Math.min(p50, Math.max(0, p10 - moved)), p80: eighty, p90: high, correction: shift };
}
