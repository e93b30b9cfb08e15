import type { DismissReason } from '../commands.ts';
import type { FloatingPolicyName } from '../config.ts';
import type { CommandId, CounterId, Instant, ProposalId, StaffId, WorkProfileId } from '../ids.ts';

/** What a floating policy says, and what the branch day keeps of it. */

export type ProposalKind = 'open' | 'close' | 'convert' | 'extend-hours';

/** Why, in numbers that a screen can put in a sentence. Windows are those of the lines, as they would be without the proposal. */
export type ProposalReason =
  | { readonly code: 'long-queue'; readonly waiting: number; readonly windows: number }
  /** So many come in the next 30 minutes, and so many can be served in them. */
  | {
      readonly code: 'rush-ahead' | 'enough-without';
      readonly waiting: number;
      readonly windows: number;
      readonly arrivals: number;
      readonly capacity: number;
    }
  | { readonly code: 'window-idle'; readonly minutes: number }
  /** Nobody waits for what it serves first; so many wait for the other work. */
  | { readonly code: 'other-work'; readonly waiting: number }
  /** So many would be left at closing time, which is so many minutes of work. */
  | { readonly code: 'cannot-finish'; readonly left: number; readonly minutes: number };

/** The 30 minutes after a moment (rule F12). Times in minutes. */
export interface Outlook {
  /** How many wait at the end. */
  readonly waiting: number;
  /** Of those who waited in it, up to their call or its end. */
  readonly longest: number;
  readonly mean: number;
}

/** Without the proposal, and with it. */
export interface Promised {
  readonly before: Outlook;
  readonly after: Outlook;
}

/** What the rolling plan goes by (rule F9): the same figures give the same plan. Minutes, and customers a minute. */
export interface PlanFigures {
  readonly at: Instant;
  /** Expected arrivals a minute, for each of the nine 5 minutes to come. */
  readonly rates: readonly number[];
  /** Typical service time at speed 1. */
  readonly serviceMinutes: number;
  /** Windows of the lines that are not floating, and their speeds together. */
  readonly windows: number;
  readonly speed: number;
  /** How many floating windows there are, and the speed of one. */
  readonly floating: number;
  readonly floatingSpeed: number;
}

export interface Proposal {
  readonly id: ProposalId;
  readonly kind: ProposalKind;
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
  readonly profile?: WorkProfileId | undefined;
  readonly until?: Instant | undefined;
  readonly policy: string;
  readonly reason: ProposalReason;
  /** Absent for longer hours. */
  readonly promised?: Promised | undefined;
  readonly proposedAt: Instant;
  readonly expiresAt: Instant;
  readonly status: 'pending' | 'approved' | 'dismissed' | 'expired';
  /** When it was approved, dismissed or expired. */
  readonly settledAt?: Instant | undefined;
  readonly dismissReason?: DismissReason | undefined;
  readonly came?: Outlook | undefined;
}

/** The part of the branch day that floating windows need. Changed in place by `evolve` alone. */
export interface FloatingState {
  reviewedAt: Instant;
  plan: PlanFigures | undefined;
  /** Of the whole day, in the order in which they were made. */
  readonly proposals: Map<ProposalId, Proposal>;
  closesAt: Instant | undefined;
  /** The hours were extended to this. */
  openUntil: Instant | undefined;
  /** By which command each was approved. */
  readonly approvals: Map<ProposalId, CommandId>;
}

/** How far an outlook looks, and after how long it is measured. */
export const OUTLOOK_MINUTES = 30;

export function pendingOf({ proposals }: FloatingState): Proposal[] {
  return [...proposals.values()].filter(({ status }) => status === 'pending');
}

/** The branch has floating windows, and a policy for them. */
export function hasReviews(config: {
  readonly counters: readonly { readonly kind: string }[];
  readonly floating: { readonly policy: FloatingPolicyName };
}): boolean {
  return config.floating.policy !== 'manual' && config.counters.some(({ kind }) => kind === 'floating');
}
