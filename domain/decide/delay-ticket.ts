import type { CommandContext, DelayTicket, EndDelay, ExpireDelay } from '../commands.ts';
import { mayDelayMinutes } from '../delay.ts';
import { MINUTE, type TicketId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { closingEvents, findTicket } from './guards.ts';

/** Rules Q12, Q13. */
export function delayTicket(state: BranchDay, command: DelayTicket, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  const { id: ticketId, status, delays, delayedUntil } = ticket;
  if (status !== 'waiting' && status !== 'called') return refuse({ code: 'ticket-not-waiting', status });
  if (delayedUntil !== undefined) return refuse({ code: 'nothing-would-change' });
  const minutes = mayDelayMinutes(state, ticket);
  if (minutes === undefined) return refuse({ code: 'delay-limit', times: delays });
  const until = context.now + minutes * MINUTE;
  return accept({ type: 'TicketDelayed', ...fact(context), ticketId, until }, ...closingEvents(state, ticket, context));
}

export function endDelay(state: BranchDay, command: EndDelay, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { status, delayedUntil } = found.ticket;
  if (status !== 'waiting') return refuse({ code: 'ticket-not-waiting', status });
  return delayedUntil === undefined ? refuse({ code: 'nothing-would-change' }) : ended(command.ticketId, context);
}

/** Rule T1. */
export function expireDelay(state: BranchDay, command: ExpireDelay, context: CommandContext): Decision {
  const due = state.tickets.get(command.ticketId)?.delayedUntil;
  const holds = due !== undefined && due === command.until && context.now >= due;
  return holds ? ended(command.ticketId, context) : refuse({ code: 'timer-out-of-date' });
}

function ended(ticketId: TicketId, context: CommandContext): Decision {
  return accept({ type: 'DelayEnded', ...fact(context), ticketId });
}
