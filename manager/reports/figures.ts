import type { PeriodFigures, PeriodReport } from '../../protocol/period-report.ts';
import { tenths } from '../insight/numbers.ts';

/** The figures of a report: how each is had from what the server counted, how it is written, and what is better. */

export type FigureKind = 'count' | 'minutes' | 'share' | 'rate' | 'mark';

export interface Figure {
  readonly kind: FigureKind;
  /** Undefined where there is nothing to say: written as "–", and is not 0. */
  readonly of: (figures: PeriodFigures) => number | undefined;
  /** Absent where neither is: more customers are not worse. */
  readonly better?: 'more' | 'less';
}

const some = (spread: { readonly count: number }, value: number) => (spread.count === 0 ? undefined : value);

export const FIGURES = {
  arrivals: { kind: 'count', of: ({ arrivals }) => arrivals },
  within: { kind: 'share', better: 'more', of: ({ withinTarget, wait }) => some(wait, withinTarget) },
  mean: { kind: 'minutes', better: 'less', of: ({ wait }) => some(wait, wait.mean) },
  p50: { kind: 'minutes', better: 'less', of: ({ wait }) => some(wait, wait.p50) },
  p90: { kind: 'minutes', better: 'less', of: ({ wait }) => some(wait, wait.p90) },
  longest: { kind: 'minutes', better: 'less', of: ({ wait }) => some(wait, wait.max) },
  service: { kind: 'minutes', of: ({ service }) => some(service, service.mean) },
  abandoned: { kind: 'share', better: 'less', of: ({ abandoned, arrivals }) => part(abandoned, arrivals) },
  noShows: { kind: 'share', better: 'less', of: ({ noShows, wait }) => part(noShows, wait.count) },
  transfers: { kind: 'rate', better: 'less', of: ({ transfers, arrivals }) => part(transfers * 100, arrivals) },
  diverted: { kind: 'share', better: 'more', of: ({ diversion: { accepted, offered } }) => part(accepted, offered) },
  estimate: {
    kind: 'share',
    better: 'more',
    of: ({ estimate: { inRange, told } }) => (told === 0 ? undefined : inRange),
  },
  idle: { kind: 'share', of: ({ staffing }) => staffing && part(staffing.idle, staffing.open) },
  rating: { kind: 'mark', better: 'more', of: ({ rating }) => some(rating, rating.mean) },
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[];

/** In every language the same digits: `12,345`, `6.3`, `87.4%`. */
export function figureWords(kind: FigureKind, value: number | undefined): string {
  if (value === undefined) return '–';
  if (kind === 'count') return grouped(value);
  return kind === 'share' ? `${tenths(value * 100)}%` : tenths(value);
}

export function figureOf(name: FigureName, figures: PeriodFigures): string {
  const { kind, of }: Figure = FIGURES[name];
  return figureWords(kind, of(figures));
}

export interface Change {
  readonly way: 'up' | 'down' | 'same';
  /** Without its sign, as it is written; of a share in points, of a count in percent. */
  readonly by: string;
  readonly unit: 'minutes' | 'points' | 'percent' | 'plain';
  readonly verdict: 'better' | 'worse' | undefined;
}

const UNITS = { count: 'percent', minutes: 'minutes', share: 'points', rate: 'plain', mark: 'plain' } as const;

/** A period is as long as another when its branches were open on about as many days. */
const AS_LONG = 0.1;

/** Undefined where there is nothing to compare with. What is not seen in the digits is no change. */
export function changeOf(
  name: FigureName,
  {
    totals: now,
    before,
    branches,
    daysBefore = 0,
  }: Pick<PeriodReport, 'totals' | 'before' | 'branches' | 'daysBefore'>,
): Change | undefined {
  const { kind, of, better }: Figure = FIGURES[name];
  const [is, was] = [of(now), before && of(before)];
  if (is === undefined || was === undefined) return undefined;
  const days = branches.reduce((sum, branch) => sum + branch.days, 0);
  if (kind === 'count' && (was === 0 || Math.abs(days - daysBefore) > AS_LONG * days)) return undefined;
  const difference = kind === 'count' ? (100 * (is - was)) / was : kind === 'share' ? 100 * (is - was) : is - was;
  const by = tenths(Math.abs(difference));
  const unit = UNITS[kind];
  if (by === '0.0') return { way: 'same', by, unit, verdict: undefined };
  const way = difference > 0 ? 'up' : 'down';
  const verdict = better && ((better === 'more') === (way === 'up') ? 'better' : 'worse');
  return { way, by, unit, verdict };
}

export function grouped(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** Undefined of nothing. */
export function part(some: number, all: number): number | undefined {
  return all === 0 ? undefined : some / all;
}
