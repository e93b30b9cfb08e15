import type { SegmentRule } from './config.ts';
import type { CareNeedId, Instant, SegmentId, ServiceId, TierId } from './ids.ts';
import type { BranchDay } from './state.ts';

/** What the rules look at. */
export interface SegmentFacts {
  readonly services: readonly ServiceId[];
  readonly careNeeds: readonly CareNeedId[];
  readonly tier?: TierId | undefined;
  readonly amount?: number | undefined;
  readonly appointmentAt?: Instant | undefined;
}

/** Rules S1–S3. The configuration check makes sure that the last rule has no conditions. */
export function segmentFor(state: BranchDay, facts: SegmentFacts): { segment: SegmentId; rule: string } {
  for (const rule of state.config.segmentRules) if (holds(rule, facts)) return { segment: rule.segment, rule: rule.id };
  throw new Error('the last segment rule has conditions');
}

/** Whether all conditions of a rule hold. */
export function holds({ when }: SegmentRule, facts: SegmentFacts): boolean {
  const service = facts.services[0];
  const { amount, tier } = facts;
  return (
    (when.services === undefined || (service !== undefined && when.services.includes(service))) &&
    (when.tiers === undefined || (tier !== undefined && when.tiers.includes(tier))) &&
    (when.careNeeds === undefined || when.careNeeds.some((need) => facts.careNeeds.includes(need))) &&
    (when.amountAtLeast === undefined || (amount !== undefined && amount >= when.amountAtLeast)) &&
    (when.amountBelow === undefined || (amount !== undefined && amount < when.amountBelow)) &&
    (when.appointment === undefined || when.appointment === (facts.appointmentAt !== undefined))
  );
}
