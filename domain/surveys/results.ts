import { SCALE, type SurveyCell } from './survey.ts';

/** Of scores from 1 to 5. */
export interface ScoreFigures {
  readonly count: number;
  readonly mean: number;
  /** Share of 4 and 5, 0 to 1. */
  readonly satisfied: number;
  /** Where the mean of all customers lies with 95 % confidence; absent for a single answer. */
  readonly interval?: readonly [low: number, high: number] | undefined;
}

/** Fewer than so many are not shown apart: they could be told who they are. */
export const SMALLEST_GROUP = 5;

/** How often each answer was given, over several cells. */
export function together(cells: readonly SurveyCell[]): readonly number[] {
  const length = Math.max(0, ...cells.map(({ counts }) => counts.length));
  return Array.from({ length }, (_, at) => cells.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0));
}

/** @param counts how often 1, 2, … 5 @returns undefined when nobody answered */
export function figuresOf(counts: readonly number[]): ScoreFigures | undefined {
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (count === 0) return undefined;
  const mean = counts.reduce((sum, each, at) => sum + each * (at + 1), 0) / count;
  const satisfied = ((counts[3] ?? 0) + (counts[4] ?? 0)) / count;
  const error = standardError(counts, count, mean);
  if (error === undefined) return { count, mean, satisfied };
  const reach = studentT(count - 1) * error;
  return { count, mean, satisfied, interval: [Math.max(1, mean - reach), Math.min(SCALE, mean + reach)] };
}

/** Cells of which too few answered are left out. */
export function bigEnough<T extends Pick<SurveyCell, 'counts'>>(cells: readonly T[]): readonly T[] {
  return cells.filter(({ counts }) => counts.reduce((sum, each) => sum + each, 0) >= SMALLEST_GROUP);
}

/**
 * Which of the groups of one whole are not shown apart: the small ones, and where those together could be worked out as what is
 * missing from the whole, the next smallest with them.
 * @param sizes how many answered in each @returns their places
 */
export function hiddenGroups(sizes: readonly number[]): ReadonlySet<number> {
  const bySize = sizes.map((size, at) => ({ size, at })).sort((a, b) => a.size - b.size);
  const hidden = bySize.filter(({ size }) => size > 0 && size < SMALLEST_GROUP);
  const together = hidden.reduce((sum, { size }) => sum + size, 0);
  const next = bySize.find(({ size }) => size >= SMALLEST_GROUP);
  if (together > 0 && together < SMALLEST_GROUP && next !== undefined) hidden.push(next);
  return new Set(hidden.map(({ at }) => at));
}

export interface Trend {
  /** Of the mean, later minus earlier. */
  readonly change: number;
  /** `steady` when it may as well be chance, at 95 %. */
  readonly direction: 'up' | 'down' | 'steady';
}

/** @returns undefined where one of the two has fewer than two answers */
export function trendOf(earlier: readonly number[], later: readonly number[]): Trend | undefined {
  const [before, after] = [figuresOf(earlier), figuresOf(later)];
  if (before === undefined || after === undefined) return undefined;
  const [e1, e2] = [standardError(earlier, before.count, before.mean), standardError(later, after.count, after.mean)];
  if (e1 === undefined || e2 === undefined) return undefined;
  const change = after.mean - before.mean;
  const chance = Math.abs(change) <= studentT(before.count + after.count - 2) * Math.hypot(e1, e2);
  return { change, direction: chance ? 'steady' : change > 0 ? 'up' : 'down' };
}

/** Of the mean; undefined for a single answer, which says nothing of the others. */
function standardError(counts: readonly number[], count: number, mean: number): number | undefined {
  if (count < 2) return undefined;
  const squares = counts.reduce((sum, each, at) => sum + each * (at + 1 - mean) ** 2, 0);
  return Math.sqrt(squares / (count - 1) / count);
}

const Z = 1.959964;

/** The two-sided 95 % point: exact for 1 and 2 degrees of freedom, else Cornish and Fisher's series, within 1 %. */
function studentT(freedom: number): number {
  if (freedom === 1) return 12.706;
  if (freedom === 2) return 4.3027;
  const first = (Z ** 3 + Z) / 4;
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const third = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  return Z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
