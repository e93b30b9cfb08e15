import type { DisplayCall } from '../../domain/views/views.ts';

/** So many calls a view has at most, those of the latest words (rule V3). */
const VIEW_HOLDS = 20;

/** A call and each of its recalls is a thing of its own to be shown and said. */
export function keyOf(call: Pick<DisplayCall, 'callId' | 'times'>): string {
  return `${call.callId}#${call.times}`;
}

/** Whether the call was taken back. One that is missing in a full view and older than all there was only pushed out of it. */
export function wasUndone(call: Pick<DisplayCall, 'callId' | 'lastAt'>, calls: readonly DisplayCall[]): boolean {
  if (calls.some(({ callId }) => callId === call.callId)) return false;
  return calls.length < VIEW_HOLDS || calls.some(({ lastAt }) => lastAt < call.lastAt);
}
