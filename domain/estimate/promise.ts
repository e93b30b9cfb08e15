import type { Instant } from '../ids.ts';
import { MINUTE } from '../ids.ts';
import type { BranchDay, Ticket } from '../state.ts';
import type { WaitRange, WhyLonger } from '../views/views.ts';
import { countersServing } from './queue-length.ts';
import { rangeOf } from './range.ts';
import { waiterOf } from './waiter.ts';
import { waitingNow } from './waits-now.ts';

/** A wait this little past what was promised disappoints nobody; minutes. */
const TOLERATED_MINUTES = 1;

/**
 * What a waiting customer is told (rules E7, E11): the wait still to come, and no more than is left of the first quote unless there is a
 * reason that can be said. Nothing while no open counter serves them.
 */
export function promiseOf(
  state: BranchDay,
  ticket: Ticket,
  now: Instant,
): { readonly range?: WaitRange; readonly longer?: WhyLonger } {
  const estimate = waitingNow(state, now, ticket.id);
  if (estimate === undefined) return {};
  const left = ticket.quote && ticket.quote.p80 - (now - ticket.issuedAt) / MINUTE;
  if (left === undefined || estimate.p80 <= left) return { range: rangeOf(estimate) };
  const promised = Math.max(0, left);
  if (estimate.p50 > promised + TOLERATED_MINUTES)
    return { range: rangeOf(estimate), longer: whyLonger(state, ticket) };
  return { range: rangeOf({ ...estimate, p50: Math.min(estimate.p50, promised), p80: promised }) };
}

/** With as many windows as before and nobody let in before, only the services themselves can have taken longer. */
function whyLonger(state: BranchDay, ticket: Ticket): WhyLonger {
  if (countersServing(state, waiterOf(ticket)) < (ticket.quote?.windows ?? 0)) return 'fewer-windows';
  return wasOvertaken(state, ticket) ? 'others-first' : 'longer-services';
}

/** Somebody who came later was called by a counter that could have called this ticket. */
function wasOvertaken(state: BranchDay, ticket: Ticket): boolean {
  const waiter = waiterOf(ticket);
  return state.calls.some(({ at, ticketId, counterId }) => {
    const order = state.tickets.get(ticketId)?.order ?? -1;
    if (at < ticket.issuedAt || order <= ticket.order) return false;
    const counter = state.counters.get(counterId);
    return counter !== undefined && countersServing(state, waiter, [counter]) > 0;
  });
}
