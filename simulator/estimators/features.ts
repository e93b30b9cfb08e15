import type { Waiter } from '../../domain/estimate/waiter.ts';
import { MINUTE, type Instant } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import { countersFor } from './yardsticks.ts';

/** What the regression looks at: who waits, how long already, how many windows, and the simple rules. The first is the constant. */
export function featuresOf(
  state: BranchDay,
  waiter: Waiter,
  now: Instant,
  said: Readonly<Record<string, number>>,
): number[] {
  const segments = state.config.segments.map(({ id }) => id);
  const waiting = segments.map((id) => state.queue.waitingIn(id));
  const ages = segments.map((id) => {
    let since = now;
    for (const { segment, entries } of state.queue.lanes())
      if (segment === id) since = Math.min(since, entries[0]?.since ?? now);
    return (now - since) / MINUTE;
  });
  const open = [...state.counters.values()].filter(({ status }) => status === 'open').length;
  const mine = segments.map((id) => (id === waiter.segment ? 1 : 0));
  const windows = countersFor(state, waiter).length;
  const minutes = state.index.services.get(waiter.service)?.minutes ?? 0;
  return [1, ...mine.slice(1), ...waiting, ...ages, open, windows, minutes, ...Object.values(said)];
}
