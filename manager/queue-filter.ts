import type { SegmentId } from '../domain/ids.ts';
import type { QueueRow } from '../domain/views/views.ts';
import { waitedMs } from './waiting-line.ts';

export const MARKS = ['care', 'appointment', 'tier', 'prioritised', 'assigned', 'late'] as const;
export type Mark = (typeof MARKS)[number];

export function marksOf(row: QueueRow, now: number): Mark[] {
  const has: Record<Mark, boolean> = {
    care: row.careNeeds.length > 0,
    appointment: row.appointmentAt !== undefined,
    tier: row.tier !== undefined,
    prioritised: row.prioritised !== undefined,
    assigned: row.onlyCounter !== undefined || row.adviser !== undefined,
    late: waitedMs(row, now) > row.targetMs,
  };
  return MARKS.filter((mark) => has[mark]);
}

export type SortKey = 'waited' | 'number' | 'share';

export interface QueueFilter {
  /** Empty: all. */
  readonly segments: readonly SegmentId[];
  /** A ticket must have all of them. */
  readonly marks: readonly Mark[];
  /** Part of the number, any case. */
  readonly search: string;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export function filteredQueue(rows: readonly QueueRow[], filter: QueueFilter, now: number): QueueRow[] {
  const search = filter.search.trim().toLowerCase();
  const kept = rows.filter(
    (row) =>
      (filter.segments.length === 0 || filter.segments.includes(row.segment)) &&
      filter.marks.every((mark) => marksOf(row, now).includes(mark)) &&
      row.number.toLowerCase().includes(search),
  );
  const compare: Record<SortKey, (a: QueueRow, b: QueueRow) => number> = {
    waited: (a, b) => waitedMs(a, now) - waitedMs(b, now),
    share: (a, b) => waitedMs(a, now) / a.targetMs - waitedMs(b, now) / b.targetMs,
    number: (a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }),
  };
  const direction = filter.descending ? -1 : 1;
  return kept.sort((a, b) => direction * compare[filter.sort](a, b));
}
