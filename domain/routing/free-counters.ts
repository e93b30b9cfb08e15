import type { ServiceId } from '../ids.ts';
import type { BranchDay, Counter } from '../state.ts';
import { rateAt } from './skills.ts';

/** Who of several free counters calls first: the one that can do least besides, or the fastest (rule R11). */
export type FreeCounterRule = 'fewest-skills' | 'fastest';

/**
 * The open counters without a ticket, in the order in which they should call when a ticket for `service` comes (rule R11).
 * They may still be unable to serve it: calling says so.
 */
export function freeCounters(state: BranchDay, service: ServiceId, rule: FreeCounterRule): Counter[] {
  const free: Counter[] = [];
  for (const counter of state.counters.values())
    if (counter.status === 'open' && counter.ticketId === undefined) free.push(counter);
  if (free.length < 2) return free;
  return free.sort(
    (one, other) =>
      (rule === 'fastest'
        ? rateAt(state, other.id, service) - rateAt(state, one.id, service)
        : breadth(state, one) - breadth(state, other)) || one.idleSince - other.idleSince,
  );
}

/** How many kinds of ticket the counter could take: services that can be done at it, times segments of its profile. */
function breadth(state: BranchDay, counter: Counter): number {
  const services =
    counter.tellerId === undefined
      ? state.index.servicesOfDevice.get(counter.id)
      : state.index.servicesOfStaff.get(counter.tellerId);
  const profile = state.index.profiles.get(counter.profile);
  return (services?.size ?? 0) * ((profile?.first.length ?? 0) + (profile?.help.length ?? 0));
}
