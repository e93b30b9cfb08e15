/** Estimates from days that are alike and independent of each other, with what is needed to compare two policies on the same days. */

export interface Estimate {
  readonly value: number;
  /** Standard error over the days; 0 when there was one day only. */
  readonly se: number;
  /** Half of the 95 % confidence interval. */
  readonly halfWidth: number;
  /** How far each day pulls the estimate from its value, times the number of days: differences are paired with it. */
  readonly pulls: readonly number[];
}

/** One day's share of a ratio: the sum, and what it is divided by. */
export type Part = readonly [sum: number, weight: number];

export function estimate(value: number, pulls: readonly number[]): Estimate {
  const days = pulls.length;
  const mean = pulls.reduce((sum, pull) => sum + pull, 0) / days;
  const variance = days < 2 ? 0 : pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / (days - 1);
  const se = Math.sqrt(variance / days);
  return { value, se, halfWidth: se * studentT(days - 1), pulls };
}

/** Sum over sum, its error by linearisation: long days count for more. Nothing when nothing was counted. */
export function ratio(parts: readonly Part[]): Estimate | undefined {
  const sums = parts.reduce((sum, [x]) => sum + x, 0);
  const weights = parts.reduce((sum, [, n]) => sum + n, 0);
  if (weights === 0) return undefined;
  const value = sums / weights;
  const perDay = weights / parts.length;
  return estimate(
    value,
    parts.map(([x, n]) => (x - value * n) / perDay),
  );
}

/** Standard deviation from the means of the values and of their squares. */
export function deviation(mean: Estimate, square: Estimate): Estimate {
  const value = Math.sqrt(Math.max(0, square.value - mean.value ** 2));
  if (value === 0)
    return estimate(
      0,
      mean.pulls.map(() => 0),
    );
  return estimate(
    value,
    mean.pulls.map((pull, day) => ((square.pulls[day] ?? 0) - 2 * mean.value * pull) / (2 * value)),
  );
}

/** A quantile of all days together; its error from how many of each day lie below it. @param days sorted values of each day */
export function quantile(days: readonly Float64Array[], share: number): Estimate | undefined {
  const all = pooled(days);
  if (all.length === 0) return undefined;
  const value = at(all, share);
  const reach = Math.min(0.02, share / 2, (1 - share) / 2);
  const spread = at(all, share + reach) - at(all, share - reach);
  const perDay = all.length / days.length;
  return estimate(
    value,
    days.map((day) => ((share * day.length - countUpTo(day, value)) / perDay) * (spread / (2 * reach))),
  );
}

export function difference(one: Estimate, other: Estimate): Estimate {
  return estimate(
    other.value - one.value,
    other.pulls.map((pull, day) => pull - (one.pulls[day] ?? 0)),
  );
}

const POOLS = new WeakMap<readonly Float64Array[], Float64Array>();

function pooled(days: readonly Float64Array[]): Float64Array {
  let all = POOLS.get(days);
  if (all === undefined) {
    all = new Float64Array(days.reduce((sum, day) => sum + day.length, 0));
    let place = 0;
    for (const day of days) {
      all.set(day, place);
      place += day.length;
    }
    POOLS.set(days, all.sort());
  }
  return all;
}

function at(sorted: Float64Array, share: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, share * sorted.length - 0.5));
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The 97.5 % point of Student's law (Cornish and Fisher's expansion, good from 3 degrees of freedom on). */
function studentT(freedom: number): number {
  const z = 1.959964;
  if (freedom < 1) return 0;
  if (freedom === 1) return 12.706;
  if (freedom === 2) return 4.303;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
