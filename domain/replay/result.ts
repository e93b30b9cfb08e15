import type { FloatingConfig, RoutingConfig } from '../config.ts';
import type { BusinessDay, Instant, SegmentId } from '../ids.ts';

/** What a what-if says. Times in minutes unless they are instants. */

/** Of all customers who waited. Who left waited until then; who was never called, until the last window closed. */
export interface WaitFigures {
  readonly tickets: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Share that was called within the target in force for it, 0 to 1. Who left, or waited in vain, is not within. */
  readonly withinTarget: number;
  /** How many waited past their target. */
  readonly late: number;
}

export interface HalfHour {
  readonly from: Instant;
  /** Tickets taken in it, and the mean of their waits; no mean when nobody came. */
  readonly tickets: number;
  readonly meanWait?: number;
  /** Over the half hour, on average: how many waited, windows that were open (those on the way not counted), and the floating ones of them. */
  readonly waiting: number;
  readonly windows: number;
  readonly floatingWindows: number;
}

/** A choice that somebody made by hand and that did not fit this course of the day. */
export type HandChoice =
  | 'call-chosen'
  | 'resume'
  | 'serve-without-ticket'
  | 'prioritise'
  | 'transfer'
  | 'hold'
  | 'care-needs'
  | 'add-service'
  | 'window'
  | 'work-profile'
  | 'undo'
  | 'other';

/** One day under one policy. */
export interface PolicyOutcome {
  /** `in-force` for the policy of the day itself. */
  readonly name: string;
  readonly floating: FloatingConfig;
  readonly routing: RoutingConfig;
  readonly wait: WaitFigures;
  readonly segments: Readonly<Record<SegmentId, WaitFigures>>;
  readonly served: number;
  readonly left: number;
  /** Called, and did not come. */
  readonly missed: number;
  /** Still in the hall when the day closed. */
  readonly unserved: number;
  /** From the decision to open a floating window until it is closed, all together. */
  readonly floatingHours: number;
  readonly openings: number;
  readonly halfHours: readonly HalfHour[];
  /** Hand choices that could not be repeated, by what they were. */
  readonly notRepeated: Readonly<Partial<Record<HandChoice, number>>>;
}

export interface WhatIfResult {
  readonly day: BusinessDay;
  /** The replay under the policy in force gave the recorded day itself, event for event (rule W1). */
  readonly sameAsRecorded: boolean;
  /** When it did not: the time of the first event that differs. Most often the day is of an older version of the product. */
  readonly differsAt?: Instant;
  readonly halfHourFrom: Instant;
  /** The policy in force first, then those asked for, in their order. */
  readonly policies: readonly PolicyOutcome[];
}
