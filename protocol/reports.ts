import type { DismissReason } from '../domain/commands.ts';
import type { Forecast } from '../domain/config.ts';
import type { Calibration } from '../domain/estimate/calibration.ts';
import type { Outlook, Proposal } from '../domain/floating/proposal.ts';
import type { BranchId, BusinessDay, Instant, SegmentId } from '../domain/ids.ts';

/** What managers read of one day. Shares are 0 to 1, waits are minutes, half hours are counted from the beginning of the day. */

interface OfOneDay {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
}

/** Forecast and what came of one day. */
export interface ForecastReport extends OfOneDay {
  /** Start of the first half hour, ms since 1970; the others follow without a gap. */
  readonly from: Instant;
  readonly slotMinutes: number;
  readonly slots: number;
  /** Tickets in each half hour, by segment. */
  readonly forecast?: Forecast['arrivals'];
  /** Of the whole day; 8 of 10 days end from `low` to `high`. */
  readonly expected?: { readonly tickets: number; readonly low: number; readonly high: number };
  /** The last finished day that the forecast was made from. */
  readonly knownUntil?: BusinessDay;
  /** Today: so far. Of a day that is over: in the end, once it was learned from. */
  readonly came?: Forecast['arrivals'];
}

/** How the waits that were told on one day compare with what came (rule E8). */
export interface DayEstimates extends OfOneDay {
  readonly all: Calibration;
  readonly segments: Readonly<Record<SegmentId, Calibration>>;
}

/** Those who took their ticket in one half hour and were called. */
export interface WaitSlot {
  readonly slot: number;
  readonly called: number;
  /** Until the first call. */
  readonly mean: number;
  readonly longest: number;
  /** The mean of their targets: a care need has a shorter one. */
  readonly target: number;
  /** What they were told when they took it, where anything was told: the means of p50 and p80. */
  readonly told?: { readonly p50: number; readonly p80: number } | undefined;
}

/** From `at` on, so many windows with a person are open, and so many of them are floating. */
export interface WindowStep {
  readonly at: Instant;
  readonly open: number;
  readonly floating: number;
}

export interface WithinTarget {
  readonly called: number;
  readonly within: number;
  /** Without a care need. */
  readonly targetMinutes: number;
}

/** Who was offered a machine before they took a number, and what they said. Nobody with a care need is counted. */
export interface Diversion {
  readonly accepted: number;
  readonly declined: number;
  /** Walked away from the question. */
  readonly left: number;
  /** Of those who accepted: the machine could not help. */
  readonly failed: number;
  /** What the others were told that they would save, all together. */
  readonly savedMinutes: number;
}

export interface DayFigures {
  readonly from: Instant;
  readonly slotMinutes: number;
  /** The last thing that is counted. */
  readonly until: Instant;
  readonly over: boolean;
  readonly issued: number;
  readonly finished: number;
  readonly missed: number;
  /** Went away, or were sent away at closing time. */
  readonly left: number;
  readonly called: number;
  readonly meanWait: number;
  readonly longestWait: number;
  /** Hours that people were at the windows. */
  readonly windowHours: number;
  readonly waits: {
    readonly all: readonly WaitSlot[];
    readonly segments: Readonly<Record<SegmentId, readonly WaitSlot[]>>;
  };
  readonly windows: readonly WindowStep[];
  /** The work that came in each half hour, in windows that it keeps busy. Half hours without any are left out. */
  readonly needed: readonly { readonly slot: number; readonly windows: number }[];
  readonly within: Readonly<Record<SegmentId, WithinTarget>>;
  /** Absent when nobody was asked. */
  readonly diversion?: Diversion | undefined;
}

export interface DayReport extends OfOneDay {
  /** Absent for a day that was never opened. */
  readonly figures?: DayFigures | undefined;
}

export type EffectFigure = keyof Outlook;

/** How what came compares with what was promised, of those that were measured. */
export interface PromiseKept {
  /** Not worse than promised by more than `margin` or a quarter of it. */
  readonly held: number;
  readonly margin: number;
  /** Mean of what came minus what was promised: above 0, it was worse. */
  readonly bias: number;
  /** Mean of the same without its sign. */
  readonly error: number;
}

export interface EffectReport extends OfOneDay {
  /** All that were made on the day, in their order. */
  readonly proposals: readonly (Proposal & {
    /** Approved by the system, in the mode `automatic`. */
    readonly byItself?: true;
    readonly expiredBecause?: 'time' | 'overtaken';
  })[];
  readonly approved: number;
  readonly byItself: number;
  readonly dismissed: Readonly<Partial<Record<DismissReason, number>>>;
  readonly expired: { readonly time: number; readonly overtaken: number };
  readonly measured: number;
  /** Absent while nothing is measured. */
  readonly kept?: Readonly<Record<EffectFigure, PromiseKept>> | undefined;
}
