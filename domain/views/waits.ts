import { quoteFor, type Waiter } from '../estimate/queue-length.ts';
import { rangeOf } from '../estimate/range.ts';
import type { SegmentId, ServiceId } from '../ids.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay } from '../state.ts';
import type { SegmentWait, WaitRange } from './views.ts';

export function waitRange(state: BranchDay, waiter: Waiter): WaitRange | undefined {
  const quote = quoteFor(state, waiter);
  return quote && rangeOf(quote);
}

/** For somebody without tier, care need or appointment. */
export function serviceWaits(state: BranchDay): ({ service: ServiceId } & SegmentWait)[] {
  return state.config.services.map((service) => {
    const { segment } = segmentFor(state, { services: [service.id], careNeeds: [] });
    const range = waitRange(state, { segment, service: service.id, care: false });
    return { service: service.id, segment, waiting: state.queue.waitingIn(segment), range };
  });
}

/** The wait of a segment is that of its first service by the configuration's order: one figure for a sign in the hall. */
export function segmentWaits(state: BranchDay): SegmentWait[] {
  const typical = new Map<SegmentId, ServiceId>();
  for (const { service, segment } of serviceSegments(state)) if (!typical.has(segment)) typical.set(segment, service);
  return state.config.segments.map(({ id }) => {
    const service = typical.get(id) ?? state.config.services[0]?.id ?? '';
    return {
      segment: id,
      waiting: state.queue.waitingIn(id),
      range: waitRange(state, { segment: id, service, care: false }),
    };
  });
}

function serviceSegments(state: BranchDay): { service: ServiceId; segment: SegmentId }[] {
  return state.config.services.map(({ id }) => ({
    service: id,
    segment: segmentFor(state, { services: [id], careNeeds: [] }).segment,
  }));
}

/** Open for customers: a closing or paused counter takes nobody. */
export function countersOpen(state: BranchDay): number {
  let open = 0;
  for (const counter of state.counters.values()) if (counter.status === 'open') open += 1;
  return open;
}
