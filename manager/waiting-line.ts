import type { SegmentId, TicketId } from '../domain/ids.ts';
import type { QueueRow } from '../domain/views/views.ts';

/** The expected order of one segment's line, as far as a screen can know it: the engine decides at each call. */

export type Age = 'in-time' | 'late' | 'past-ceiling';

export function waitedMs(row: QueueRow, now: number): number {
  return Math.max(0, now - row.waitingSince);
}

export function ageOf(row: QueueRow, now: number): Age {
  const waited = waitedMs(row, now);
  if (waited >= row.ceilingMs) return 'past-ceiling';
  return waited > row.targetMs ? 'late' : 'in-time';
}

/** Used share of the wait target, 0 to 1: what the ring on a chip shows. */
export function ringShare(row: QueueRow, now: number): number {
  return Math.min(1, waitedMs(row, now) / row.targetMs);
}

/**
 * Past their ceiling first, then the prioritised, oldest first, then the rest by the used share of the target
 * (rules R2, R3): a stand-in for the policy's index, which needs the teller's speed.
 */
export function expectedLine(rows: readonly QueueRow[], segment: SegmentId, now: number): QueueRow[] {
  const group = (row: QueueRow) => (ageOf(row, now) === 'past-ceiling' ? 2 : row.prioritised ? 1 : 0);
  const share = (row: QueueRow) => waitedMs(row, now) / row.targetMs;
  return rows
    .filter((row) => row.segment === segment)
    .sort(
      (a, b) =>
        group(b) - group(a) ||
        (group(a) === 1 ? a.waitingSince - b.waitingSince : share(b) - share(a)) ||
        a.waitingSince - b.waitingSince,
    );
}

/** Where a ticket stands in a line, 1 for the next one; `of` counts it in. */
export interface Place {
  readonly segment: SegmentId;
  readonly place: number;
  readonly of: number;
}

export function placeOf(rows: readonly QueueRow[], ticketId: TicketId, now: number): Place | undefined {
  const row = rows.find((candidate) => candidate.ticketId === ticketId);
  if (!row) return undefined;
  const line = expectedLine(rows, row.segment, now);
  return { segment: row.segment, place: line.indexOf(row) + 1, of: line.length };
}

export interface PlaceChange {
  readonly from: Place;
  /** Absent when the ticket leaves the queue. */
  readonly to?: Place;
  /** How many then have one more before them. */
  readonly passed: number;
  /** How many then have one less before them. */
  readonly freed: number;
}

/** What happens to the lines when a waiting ticket changes like this; `undefined` as change: it leaves the queue. */
export function placeChange(
  rows: readonly QueueRow[],
  ticketId: TicketId,
  change: Partial<Pick<QueueRow, 'segment' | 'prioritised' | 'targetMs' | 'ceilingMs'>> | undefined,
  now: number,
): PlaceChange | undefined {
  const from = placeOf(rows, ticketId, now);
  if (!from) return undefined;
  const behind = from.of - from.place;
  if (!change) return { from, passed: 0, freed: behind };
  const after = rows.map((row) => (row.ticketId === ticketId ? { ...row, ...change } : row));
  const to = placeOf(after, ticketId, now);
  if (!to) return undefined;
  if (to.segment !== from.segment) return { from, to, passed: to.of - to.place, freed: behind };
  return { from, to, passed: Math.max(0, from.place - to.place), freed: Math.max(0, to.place - from.place) };
}
