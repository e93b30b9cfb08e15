import { peopleAhead } from '../estimate/queue-length.ts';
import { promiseOf } from '../estimate/promise.ts';
import { waiterOf } from '../estimate/waiter.ts';
import type { Instant, TicketId } from '../ids.ts';
import { mayRejoinUntil } from '../rejoin.ts';
import type { BranchDay } from '../state.ts';
import type { TicketView } from './views.ts';

const LAST_CALLED = 3;

export function ticketView(state: BranchDay, ticketId: TicketId, now: Instant): TicketView | undefined {
  const ticket = state.tickets.get(ticketId);
  if (ticket === undefined) return undefined;
  const { id, number, segment, services, done, status, issuedAt, language, quote, call, counterId } = ticket;
  const waits = status === 'waiting';
  const until = mayRejoinUntil(state, ticket);
  const counter = status === 'called' || status === 'serving' ? state.index.counters.get(counterId ?? '') : undefined;
  const lastCalled = state.calls
    .filter((each) => state.tickets.get(each.ticketId)?.segment === segment)
    .slice(-LAST_CALLED);
  return {
    kind: 'ticket',
    ticketId: id,
    ...{ number, segment, status, issuedAt, language, quote },
    services: services.length > 0 ? services : done,
    ahead: waits ? peopleAhead(state, waiterOf(ticket)) : undefined,
    ...(waits && promiseOf(state, ticket, now)),
    lastCalled: lastCalled.map((each) => each.number).reverse(),
    counter: counter && {
      label: counter.label,
      zone: counter.zone,
      times: call?.times ?? 0,
      lastAt: call?.lastAt ?? issuedAt,
    },
    mayRejoinUntil: until !== undefined && until >= now ? until : undefined,
    zone: state.index.segments.get(segment)?.zone ?? '',
    endReason: ticket.endReason,
    openUntil: state.floating.openUntil,
  };
}
