import type { CommandContext, PrioritiseTicket } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findTicket } from './guards.ts';

/** Rule P1. */
export function prioritiseTicket(state: BranchDay, command: PrioritiseTicket, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (ticket.status !== 'waiting') return refuse({ code: 'ticket-not-waiting', status: ticket.status });
  if (ticket.prioritised !== undefined) return refuse({ code: 'already-prioritised' });
  return accept({ type: 'TicketPrioritised', ...fact(context), ticketId: ticket.id, reason: command.reason });
}
