import { z } from 'zod';
import type { Segment, Text } from '../domain/config.ts';
import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';
import { REPORT_BY } from './report-scale.ts';

/**
 * Figures over days and branches: what is asked for, and what is answered. Shares are 0 to 1, waits and services are minutes.
 * Everything is counted from the records of single tickets: a percentile of a month is that of its tickets, never a mean of days.
 */

const id = z.string().min(1).max(64);

/** As it stands in an address: `?from=2026-11-01&to=2026-11-30&branch=central&branch=harbour&by=service&segment=cash`. */
export const periodQuerySchema = z
  .object({
    from: z.iso.date(),
    /** Included. */
    to: z.iso.date(),
    /** None: all that the asker may see. */
    branches: z.array(id).max(500).default([]),
    segment: id.optional(),
    service: id.optional(),
    counter: id.optional(),
    teller: id.optional(),
    by: z.enum(REPORT_BY).default('day'),
  })
  .refine(({ from, to }) => from <= to, { message: 'The period begins after it ends.', path: ['from'] });
export type PeriodQuery = z.infer<typeof periodQuerySchema>;

/** Of those that are counted. `count` 0: the others are 0 too and are shown as "–". */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}

export interface PeriodFigures {
  /** Tickets issued; those voided as a mistake are not among them. */
  readonly arrivals: number;
  readonly served: number;
  /** Called, did not come, and were not seen again (rule B4). */
  readonly noShows: number;
  /** Left, or the day ended, before they were served: those who gave up. */
  readonly abandoned: number;
  /** From one counter to another, or to another queue. */
  readonly transfers: number;
  /** From the ticket to the first call, of those who were called. */
  readonly wait: Spread;
  /** Share of those who were called: within the target of their segment, or the shorter one of their care need. */
  readonly withinTarget: number;
  /** One for each time somebody was served at a counter; so a visit to two counters counts twice. */
  readonly service: Spread;
  /** Who was offered a machine and what came of it. Nobody with a care need, declared then or later, is counted. */
  readonly diversion: {
    readonly offered: number;
    readonly accepted: number;
    readonly declined: number;
    /** Of those who accepted: the machine could not help. */
    readonly failed: number;
    readonly savedMinutes: number;
  };
  /** What was told when the ticket was taken, beside what came, of those who were told and called. */
  readonly estimate: {
    readonly told: number;
    /** Share of those told: the truth lay between p10 and p90. */
    readonly inRange: number;
    /** Share of those told: more than two minutes past p80. */
    readonly late: number;
    /** Mean of what came minus p50: above 0, the wait was longer than told. */
    readonly bias: number;
  };
  /** Counters with a person, minutes. Absent where it cannot be told apart: by or with a segment or a service. */
  readonly staffing?: {
    /** The other four together (rule B5). */
    readonly open: number;
    readonly serving: number;
    /** Called and not yet there. */
    readonly calling: number;
    readonly idle: number;
    readonly paused: number;
  };
  readonly rating: { readonly count: number; readonly mean: number };
  /**
   * Of tellers: their mean service time against what the same mix of services takes all tellers of the report, so 1 is as
   * all others; `low` to `high` is the 95 % interval. Absent below `MIX_MINIMUM` services.
   */
  readonly mix?: { readonly ratio: number; readonly low: number; readonly high: number };
}

export interface ReportRow {
  /** A branch, segment, service, counter (`branch/counter`), teller; `09:30`; `1` (Monday) to `7`; a day; `2026-W47`; `2026-11`. */
  readonly key: string;
  readonly figures: PeriodFigures;
}

/** Those who arrived in one half hour of one weekday. */
export interface HeatCell {
  /** 1 Monday to 7. */
  readonly weekday: number;
  /** Local half hour of the day, 0 for 00:00 to 47 for 23:30. */
  readonly slot: number;
  readonly arrivals: number;
  /** Divided by how many such weekdays have data. */
  readonly perDay: number;
  /** Of those who were called, minutes. */
  readonly p90Wait: number;
}

/** How many waits or services ended in each minute; the last entry is "that and longer". */
export type Histogram = readonly { readonly minute: number; readonly count: number }[];

export interface PeriodReport {
  readonly query: PeriodQuery;
  /** Which branches are in it, with the days that each has. */
  readonly branches: readonly { readonly branchId: BranchId; readonly days: number }[];
  /** Until when there are figures: the end of the last finished day, or now. Absent when there is no data at all. */
  readonly cutOff?: Instant;
  /** Days of the period that branches were open and whose records are not there yet, or no more. */
  readonly missing: readonly { readonly branchId: BranchId; readonly day: BusinessDay }[];
  /** Tickets that are in no figure, because they were a mistake. */
  readonly excluded: number;
  readonly totals: PeriodFigures;
  /** The same of the period of the same length just before; absent when nothing is known of it. */
  readonly before?: PeriodFigures;
  /** How many days all branches together have in it: with fewer than this period has, counts cannot be compared. */
  readonly daysBefore?: number;
  readonly rows: readonly ReportRow[];
  readonly heat: readonly HeatCell[];
  readonly waits: Histogram;
  readonly services: Histogram;
  /** What came of the proposals for floating windows. */
  readonly effects: {
    readonly proposed: number;
    readonly approved: number;
    readonly byItself: number;
    readonly measured: number;
    /** Of those measured: the longest wait came out as promised or better, within the margin of rule F12. */
    readonly held: number;
  };
  /** What filters can be chosen from: what occurs in these days and branches. */
  readonly choices: {
    readonly segments: readonly string[];
    readonly services: readonly string[];
    /** `branch/counter`. */
    readonly counters: readonly string[];
    readonly tellers: readonly string[];
  };
  /** Names of tellers by their number, for whoever may read them. */
  readonly names: Readonly<Record<string, string>>;
  /** Without data in the period: the nearest day that has some. */
  readonly nearest?: BusinessDay;
}

/** One ticket behind a figure: what a drill-down shows. Nothing of a person. */
export interface ReportTicket {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly ticketId: string;
  readonly number: string;
  readonly segment: string;
  readonly services: readonly string[];
  readonly issuedAt: Instant;
  readonly outcome: 'served' | 'no-show' | 'abandoned' | 'waiting';
  /** Minutes to the first call; absent when never called. */
  readonly wait?: number;
  readonly target: number;
  readonly service: number;
  readonly counter?: string;
  readonly teller?: string;
}

/** The tickets of one row or cell, longest wait first. */
export const ticketsQuerySchema = periodQuerySchema.safeExtend({
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  slot: z.coerce.number().int().min(0).max(47).optional(),
});
export type TicketsQuery = z.infer<typeof ticketsQuerySchema>;

export interface ReportTickets {
  readonly tickets: readonly ReportTicket[];
  /** All that there are; `tickets` has at most `TICKETS_SHOWN`. */
  readonly total: number;
}

/** What the ids of reports are called, of the branches that the asker may see: `GET /api/reports/names`. */
export interface ReportNames {
  readonly branches: readonly {
    readonly branchId: BranchId;
    readonly name: Text;
    readonly timeZone: string;
    /** The calendar date there, by the clock of the server. */
    readonly today: BusinessDay;
    readonly counters: readonly { readonly id: string; readonly label: string }[];
  }[];
  /** Each id once: as the first of the branches calls it. */
  readonly segments: readonly Pick<Segment, 'id' | 'name' | 'prefix' | 'colour'>[];
  readonly services: readonly { readonly id: string; readonly name: Text }[];
}
