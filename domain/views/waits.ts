import { machineOffer } from '../diversion/machine-offer.ts';
import { machineSegmentFor } from '../diversion/machines.ts';
import type { Quote } from '../events.ts';
import { rangeOf } from '../estimate/range.ts';
import { newcomersNow } from '../estimate/waits-now.ts';
import type { Instant, SegmentId, ServiceId } from '../ids.ts';
import { counterCanDo } from '../routing/skills.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay } from '../state.ts';
import type { SegmentWait, ServiceWait } from './views.ts';

/** For somebody without tier, care need or appointment. */
export function serviceWaits(state: BranchDay, now: Instant): ServiceWait[] {
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
  const machines = services.flatMap(({ service, segment }) => {
    const there = machineSegmentFor(state, service);
    return there === undefined || there === segment ? [] : [{ service, segment: there }];
  });
  const quotes = newcomersNow(
    state,
    now,
    [...services, ...segments, ...machines].map((each) => ({ ...each, care: false })),
  );
  const offerOf = (service: ServiceId, atCounter: Quote | undefined) => {
    const place = machines.findIndex((each) => each.service === service);
    const segment = machines[place]?.segment;
    const atMachine = quotes[services.length + segments.length + place];
    return segment === undefined ? undefined : machineOffer(state, service, segment, { atCounter, atMachine });
  };
  const waitOf = (segment: SegmentId, place: number): SegmentWait => {
    const quote = quotes[place];
    return { segment, waiting: state.queue.waitingIn(segment), range: quote && rangeOf(quote) };
  };
  return {
    services: services.map(({ service, segment }, place) => ({
      service,
      ...waitOf(segment, place),
      machine: offerOf(service, quotes[place]),
      paused: quotes[place] === undefined ? pausedFor(state, segment, service) : undefined,
    })),
    segments: segments.map(({ segment }, place) => waitOf(segment, services.length + place)),
  };
}

/** Rule V9: why a counter that would serve it has paused; nothing when none has. */
function pausedFor(state: BranchDay, segment: SegmentId, service: ServiceId): string | undefined {
  for (const { id, status, profile, pauseReason } of state.counters.values()) {
    const { first = [], help = [] } = state.index.profiles.get(profile) ?? {};
    if (status !== 'paused' || !(first.includes(segment) || help.includes(segment))) continue;
    if (counterCanDo(state, id, service)) return pauseReason;
  }
  return undefined;
}

/** Open for customers: a closing or paused counter takes nobody. */
export function countersOpen(state: BranchDay): number {
  let open = 0;
  for (const counter of state.counters.values()) if (counter.status === 'open') open += 1;
  return open;
}
