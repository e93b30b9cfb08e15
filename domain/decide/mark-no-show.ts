import type { CommandContext, ExpireCall, MarkNoShow } from '../commands.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { noShowAt } from '../timers.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { closingEvents, ticketInHand } from './guards.ts';

/** Rule C5. */
export function markNoShow(state: BranchDay, command: MarkNoShow, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { call, status } = found.ticket;
  if (status !== 'called' || call === undefined) return refuse({ code: 'not-called', status });
  const wait = call.at + state.config.calling.noShowAfterSeconds * 1000 - context.now;
  if (call.times < 2 && wait > 0) return refuse({ code: 'no-show-too-soon', seconds: Math.ceil(wait / 1000) });
  return missed(state, found.ticket, call.callId, context);
}

/** Rules C6, T1. */
export function expireCall(state: BranchDay, command: ExpireCall, context: CommandContext): Decision {
  for (const { ticketId } of state.counters.values()) {
    const ticket = ticketId === undefined ? undefined : state.tickets.get(ticketId);
    if (ticket?.call?.callId !== command.callId) continue;
    const due = noShowAt(state, ticket);
    if (due !== undefined && context.now >= due) return missed(state, ticket, command.callId, context);
  }
  return refuse({ code: 'timer-out-of-date' });
}

function missed(state: BranchDay, ticket: Ticket, callId: string, context: CommandContext): Decision {
  return accept(
    { type: 'TicketMissed', ...fact(context), ticketId: ticket.id, callId },
    ...closingEvents(state, ticket, context),
  );
}
