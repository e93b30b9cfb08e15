import type { Histogram, PeriodReport, ReportRow } from '../../protocol/period-report.ts';
import { inOrder, isOverTime, usualOrder } from './table-rows.ts';

/** What the charts draw. */

/** More bars than this cannot be told apart. */
const MOST_ROWS = 40;

export interface Shown {
  readonly rows: readonly ReportRow[];
  /** Those with the fewest customers are left to the table. */
  readonly leftOut: number;
}

/** Over time all of them; else those with the most customers. */
export function rowsShown(report: PeriodReport, nameOf: (key: string) => string): Shown {
  const { by } = report.query;
  const rows = inOrder(report, usualOrder(by), nameOf);
  const shown = isOverTime(by) ? rows : rows.slice(0, MOST_ROWS);
  return { rows: shown, leftOut: rows.length - shown.length };
}

export interface Minutes {
  /** `0`, `1` … and `60+`. */
  readonly labels: readonly string[];
  readonly counts: readonly number[];
}

/** Each minute until the last one, also those in which none ended. */
export function minutesOf(histogram: Histogram): Minutes {
  const last = histogram.at(-1)?.minute ?? -1;
  const counts = Array.from({ length: last + 1 }, () => 0);
  for (const { minute, count } of histogram) counts[minute] = count;
  return { labels: counts.map((_, minute) => (minute === last ? `${minute}+` : String(minute))), counts };
}
