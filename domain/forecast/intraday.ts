import type { Forecast } from '../config.ts';
import { MINUTE, type Instant } from '../ids.ts';

/** How much the hall's own morning counts against the forecast. */
export interface LevelOptions {
  /** So many expected tickets stand behind the forecast: the strength of its gamma prior. */
  readonly k0: number;
  /** After so long, what came counts half. */
  readonly halfLifeMinutes: number;
}

export const LEVEL_OPTIONS: LevelOptions = { k0: 25, halfLifeMinutes: 60 };

/**
 * Rule X6. How busy today is against its forecast: G = (k0 + N) / (k0 + L), with N what came and L what was expected to come,
 * both fading with age. The mean of a gamma prior with mean 1 and shape k0 after Poisson counts (Weinberg, Brown and Stroud 2007).
 */
export function levelFrom(came: number, expected: number, k0 = LEVEL_OPTIONS.k0): number {
  return (k0 + came) / (k0 + expected);
}

/** The level at `now`, from the instants at which tickets were taken, in any order; those before the forecast begins do not count. */
export function levelNow(
  forecast: Forecast,
  taken: Iterable<Instant>,
  now: Instant,
  { k0, halfLifeMinutes }: LevelOptions = LEVEL_OPTIONS,
): number {
  const halfLife = halfLifeMinutes * MINUTE;
  let came = 0;
  for (const at of taken) if (at >= forecast.from && at <= now) came += 2 ** ((at - now) / halfLife);
  return levelFrom(came, fadedExpectation(forecast, now, halfLife), k0);
}

/** Rule X7. Whole tickets expected within `ms` from `now`, with what is known of today so far. */
export function expectedSoon(forecast: Forecast, taken: Iterable<Instant>, now: Instant, ms: number): number {
  return Math.round(levelNow(forecast, taken, now) * expectedBetween(forecast, now, now + ms));
}

/** Rule X7: the fullest slot of those that have not begun, with its whole tickets by the forecast; nothing when none is left. */
export function nextPeak(
  forecast: Forecast,
  now: Instant,
): { readonly at: Instant; readonly tickets: number } | undefined {
  const length = forecast.slotMinutes * MINUTE;
  const slots = Math.max(0, ...Object.values(forecast.arrivals).map((arrivals) => arrivals.length));
  let peak: { at: Instant; tickets: number } | undefined;
  for (let slot = Math.max(0, Math.ceil((now - forecast.from) / length)); slot < slots; slot += 1) {
    const at = forecast.from + slot * length;
    const tickets = Math.round(expectedBetween(forecast, at, at + length));
    if (tickets > (peak?.tickets ?? 0)) peak = { at, tickets };
  }
  return peak;
}

/** Expected tickets between two instants, all segments together, as the forecast says; part of a slot counts as part. */
export function expectedBetween(forecast: Forecast, from: Instant, to: Instant): number {
  return overSlots(forecast, from, to, (rate, begin, end) => rate * (end - begin));
}

/** L: the integral of rate · 2^-(age / half-life) from the beginning until `now`. */
function fadedExpectation(forecast: Forecast, now: Instant, halfLife: number): number {
  const memory = halfLife / Math.LN2;
  const weight = (at: Instant) => 2 ** ((at - now) / halfLife);
  return overSlots(forecast, forecast.from, now, (rate, begin, end) => rate * memory * (weight(end) - weight(begin)));
}

/** Sums `part` over what lies between `from` and `to` of each slot; the rate is in tickets per ms. */
function overSlots(
  { from: start, slotMinutes, arrivals }: Forecast,
  from: Instant,
  to: Instant,
  part: (rate: number, begin: Instant, end: Instant) => number,
): number {
  const length = slotMinutes * MINUTE;
  let sum = 0;
  for (const slots of Object.values(arrivals)) {
    const first = Math.max(0, Math.floor((from - start) / length));
    const beyond = Math.min(slots.length, Math.ceil((to - start) / length));
    for (let slot = first; slot < beyond; slot += 1) {
      const begin = Math.max(from, start + slot * length);
      const end = Math.min(to, start + (slot + 1) * length);
      if (end > begin) sum += part((slots[slot] ?? 0) / length, begin, end);
    }
  }
  return sum;
}
