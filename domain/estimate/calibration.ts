import type { Quote } from '../events.ts';
import { MINUTE, type SegmentId } from '../ids.ts';
import type { Visit } from '../visit.ts';

/** A wait that is longer than was said by more than this disappoints, minutes. */
const DISAPPOINTING = 2;

/** How often the truth fell inside what was quoted. Shares are 0 to 1, times are minutes. */
export interface Calibration {
  /** Visits that were quoted a wait and were called. */
  readonly visits: number;
  readonly meanWait: number;
  readonly meanQuoted: number;
  /** Between p10 and p90: shall be 0.8. */
  readonly inRange: number;
  /** At most p80: shall be 0.8. */
  readonly withinP80: number;
  /** More than two minutes past p80. */
  readonly wellPastP80: number;
  /** Root mean square of what was quoted (the mean, else p50) minus what came. */
  readonly rmse: number;
  readonly meanWidth: number;
}

export interface EstimateReport {
  readonly all: Calibration;
  readonly segments: Readonly<Record<SegmentId, Calibration>>;
}

interface Case {
  readonly quote: Quote;
  readonly waited: number;
}

/** Rule E8. A visit that was never called says nothing of its quote. Nor does one that was told "at once": it had no range. */
export function estimateReport(visits: readonly Visit[]): EstimateReport {
  const all: Case[] = [];
  const bySegment = new Map<SegmentId, Case[]>();
  for (const { quote, issuedAt, periods, segment } of visits) {
    const called = periods.find(({ kind }) => kind === 'call' || kind === 'away');
    // Who let others go first was not quoted that.
    if (called?.kind === 'away') continue;
    if (quote === undefined || quote.p90 === 0 || called === undefined) continue;
    const known = { quote, waited: (called.from - issuedAt) / MINUTE };
    all.push(known);
    const own = bySegment.get(segment);
    if (own === undefined) bySegment.set(segment, [known]);
    else own.push(known);
  }
  const segments = [...bySegment].map(([segment, cases]) => [segment, calibrationOf(cases)] as const);
  return { all: calibrationOf(all), segments: Object.fromEntries(segments) };
}

function calibrationOf(cases: readonly Case[]): Calibration {
  const average = (of: (each: Case) => number) =>
    cases.length === 0 ? 0 : cases.reduce((sum, each) => sum + of(each), 0) / cases.length;
  const share = (holds: (each: Case) => boolean) => average((each) => (holds(each) ? 1 : 0));
  const best = ({ mean, p50 }: Quote) => mean ?? p50;
  return {
    visits: cases.length,
    meanWait: average(({ waited }) => waited),
    meanQuoted: average(({ quote }) => best(quote)),
    inRange: share(({ quote, waited }) => waited >= quote.p10 && waited <= quote.p90),
    withinP80: share(({ quote, waited }) => waited <= quote.p80),
    wellPastP80: share(({ quote, waited }) => waited > quote.p80 + DISAPPOINTING),
    rmse: Math.sqrt(average(({ quote, waited }) => (best(quote) - waited) ** 2)),
    meanWidth: average(({ quote }) => quote.p90 - quote.p10),
  };
}
