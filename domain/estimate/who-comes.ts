import type { Forecast } from '../config.ts';
import type { Instant, SegmentId, ServiceId } from '../ids.ts';
import { MINUTE } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { HALF_LIFE_MS, recentMs } from './experience.ts';
import type { Kind } from './hall-model.ts';
import type { Stream } from './stream.ts';
import { ArrivalStream, Stretch } from './arrival-stream.ts';

/** The forecast is trusted like so many arrivals, against those that came. */
const TRUST = 25;

/**
 * By the day's forecast, corrected by what came so far, or, without one or outside it, as many of each segment as came in the last half
 * hour. Which services they ask for is taken from the last half hour, or, when nobody came then, from the segment's services in
 * equal parts.
 */
export function whoComes(
  state: BranchDay,
  now: Instant,
  ordinary: ReadonlyMap<ServiceId, SegmentId>,
): { readonly kinds: readonly Kind[]; readonly stream: (places: readonly number[], chance: Stream) => ArrivalStream } {
  const seen = seenKinds(state, now);
  const perSegment = new Map<SegmentId, number>();
  for (const { kind, count } of seen.values())
    perSegment.set(kind.segment, (perSegment.get(kind.segment) ?? 0) + count);
  const seenCount = [...perSegment.values()].reduce((sum, count) => sum + count, 0);
  const { forecast } = state;
  const kinds: Kind[] = [];
  const shares: number[] = [];
  const add = (kind: Kind, share: number) => {
    kinds.push(kind);
    shares.push(share);
  };
  for (const { kind, count } of seen.values()) add(kind, count / (perSegment.get(kind.segment) ?? 1));
  for (const { id } of state.config.segments) {
    if (perSegment.has(id) || forecast?.arrivals[id] === undefined) continue;
    const services = [...ordinary].filter(([, segment]) => segment === id).map(([service]) => service);
    for (const service of services) add(plainKind(id, service, false), 1 / services.length);
  }
  const byExperience = kinds.map(
    ({ segment }, place) => ((perSegment.get(segment) ?? 0) * (shares[place] ?? 0)) / recentMs(state.openedAt, now),
  );
  const stretches: Stretch[] = [];
  let level = 1;
  let shape = Math.max(1, seenCount);
  if (forecast !== undefined) {
    const slotMs = forecast.slotMinutes * MINUTE;
    const day = dayLevel(state, forecast, now);
    level = day.level;
    shape = day.shape;
    const slots = Math.max(0, ...Object.values(forecast.arrivals).map((list) => list.length));
    for (let slot = Math.max(0, Math.floor((now - forecast.from) / slotMs)); slot < slots; slot += 1) {
      const rates = kinds.map(({ segment }, place) => {
        const expected = forecast.arrivals[segment]?.[slot];
        return expected === undefined ? (byExperience[place] ?? 0) : (level * expected * (shares[place] ?? 0)) / slotMs;
      });
      stretches.push(new Stretch(forecast.from + (slot + 1) * slotMs - now, rates));
    }
  }
  stretches.push(new Stretch(Infinity, byExperience));
  return { kinds, stream: (places, chance) => new ArrivalStream(stretches, shape, places, chance) };
}

/** The level of the day: gamma, with mean (k0 + N) / (k0 + L); both counts discounted. */
function dayLevel(state: BranchDay, forecast: Forecast, now: Instant): { level: number; shape: number } {
  const came = state.experience.discountedArrivals(now);
  const slotMs = forecast.slotMinutes * MINUTE;
  let expected = 0;
  for (const arrivals of Object.values(forecast.arrivals))
    arrivals.forEach((count, slot) => {
      const from = forecast.from + slot * slotMs;
      const share = Math.min(1, Math.max(0, (now - from) / slotMs));
      if (share > 0) expected += count * share * 2 ** ((from + (share * slotMs) / 2 - now) / HALF_LIFE_MS);
    });
  return { level: (TRUST + came) / (TRUST + expected), shape: TRUST + came };
}

function plainKind(segment: SegmentId, service: ServiceId, care: boolean): Kind {
  return { segment, service, care, prioritised: false, onlyCounter: undefined, adviser: undefined };
}

function seenKinds(state: BranchDay, now: Instant): Map<string, { readonly kind: Kind; count: number }> {
  const seen = new Map<string, { readonly kind: Kind; count: number }>();
  for (const { segment, service, care } of state.experience.recent(now)) {
    const key = `${segment}|${service}|${care ? 'care' : ''}`;
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { kind: plainKind(segment, service, care), count: 1 });
    else known.count += 1;
  }
  return seen;
}
