import type { CounterId, Instant, SegmentId, ServiceId, StaffId, TicketId } from '../ids.ts';

/** What reports need of one day of a branch: made once from its log (rule B1), kept, and summed up over days and branches. */

/** Of what is written below. Days that were kept in an older one are made again from their log. */
export const FACTS_FORM = 1;

/** What became of a ticket; `waiting` only on a day that is not over. */
export const OUTCOMES = ['served', 'no-show', 'abandoned', 'waiting'] as const;
export type TicketOutcome = (typeof OUTCOMES)[number];

/** Bits of `marks`. */
export const MARKS = {
  /** A wait was quoted, and it was called without having let others go first. */
  told: 1,
  /** The wait lay between p10 and p90 of the quote, */
  inRange: 2,
  /** or was more than two minutes past its p80. */
  late: 4,
  /** Called within its target. */
  withinTarget: 8,
  /** Had a care need, then or later. */
  care: 16,
} as const;

/** A counter, and who sat there: nobody at a machine. */
export type Place = readonly [counter: CounterId, teller: StaffId | null];

/**
 * Columns: the lists in one group have one length, and what stands at one index belongs together. Segments, services, places
 * and tickets are indexes into the lists of that name; -1: none. Times are ms, slots local half hours (0 for 00:00 to 47).
 */
export interface FactsOfDay {
  readonly form: number;
  /** Until when this is the truth: the last event of a day that is over. */
  readonly until: Instant;
  readonly over: boolean;
  readonly segments: readonly SegmentId[];
  /** Of each segment: the wait that it aims at, and that of a care need. */
  readonly targets: readonly number[];
  readonly careTargets: readonly number[];
  readonly services: readonly ServiceId[];
  readonly places: readonly Place[];
  /** Tickets that were a mistake: in nothing below. */
  readonly excluded: number;
  readonly tickets: {
    /** Where it waited for its first call. */
    readonly segment: readonly number[];
    /** The first one that it came for. */
    readonly service: readonly number[];
    /** Where it was first called, or served without a call. */
    readonly place: readonly number[];
    /** When it was taken. */
    readonly slot: readonly number[];
    readonly outcome: readonly number[];
    /** From its issue to the first call; -1: never called. */
    readonly wait: readonly number[];
    readonly marks: readonly number[];
    /** What came minus the p50 that was told, of those who were told; else 0. */
    readonly overQuote: readonly number[];
  };
  /** Each time that somebody was served at a counter, once it had ended. */
  readonly serves: {
    readonly ticket: readonly number[];
    /** The one that was current when it began. */
    readonly service: readonly number[];
    readonly place: readonly number[];
    readonly slot: readonly number[];
    readonly ms: readonly number[];
  };
  /** Place: from where; -1 when it was waiting. */
  readonly transfers: { readonly ticket: readonly number[]; readonly place: readonly number[] };
  /** Who was offered a machine and took a ticket, without care needs (rule L3). Saved: as it was shown, 0 unless it helped. */
  readonly offers: {
    readonly ticket: readonly number[];
    readonly accepted: readonly number[];
    readonly failed: readonly number[];
    readonly savedMinutes: readonly number[];
  };
  /** Who was offered a machine and left without a ticket. */
  readonly left: { readonly service: readonly number[]; readonly slot: readonly number[] };
  readonly ratings: {
    readonly ticket: readonly number[];
    readonly place: readonly number[];
    readonly score: readonly number[];
  };
  /** Counters with a person, by half hour: these four together are the time that it was open. */
  readonly staffing: {
    readonly place: readonly number[];
    readonly slot: readonly number[];
    readonly serving: readonly number[];
    readonly calling: readonly number[];
    readonly idle: readonly number[];
    readonly paused: readonly number[];
  };
  readonly effects: DayEffects;
}

/** What came of the proposals for floating windows. */
export interface DayEffects {
  readonly proposed: number;
  readonly approved: number;
  /** Of those approved: by the system (rule F7). */
  readonly byItself: number;
  readonly measured: number;
  /** Of those measured: the longest wait came out as promised (rule F12). */
  readonly held: number;
}

/** What a list of single tickets shows beside their facts: columns in the order of `tickets`. */
export interface TicketsOfDay {
  readonly ids: readonly TicketId[];
  readonly numbers: readonly string[];
  readonly issuedAt: readonly Instant[];
  readonly services: readonly (readonly ServiceId[])[];
  /** All service together, ms. */
  readonly served: readonly number[];
}

export interface DayRecord {
  readonly facts: FactsOfDay;
  readonly tickets: TicketsOfDay;
}
