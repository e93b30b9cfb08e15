import type { CounterId, Instant, TicketId, ZoneId } from '../ids.ts';
import { callOrder } from '../routing/call-order.ts';
import type { BranchDay, Counter } from '../state.ts';

/** So few that they can stand up; more would only crowd the windows. */
const TOLD = 2;

/**
 * Rule V5: the numbers that are likely to be called next. It goes by the open windows in the order in which they became busy: each
 * would call its first that no other one has taken.
 */
export function nextNumbers(
  state: BranchDay,
  { zone, counterId }: { readonly zone?: ZoneId | undefined; readonly counterId?: CounterId | undefined },
  now: Instant,
): readonly string[] {
  if (state.closed || state.queue.size === 0) return [];
  const windows = [...state.counters.values()]
    .filter(
      ({ id, status }) =>
        status === 'open' &&
        (counterId === undefined || id === counterId) &&
        (zone === undefined || state.index.counters.get(id)?.zone === zone),
    )
    .sort((one, other) => busySince(state, one) - busySince(state, other));
  const numbers = new Map<TicketId, string>();
  // A single window may be the only one: then its first two.
  for (let round = 0; round < TOLD && numbers.size < TOLD; round += 1)
    for (const { id } of windows) {
      if (numbers.size === TOLD) break;
      for (const { entry } of callOrder(state, id, now)) {
        if (numbers.has(entry.ticketId)) continue;
        numbers.set(entry.ticketId, entry.number);
        break;
      }
    }
  return [...numbers.values()];
}

/** A free window calls at once. */
function busySince(state: BranchDay, { ticketId }: Counter): Instant {
  return (ticketId === undefined ? undefined : state.tickets.get(ticketId)?.periods.at(-1)?.from) ?? -Infinity;
}

export function machinesFree(state: BranchDay): number {
  let free = 0;
  for (const { id, status, ticketId } of state.counters.values())
    if (status === 'open' && ticketId === undefined && state.index.counters.get(id)?.kind === 'device') free += 1;
  return free;
}
