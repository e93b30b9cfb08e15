import type { CallNext, CallWaiting, CommandContext } from '../commands.ts';
import type { DomainEvent, TicketCalled, Why } from '../events.ts';
import { autoCallAt } from '../routing/auto-call.ts';
import { chooseNext } from '../routing/call-order.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { accept, fact, refuse, type Decision, type Draft } from './decision.ts';
import { endedEvent, whyNotCode } from './finish-service.ts';
import { closingEvents, findCounter, whyNotFree, whyNotTaking } from './guards.ts';

/** Rules C1, C2. */
export function callNext(state: BranchDay, command: CallNext, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  const inHand = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  if (command.finish !== undefined && inHand?.status === 'serving') {
    const unknown = whyNotCode(state, inHand, command.code);
    if (unknown !== undefined) return refuse(unknown);
    // A paused or closing counter finishes and takes nobody: the same key does what can be done.
    const events: DomainEvent[] = [endedEvent(state, inHand, { outcome: command.finish, code: command.code }, context)];
    if (whyNotTaking(counter) === undefined) events.push(...nextCall(state, counter, context));
    return accept(...events, ...closingEvents(state, inHand, context));
  }
  const blocked = whyNotFree(state, counter);
  if (blocked !== undefined) return refuse(blocked);
  const events = nextCall(state, counter, context);
  return events.length === 0 ? refuse({ code: 'queue-empty' }) : accept(...events);
}

/** Rules C10, T1. */
export function callWaiting(state: BranchDay, { counterId, due }: CallWaiting, context: CommandContext): Decision {
  const counter = state.counters.get(counterId);
  const isDue = counter !== undefined && autoCallAt(state, counter) === due && context.now >= due;
  const events = isDue ? nextCall(state, counter, context) : [];
  return events.length === 0 ? refuse({ code: 'timer-out-of-date' }) : accept(...events);
}

function nextCall(state: BranchDay, counter: Counter, context: CommandContext): TicketCalled[] {
  const next = chooseNext(state, counter.id, context.now);
  const ticket = next && state.tickets.get(next.choice.entry.ticketId);
  return next === undefined || ticket === undefined ? [] : [calledEvent(counter, ticket, next.why, context)];
}

export function calledEvent(counter: Counter, ticket: Ticket, why: Why, context: CommandContext): TicketCalled {
  const called: Draft<TicketCalled> = {
    type: 'TicketCalled',
    ...fact(context),
    ticketId: ticket.id,
    number: ticket.number,
    callId: context.newId,
    counterId: counter.id,
    why,
  };
  if (counter.tellerId !== undefined) called.tellerId = counter.tellerId;
  return called;
}
