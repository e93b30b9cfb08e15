import type { BranchConfig, Segment } from '../config.ts';
import { MINUTE, type SegmentId } from '../ids.ts';
import type { BranchDay } from '../state.ts';

/** Under a care need the ceiling is at most this many targets (rule R5). */
const CARE_CEILING = 2.5;

export interface Limits {
  readonly targetMs: number;
  readonly ceilingMs: number;
}

/** Those of a segment: for its tickets without a care need, and with one. */
export interface SegmentLimits {
  readonly ordinary: Limits;
  readonly care: Limits;
}

const NO_LIMITS: Limits = { targetMs: Infinity, ceilingMs: Infinity };

/** Target and ceiling in force for a ticket, in ms (rule R5). */
export function limitsOf(state: BranchDay, segmentId: SegmentId, care: boolean): Limits {
  const limits = state.index.limits.get(segmentId);
  if (limits === undefined) return NO_LIMITS;
  return care ? limits.care : limits.ordinary;
}

/** Worked out once for the day: every call asks for every lane. */
export function segmentLimits(
  { targetMinutes: target, ceilingMinutes: ceiling }: Segment,
  config: BranchConfig,
): SegmentLimits {
  const ordinary = { targetMs: target * MINUTE, ceilingMs: ceiling * MINUTE };
  const careTarget = config.routing.careTargetMinutes;
  if (careTarget >= target) return { ordinary, care: ordinary };
  const careCeiling = Math.min(ceiling, CARE_CEILING * careTarget);
  return { ordinary, care: { targetMs: careTarget * MINUTE, ceilingMs: careCeiling * MINUTE } };
}
