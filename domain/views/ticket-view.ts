import { askedAt } from '../attention/task-rows.ts';
import { mayDelayMinutes } from '../delay.ts';
import { peopleAhead, ticketsAhead } from '../estimate/queue-length.ts';
import { promiseOf } from '../estimate/promise.ts';
import { waiterOf } from '../estimate/waiter.ts';
import type { Instant, TicketId } from '../ids.ts';
import { rateableUntil } from '../rating.ts';
import { stopsOf } from '../plan-route.ts';
import { mayRejoinUntil } from '../rejoin.ts';
import type { BranchDay, Call, Ticket } from '../state.ts';
import type { TicketView } from './views.ts';

const LAST_CALLED = 3;

export function ticketView(state: BranchDay, ticketId: TicketId, now: Instant): TicketView | undefined {
  const ticket = state.tickets.get(ticketId);
  if (ticket === undefined) return undefined;
  const { id, number, segment, services, done, status, issuedAt, language, quote, call, counterId } = ticket;
  const waits = status === 'waiting';
  const until = mayRejoinUntil(state, ticket);
  const rateUntil = rateableUntil(state, ticket);
  const counter = status === 'called' || status === 'serving' ? state.index.counters.get(counterId ?? '') : undefined;
  const lastCalled = state.calls
    .filter((each) => state.tickets.get(each.ticketId)?.segment === segment)
    .slice(-LAST_CALLED);
  return {
    kind: 'ticket',
    ticketId: id,
    ...{ number, segment, status, issuedAt, language, quote },
    services: services.length > 0 ? services : done,
    stops: services.length > 1 ? stopsOf(state, services) : undefined,
    ahead: undefined,
    ...(waits && lineOf(state, ticket, lastCalled.at(-1), now)),
    lastCalled: lastCalled.map((each) => each.number).reverse(),
    counter: counter && {
      label: counter.label,
      zone: counter.zone,
      times: call?.times ?? 0,
      lastAt: call?.lastAt ?? issuedAt,
    },
    mayDelayMinutes: mayDelayMinutes(state, ticket),
    holdReason: ticket.holdReason,
    mayRejoinUntil: until !== undefined && until >= now ? until : undefined,
    zone: state.index.segments.get(segment)?.zone ?? '',
    endReason: ticket.endReason,
    mayRateUntil: rateUntil !== undefined && rateUntil >= now ? rateUntil : undefined,
    ...askedAt(state, { kind: 'phone', id: ticketId }),
    openUntil: state.floating.openUntil,
  };
}

/** How it stands in the line, while it waits (rule V8). */
function lineOf(state: BranchDay, ticket: Ticket, lastCall: Call | undefined, now: Instant): Partial<TicketView> {
  const { delayedUntil, transferred, onlyCounter } = ticket;
  const waiter = waiterOf(ticket);
  const ahead = peopleAhead(state, waiter);
  let aheadByAppointment = 0;
  for (const id of ticketsAhead(state, waiter))
    if (state.tickets.get(id)?.appointmentAt !== undefined) aheadByAppointment += 1;
  const last = lastCall && state.tickets.get(lastCall.ticketId);
  const label = onlyCounter === undefined ? undefined : state.index.counters.get(onlyCounter)?.label;
  return {
    ahead,
    aheadByAppointment,
    ...(delayedUntil === undefined && promiseOf(state, ticket, now)),
    lastCalledBefore: last !== undefined && last.order < ticket.order ? ahead + 1 : undefined,
    delayedUntil,
    transferred: transferred && { label },
  };
}
