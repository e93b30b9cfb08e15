import type { RoutingPolicyName, Segment } from '../config.ts';
import { MINUTE } from '../ids.ts';

/** What a policy may look at: the next ticket of a lane, seen from one counter. */
export interface Prospect {
  readonly waitedMs: number;
  /** The wait target in force for it (rule R5). */
  readonly targetMs: number;
  /** Services per minute: how fast this counter does what the ticket needs. */
  readonly rate: number;
  readonly segment: Segment;
  /** Calls of its segment so far today, levelled for `ratio` (rule R10). */
  readonly segmentCalls: number;
}

/** The larger the index, the sooner. Comparable only between tickets of one counter at one moment. */
export type Policy = (prospect: Prospect, power: number) => number;

/** Rule R4. Sources: generalised c-mu rule, van Mieghem 1995 and Mandelbaum & Stolyar 2004, with the cost (w/tau)^p / p;
 *  wait over target is Kleinrock's accumulating priority of 1964 with slope 1/tau. */
export const POLICIES: Readonly<Record<RoutingPolicyName, Policy>> = {
  'cost-of-delay': ({ waitedMs, targetMs, rate }, power) =>
    (rate * (waitedMs / targetMs) ** (power - 1)) / (targetMs / MINUTE),
  'wait-over-target': ({ waitedMs, targetMs }) => waitedMs / targetMs,
  'first-come': ({ waitedMs }) => waitedMs / MINUTE,
  'strict-priority': ({ segment }) => -segment.rank,
  ratio: ({ segment, segmentCalls }) => -(segmentCalls + 1) / segment.weight,
};
