import { byQueueLength, peopleAhead } from '../../domain/estimate/queue-length.ts';
import type { Waiter } from '../../domain/estimate/waiter.ts';
import { MINUTE, type Instant } from '../../domain/ids.ts';
import { standing } from '../../domain/routing/call-order.ts';
import { counterCanDo } from '../../domain/routing/skills.ts';
import type { BranchDay, Counter } from '../../domain/state.ts';

/** A wait in minutes, from the state just before somebody takes a number. */
export type Yardstick = (state: BranchDay, waiter: Waiter, now: Instant) => number;

/** Estimators that the product is measured against. */
export const YARDSTICKS = {
  'queue length, own segment': (state, waiter) => {
    const minutes = state.index.services.get(waiter.service)?.minutes ?? 0;
    return ((peopleAhead(state, waiter) + 1) * minutes) / Math.max(1, countersFor(state, waiter).length);
  },
  'queue length, all work': (state) => {
    const open = [...state.counters.values()].filter(({ status }) => status === 'open').length;
    let minutes = meanService(state);
    for (const { service, entries } of state.queue.lanes())
      minutes += entries.length * (state.index.services.get(service)?.minutes ?? 0);
    return minutes / Math.max(1, open);
  },
  'queue length, windows shared (the fallback)': (state, waiter) => byQueueLength(state, waiter)?.mean ?? 0,
  'last to enter service': (state, { segment }, now) => {
    const last = state.calls.findLast(({ ticketId }) => state.tickets.get(ticketId)?.segment === segment);
    if (last === undefined) return 0;
    return (last.at - (state.tickets.get(last.ticketId)?.issuedAt ?? now)) / MINUTE;
  },
  'head of the line': (state, { segment }, now) => {
    let since = now;
    for (const lane of state.queue.lanes())
      if (lane.segment === segment) since = Math.min(since, lane.entries[0]?.since ?? now);
    return (now - since) / MINUTE;
  },
} satisfies Readonly<Record<string, Yardstick>>;

/** Open counters that could call this waiter. */
export function countersFor(state: BranchDay, waiter: Waiter): Counter[] {
  const lane = { prioritised: false, onlyCounter: undefined, adviser: undefined, ...waiter };
  return [...state.counters.values()].filter((counter) => {
    const profile = state.index.profiles.get(counter.profile);
    const serves = profile !== undefined && standing(counter, profile, lane) !== undefined;
    return counter.status === 'open' && serves && counterCanDo(state, counter.id, waiter.service);
  });
}

function meanService(state: BranchDay): number {
  const { services } = state.config;
  return services.reduce((sum, { minutes }) => sum + minutes, 0) / services.length;
}
