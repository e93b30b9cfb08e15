import { rangeOf } from '../estimate/range.ts';
import { newcomersNow } from '../estimate/waits-now.ts';
import type { Instant, SegmentId, ServiceId } from '../ids.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay } from '../state.ts';
import type { SegmentWait } from './views.ts';

/** For somebody without tier, care need or appointment. */
export function serviceWaits(state: BranchDay, now: Instant): ({ service: ServiceId } & SegmentWait)[] {
  return waitsOf(state, now).services;
}

/** The wait of a segment is that of its first service by the configuration's order: one figure for a sign in the hall. */
export function segmentWaits(state: BranchDay, now: Instant): SegmentWait[] {
  return waitsOf(state, now).segments;
}

function waitsOf(state: BranchDay, now: Instant) {
  const services = state.config.services.map(({ id }) => ({
    service: id,
    segment: segmentFor(state, { services: [id], careNeeds: [] }).segment,
  }));
  const typical = new Map<SegmentId, ServiceId>();
  for (const { service, segment } of services) if (!typical.has(segment)) typical.set(segment, service);
  const segments = state.config.segments.map(({ id }) => ({
    segment: id,
    service: typical.get(id) ?? state.config.services[0]?.id ?? '',
  }));
  const quotes = newcomersNow(
    state,
    now,
    [...services, ...segments].map((each) => ({ ...each, care: false })),
  );
  const waitOf = (segment: SegmentId, place: number): SegmentWait => {
    const quote = quotes[place];
    return { segment, waiting: state.queue.waitingIn(segment), range: quote && rangeOf(quote) };
  };
  return {
    services: services.map(({ service, segment }, place) => ({ service, ...waitOf(segment, place) })),
    segments: segments.map(({ segment }, place) => waitOf(segment, services.length + place)),
  };
}

/** Open for customers: a closing or paused counter takes nobody. */
export function countersOpen(state: BranchDay): number {
  let open = 0;
  for (const counter of state.counters.values()) if (counter.status === 'open') open += 1;
  return open;
}
