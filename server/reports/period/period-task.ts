import type { MessagePort } from 'node:worker_threads';
import type { PeriodQuery, ReportTickets, TicketsQuery } from '../../../protocol/period-report.ts';
import type { FactsText } from '../../report-ports.ts';
import type { SummedPeriod } from './period-sum.ts';

/** What the thread begins with; the rest is said on a line of its own. */
export type PeriodTask = { readonly line: MessagePort } & (
  { readonly kind: 'report'; readonly query: PeriodQuery } | { readonly kind: 'tickets'; readonly query: TicketsQuery }
);

export type BranchDayName = Omit<FactsText, 'facts'>;
/** JSON of `TicketsOfDay`. */
export type ListsText = BranchDayName & { readonly tickets: string };

export type ToPeriodThread =
  /** Some days of the period, or of the one before it. */
  | { readonly kind: 'days'; readonly part: 'period' | 'before'; readonly days: readonly FactsText[] }
  | { readonly kind: 'lists'; readonly lists: readonly ListsText[] }
  /** That was all: `report` or `wanted` is the answer. */
  | { readonly kind: 'sum' }
  /** `tickets` is the answer. */
  | { readonly kind: 'show' };

export interface SummedReport {
  readonly period: SummedPeriod;
  /** Absent when there was no day. */
  readonly before?: SummedPeriod;
}

export type FromPeriodThread =
  | { readonly kind: 'report'; readonly result: SummedReport }
  /** The days whose lists it needs to show tickets. */
  | { readonly kind: 'wanted'; readonly days: readonly BranchDayName[] }
  | { readonly kind: 'tickets'; readonly result: ReportTickets }
  | { readonly kind: 'failed'; readonly why: string };
