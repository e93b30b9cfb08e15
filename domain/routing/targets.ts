import { MINUTE, type SegmentId } from '../ids.ts';
import type { BranchDay } from '../state.ts';

/** Under a care need the ceiling is at most this many targets (rule R5). */
const CARE_CEILING = 2.5;

/** Target and ceiling in force for a ticket, in ms (rule R5). */
export function limitsOf(
  state: BranchDay,
  segmentId: SegmentId,
  care: boolean,
): { targetMs: number; ceilingMs: number } {
  const segment = state.index.segments.get(segmentId);
  const target = segment?.targetMinutes ?? Infinity;
  const ceiling = segment?.ceilingMinutes ?? Infinity;
  const careTarget = state.config.routing.careTargetMinutes;
  if (!care || careTarget >= target) return { targetMs: target * MINUTE, ceilingMs: ceiling * MINUTE };
  return { targetMs: careTarget * MINUTE, ceilingMs: Math.min(ceiling, CARE_CEILING * careTarget) * MINUTE };
}
