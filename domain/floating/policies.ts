import type { FloatingConfig, FloatingPolicyName } from '../config.ts';
import type { CounterId, Instant } from '../ids.ts';
import type { Rate } from './expected-arrivals.ts';
import type { Lines } from './lines.ts';
import type { PlanFigures, ProposalReason } from './proposal.ts';
import { rollingPlan } from './rolling-plan.ts';
import { threshold } from './threshold.ts';

/** What a policy may look at. What is proposed and not yet answered counts as if it were done. */
export interface Sight {
  readonly now: Instant;
  readonly config: FloatingConfig;
  readonly lines: Lines;
  readonly rate: Rate;
  /** Floating windows that open or should, and the open ones: those that must stay open yet, and the others. */
  readonly opening: number;
  readonly locked: number;
  readonly free: number;
  /** The limits allow another one (rules F2, F3). */
  readonly mayOpen: boolean;
  /** Those that the limits allow to close, the least needed first, and for how long each has had nobody, in minutes. */
  readonly closable: readonly { readonly counterId: CounterId; readonly idleMinutes: number }[];
  /** What the plan went by at the last review. */
  readonly plan: PlanFigures | undefined;
}

export interface Wish {
  readonly kind: 'open' | 'close';
  /** Which one to close. */
  readonly counterId?: CounterId;
  readonly reason: ProposalReason;
}

export interface Advice {
  readonly wish?: Wish | undefined;
  /** What the plan goes by now, when it was renewed. */
  readonly plan?: PlanFigures | undefined;
}

/** Pure: the same sight gives the same advice. */
export type FloatingPolicy = (sight: Sight) => Advice;

export const FLOATING_POLICIES: Readonly<Record<FloatingPolicyName, FloatingPolicy>> = {
  'rolling-plan': rollingPlan,
  threshold,
  manual: () => ({}),
};
