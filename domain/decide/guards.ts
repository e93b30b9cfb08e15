import type { CommandContext } from '../commands.ts';
import type { DomainEvent } from '../events.ts';
import type { CounterId, TicketId } from '../ids.ts';
import type { Rejection } from '../rejections.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { fact } from './decision.ts';

/** What several commands ask first. Each gives what was asked for, or the rejection. */

export type Found<T> = ({ readonly rejection?: never } & T) | { readonly rejection: Rejection };

export function findTicket(state: BranchDay, ticketId: TicketId): Found<{ ticket: Ticket }> {
  const ticket = state.tickets.get(ticketId);
  return ticket === undefined ? { rejection: { code: 'unknown-ticket' } } : { ticket };
}

export function findCounter(state: BranchDay, counterId: CounterId): Found<{ counter: Counter }> {
  const counter = state.counters.get(counterId);
  return counter === undefined ? { rejection: { code: 'unknown-counter' } } : { counter };
}

export function hasEnded(ticket: Ticket): boolean {
  return (
    ticket.status === 'finished' ||
    ticket.status === 'missed' ||
    ticket.status === 'cancelled' ||
    ticket.status === 'expired'
  );
}

/** The counter and the ticket that it has in hand. */
export function ticketInHand(state: BranchDay, counterId: CounterId): Found<{ counter: Counter; ticket: Ticket }> {
  const found = findCounter(state, counterId);
  if (found.rejection) return found;
  const ticket = found.counter.ticketId === undefined ? undefined : state.tickets.get(found.counter.ticketId);
  if (ticket === undefined)
    return { rejection: { code: found.counter.status === 'closed' ? 'counter-not-open' : 'counter-has-no-ticket' } };
  return { counter: found.counter, ticket };
}

/** Why this counter takes no ticket now, if it does not (rules K2, K3). */
export function whyNotFree(state: BranchDay, counter: Counter): Rejection | undefined {
  const blocked = whyNotTaking(counter);
  if (blocked !== undefined) return blocked;
  const inHand = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  return inHand === undefined ? undefined : { code: 'counter-busy', number: inHand.number };
}

/** The same, without looking at what is in hand. */
export function whyNotTaking(counter: Counter): Rejection | undefined {
  switch (counter.status) {
    case 'closed':
      return { code: 'counter-not-open' };
    case 'paused':
      return { code: 'counter-paused' };
    case 'closing':
      return { code: 'counter-closing' };
    case 'opening':
      return { code: 'counter-opening', readyAt: counter.readyAt ?? counter.since };
    case 'open':
      return undefined;
  }
}

/** Rule K2: a closing counter closes once it has nobody in hand. To be added when a ticket leaves its counter. */
export function closingEvents(state: BranchDay, ticket: Ticket, context: CommandContext): DomainEvent[] {
  const counter = ticket.counterId === undefined ? undefined : state.counters.get(ticket.counterId);
  if (counter?.status !== 'closing' || counter.ticketId !== ticket.id) return [];
  return [{ type: 'CounterClosed', ...fact(context), counterId: counter.id }];
}

export function labelOf(state: BranchDay, counterId: CounterId | undefined): string {
  return counterId === undefined ? '' : (state.index.counters.get(counterId)?.label ?? '');
}
