import type { ServiceId } from './ids.ts';
import { counterCanDo } from './routing/skills.ts';
import { segmentFor, type SegmentFacts } from './segment-rules.ts';
import type { BranchDay, Counter } from './state.ts';

/** Several services on one ticket: as few stops as the windows that are open allow (rule S6). */

/** The services in the order in which they are best done. The same again when it is asked with its own answer. */
export function planRoute(state: BranchDay, facts: SegmentFacts): readonly ServiceId[] {
  const windows = openWindows(state);
  const order: ServiceId[] = [];
  let rest = facts.services;
  while (rest.length > 0) {
    const stop = bestStop(state, windows, { ...facts, services: rest });
    order.push(...stop);
    rest = rest.filter((service) => !stop.includes(service));
  }
  return order;
}

/** The same order as stops: what one open window can do in one go. */
export function stopsOf(state: BranchDay, services: readonly ServiceId[]): readonly (readonly ServiceId[])[] {
  const windows = openWindows(state);
  const stops: (readonly ServiceId[])[] = [];
  for (let from = 0; from < services.length;) {
    const rest = services.slice(from);
    const done = windows.map(({ id }) => {
      const first = rest.findIndex((service) => !counterCanDo(state, id, service));
      return first < 0 ? rest.length : first;
    });
    const length = Math.max(1, ...done);
    stops.push(rest.slice(0, length));
    from += length;
  }
  return stops;
}

function openWindows({ counters, index }: BranchDay): Counter[] {
  return [...counters.values()].filter(
    ({ id, status }) => status === 'open' && index.counters.get(id)?.kind !== 'device',
  );
}

/** What the window does that can do most of it. What fewest others can do goes first: so nobody calls it who could do a part only. */
function bestStop(state: BranchDay, windows: readonly Counter[], facts: SegmentFacts): readonly ServiceId[] {
  const { services } = facts;
  const hands = (service: ServiceId) => windows.filter(({ id }) => counterCanDo(state, id, service)).length;
  const rarestFirst = [...services].sort((one, other) => hands(one) - hands(other));
  let best: readonly ServiceId[] = [];
  for (const window of windows) {
    const does = rarestFirst.filter((service) => counterCanDo(state, window.id, service));
    const lead = does.find((service) => serves(state, window, { ...facts, services: [service] }));
    if (lead !== undefined && does.length > best.length) best = [lead, ...does.filter((service) => service !== lead)];
  }
  return best.length > 0 ? best : services.slice(0, 1);
}

/** Whether a ticket that begins so would wait where this window calls from. */
function serves(state: BranchDay, { profile }: Counter, facts: SegmentFacts): boolean {
  const { segment } = segmentFor(state, facts);
  const { first = [], help = [] } = state.index.profiles.get(profile) ?? {};
  return first.includes(segment) || help.includes(segment);
}
