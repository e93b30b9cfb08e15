import type { Instant } from '../../../domain/ids.ts';
import type { HalfHour, PolicyOutcome, WhatIfResult } from '../../../protocol/what-if.ts';

/** The outcomes of several policies, put beside each other. */

export const FIGURES = ['mean', 'p50', 'p90', 'within', 'late', 'left', 'unserved', 'hours', 'openings'] as const;
export type Figure = (typeof FIGURES)[number];

export function figureOf({ wait, left, unserved, floatingHours, openings }: PolicyOutcome, figure: Figure): number {
  switch (figure) {
    case 'within':
      return wait.withinTarget;
    case 'hours':
      return floatingHours * 60;
    case 'left':
      return left;
    case 'unserved':
      return unserved;
    case 'openings':
      return openings;
    default:
      return wait[figure];
  }
}

/** Differences that nobody would feel are none: a twentieth of a minute, half of a customer, half of a percent. */
const SAME: Readonly<Record<Figure, number>> = {
  ...{ mean: 0.05, p50: 0.05, p90: 0.05, within: 0.005 },
  ...{ late: 0.5, left: 0.5, unserved: 0.5, hours: 0.5, openings: 0.5 },
};

/** Which columns are best in a figure; nothing when all are alike. */
export function bestOf(outcomes: readonly PolicyOutcome[], figure: Figure): ReadonlySet<number> {
  const values = outcomes.map((outcome) => figureOf(outcome, figure));
  const best = figure === 'within' ? Math.max(...values) : Math.min(...values);
  const near = values.flatMap((value, place) => (Math.abs(value - best) < SAME[figure] ? [place] : []));
  return new Set(near.length === values.length ? [] : near);
}

/** How another policy compares with the day as it was: the one sentence that people read. */
export interface Headline {
  readonly wait: 'better' | 'worse' | 'same';
  readonly hours: 'less' | 'more' | 'equal';
  /** Minutes, always positive. */
  readonly minutes: number;
}

export function headlineOf(inForce: PolicyOutcome, other: PolicyOutcome): Headline {
  const longer = other.wait.mean - inForce.wait.mean;
  const minutes = Math.round((other.floatingHours - inForce.floatingHours) * 60);
  return {
    wait: Math.abs(longer) < SAME.mean ? 'same' : longer < 0 ? 'better' : 'worse',
    hours: minutes === 0 ? 'equal' : minutes < 0 ? 'less' : 'more',
    minutes: Math.abs(minutes),
  };
}

const HALF_HOUR_MS = 30 * 60_000;

/** The beginnings of the half hours from the first to the last in which somebody came or waited, under any of the policies. */
export function halfHoursShown({ policies }: WhatIfResult): readonly Instant[] {
  const busy = policies.flatMap(({ halfHours }) =>
    halfHours.flatMap(({ tickets, waiting, from }) => (tickets > 0 || waiting > 0.05 ? [from] : [])),
  );
  if (busy.length === 0) return [];
  const [first, last] = [Math.min(...busy), Math.max(...busy)];
  return Array.from({ length: (last - first) / HALF_HOUR_MS + 1 }, (_, place) => first + place * HALF_HOUR_MS);
}

export function onHalfHours(
  { halfHours }: PolicyOutcome,
  shown: readonly Instant[],
  of: (half: HalfHour) => number | undefined,
): (number | null)[] {
  const known = new Map(halfHours.map((half) => [half.from, half]));
  return shown.map((from) => {
    const half = known.get(from);
    return (half && of(half)) ?? null;
  });
}
