import { daysBetween, type DayFacts } from './calendar.ts';
import type { BusinessDay } from '../ids.ts';

/**
 * How many tickets a day will bring: log-level + swing + weekday + group of the month + after-holiday, each smoothed
 * exponentially. What one day says is shared out by how uncertain each part still is (a scalar Kalman gain for each,
 * Harvey 1989, West and Harrison 1997), so that a new factor learns fast and a known one slowly; in the long run the gains
 * settle at those of exponential smoothing (Muth 1960), about .3 for level and swing together, .05 for a weekday, .1 for the rest.
 *
 *   log N = level + swing + factors + noise        e = log N - prediction, cut at 3 standard deviations
 *   gain_i = v_i / (sum v + r)                     m_i += gain_i e,  v_i *= 1 - gain_i
 *   from day to day: v_level += q, swing *= damping   (the damped trend of longer leads, Gardner and McKenzie 1985)
 *   r = variation² + 1/N                           (day noise and Poisson)
 */

/** A part of the log-volume: what is believed, and how uncertain it is. */
export interface Part {
  readonly mean: number;
  readonly variance: number;
}

/** All that is remembered of the volume. Plain data: it can be written down as JSON. */
export interface VolumeState {
  /** The last day that it learned from; empty before the first. */
  readonly day: BusinessDay;
  readonly parts: Readonly<Record<string, Part>>;
  /** By kind of day, how sure it is that the branch is open on one, 0 to 1. */
  readonly open: Readonly<Record<string, number>>;
  /** Squared coefficient of variation of a day around what was expected of it. */
  readonly noise: number;
}

export interface Volume {
  /** Expected tickets of the whole day. */
  readonly mean: number;
  /** Coefficient of variation: what comes is negative binomial, with variance mean + (variation · mean)². */
  readonly variation: number;
}

const DAMPING = 0.87;
const LEVEL_STEP = 0.0003;
const SWING_STEP = 0.0008;
/** Variance that a factor gains each time it is used: habits change slowly. */
const FACTOR_STEP = 0.0001;
const START = { level: 25, swing: 0, weekday: 0.16, holiday: 0.25, month: 0.04, 'after-holiday': 0.09 } as const;
const OUTLIER = 3;
const NOISE = { start: 0.15 ** 2, rate: 0.02, least: 0.05 ** 2, most: 0.4 ** 2 } as const;
const OPEN_RATE = 0.4;

export const NO_VOLUME: VolumeState = { day: '', parts: {}, open: {}, noise: NOISE.start };

/** The weekday, or that it is a holiday: each has its own volume and its own course of the day. */
export function kindOf({ weekday, holiday }: DayFacts): string {
  return holiday ? 'holiday' : `weekday-${weekday}`;
}

/** Rule X2: what the day's volume is made of. The middle of the month is what the other groups are measured against. */
function partsOf(facts: DayFacts): string[] {
  const month = monthGroup(facts);
  return [
    'level',
    'swing',
    kindOf(facts),
    ...(month === undefined ? [] : [`month-${month}`]),
    ...(facts.afterHoliday ? ['after-holiday'] : []),
  ];
}

function monthGroup({ dayOfMonth, payday, afterPayday }: DayFacts): string | undefined {
  if (payday) return 'payday';
  if (afterPayday) return 'after-payday';
  return dayOfMonth <= 5 ? 'first' : dayOfMonth >= 26 ? 'last' : undefined;
}

function start(name: string): Part {
  const kind = (Object.keys(START) as (keyof typeof START)[]).find((key) => name.startsWith(key)) ?? 'level';
  return { mean: 0, variance: START[kind] };
}

/** The part `days` after the last lesson. */
function ahead(state: VolumeState, name: string, days: number): Part {
  const { mean, variance } = state.parts[name] ?? start(name);
  if (name === 'level') return { mean, variance: variance + days * LEVEL_STEP };
  if (name !== 'swing') return { mean, variance: variance + FACTOR_STEP };
  const left = DAMPING ** days;
  const settled = SWING_STEP / (1 - DAMPING ** 2);
  return { mean: left * mean, variance: left ** 2 * variance + (1 - left ** 2) * settled };
}

/** Rule X3. One day's lesson, in time that does not grow with the history. A day at or before the last one changes nothing. */
export function learnVolume(state: VolumeState, facts: DayFacts, came: number): VolumeState {
  const { day } = facts;
  if (day <= state.day) return state;
  const days = state.day === '' ? 1 : daysBetween(state.day, day);
  const kind = kindOf(facts);
  const before = state.open[kind] ?? 1;
  const open = { ...state.open, [kind]: before + OPEN_RATE * ((came > 0 ? 1 : 0) - before) };
  const restless = { level: ahead(state, 'level', days), swing: ahead(state, 'swing', days) };
  // Nobody came: the branch was closed, which says nothing of how busy it is when it is open.
  if (came === 0) return { ...state, day, open, parts: { ...state.parts, ...restless } };

  const names = partsOf(facts);
  const parts = names.map((name) => ahead(state, name, days));
  const uncertain = parts.reduce((sum, part) => sum + part.variance, 0);
  const total = uncertain + state.noise + 1 / came;
  const limit = OUTLIER * Math.sqrt(total);
  const expected = parts.reduce((sum, part) => sum + part.mean, 0);
  const error = Math.max(-limit, Math.min(limit, Math.log(came) - expected));
  const learned = parts.map(({ mean, variance }) => {
    const gain = variance / total;
    return { mean: mean + gain * error, variance: (1 - gain) * variance };
  });
  const noise = state.noise + NOISE.rate * (error ** 2 - total);
  return {
    day,
    open,
    noise: Math.max(NOISE.least, Math.min(NOISE.most, noise)),
    parts: {
      ...state.parts,
      ...restless,
      ...Object.fromEntries(names.map((name, i) => [name, learned[i] ?? start(name)])),
    },
  };
}

/** Rules X3, X4. What is expected of a day after the last lesson: nothing on kinds of day on which the branch is closed. */
export function expectedVolume(state: VolumeState, facts: DayFacts): Volume {
  const parts = partsOf(facts).map((name) => ahead(state, name, Math.max(1, daysBetween(state.day, facts.day))));
  const log = parts.reduce((sum, { mean }) => sum + mean, 0);
  const variance = parts.reduce((sum, part) => sum + part.variance, state.noise);
  const closed = (state.open[kindOf(facts)] ?? 1) < 0.5;
  // The mean of what is spread around a median on the log scale lies half its variance above it.
  return { mean: closed ? 0 : Math.exp(log + variance / 2), variation: Math.sqrt(variance) };
}

/** Standard normal deviate that 9 of 10 stay below. */
const Z90 = 1.2816;

/** Where 8 of 10 such days end: the 10th and 90th part of the negative binomial law (Wilson and Hilferty 1931). */
export function likelyRange({ mean, variation }: Volume): { readonly low: number; readonly high: number } {
  if (mean === 0) return { low: 0, high: 0 };
  const spread = Math.sqrt(1 / mean + variation ** 2) / 3;
  const at = (z: number) => Math.max(0, Math.round(mean * Math.max(0, 1 - spread ** 2 + z * spread) ** 3));
  return { low: at(-Z90), high: at(Z90) };
}
