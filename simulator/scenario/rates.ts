import { z } from 'zod';
import type { Chance } from '../chance.ts';

/** How many customers come per minute, over the minutes of the day. */

const perMinute = z.number().min(0);
const minute = z.number();

export const rateSchema = z.union(
  [
    perMinute,
    /** From this minute on so many, up to the next line. */
    z.strictObject({ steps: z.array(z.tuple([minute, perMinute])).min(1) }),
    /** Straight lines between these points. */
    z.strictObject({ points: z.array(z.tuple([minute, perMinute])).min(2) }),
    /** A quiet level and bell-shaped peaks: `width` is the standard deviation of the bell, in minutes. */
    z.strictObject({
      base: perMinute,
      peaks: z.array(z.strictObject({ at: minute, height: perMinute, width: z.number().positive() })),
    }),
    /** mean · (1 + amplitude · sin(2 pi t / period)). */
    z.strictObject({ mean: perMinute, amplitude: z.number().min(0).max(1), period: z.number().positive() }),
  ],
  'write customers per minute, or { steps: [[0, 0.5], [120, 1.2]] }, { points: … }, { base, peaks }, { mean, amplitude, period }',
);
export type Rate = z.infer<typeof rateSchema>;

/** What makes one day unlike another. */
export interface DayLuck {
  /** Factor on every rate. */
  readonly level: number;
  /** For each peak, in order: how much later it comes, minutes, and the factor on its height. */
  readonly peaks: readonly { readonly later: number; readonly height: number }[];
}

export const USUAL_DAY: DayLuck = { level: 1, peaks: [] };

export interface RateCurve {
  /** Customers per minute at a minute of the day. */
  at(minute: number): number;
  /** At least as much as `at` ever gives. */
  readonly highest: number;
}

export function curveOf(rate: Rate, luck: DayLuck = USUAL_DAY): RateCurve {
  const { level } = luck;
  if (typeof rate === 'number') return { at: () => rate * level, highest: rate * level };
  if ('steps' in rate) {
    const { steps } = rate;
    const at = (minute: number) => (steps.findLast(([from]) => from <= minute)?.[1] ?? 0) * level;
    return { at, highest: Math.max(...steps.map(([, value]) => value)) * level };
  }
  if ('points' in rate) {
    const { points } = rate;
    return { at: (minute) => between(points, minute) * level, highest: Math.max(...points.map(([, y]) => y)) * level };
  }
  if ('base' in rate) {
    const peaks = rate.peaks.map(({ at, height, width }, index) => {
      const { later = 0, height: factor = 1 } = luck.peaks[index] ?? {};
      return { at: at + later, height: height * factor, width };
    });
    const at = (minute: number) =>
      level *
      peaks.reduce(
        (sum, peak) => sum + peak.height * Math.exp(-(((minute - peak.at) / peak.width) ** 2) / 2),
        rate.base,
      );
    return { at, highest: level * peaks.reduce((sum, { height }) => sum + height, rate.base) };
  }
  const { mean, amplitude, period } = rate;
  const at = (minute: number) => mean * level * (1 + amplitude * Math.sin((2 * Math.PI * minute) / period));
  return { at, highest: mean * level * (1 + amplitude) };
}

function between(points: readonly (readonly [number, number])[], minute: number): number {
  const next = points.findIndex(([x]) => x > minute);
  const to = points[next];
  const from = points[next - 1];
  if (to === undefined) return points.at(-1)?.[1] ?? 0;
  if (from === undefined) return to[1];
  return from[1] + ((to[1] - from[1]) * (minute - from[0])) / (to[0] - from[0]);
}

/** Arrival times of a Poisson stream, minutes: draws at the highest rate, and keeps each with its share of it. */
export function arrivalTimes(curve: RateCurve, until: number, chance: Chance): number[] {
  const times: number[] = [];
  if (curve.highest <= 0) return times;
  for (let now = chance.exponential(1 / curve.highest); now < until; now += chance.exponential(1 / curve.highest)) {
    const rate = curve.at(now);
    if (rate >= curve.highest || chance.uniform() * curve.highest < rate) times.push(now);
  }
  return times;
}

/** Expected customers in each slot of the day. */
export function expectedBySlot(curve: RateCurve, until: number, slotMinutes: number): number[] {
  const PIECES = 30;
  return Array.from({ length: Math.ceil(until / slotMinutes) }, (_, slot) => {
    let sum = 0;
    for (let piece = 0; piece < PIECES; piece += 1) {
      const minute = (slot + (piece + 0.5) / PIECES) * slotMinutes;
      if (minute < until) sum += curve.at(minute);
    }
    return (sum / PIECES) * slotMinutes;
  });
}
