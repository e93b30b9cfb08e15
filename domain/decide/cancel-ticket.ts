import type { CancelTicket, CommandContext } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { closingEvents, findTicket, hasEnded } from './guards.ts';

/** Rule Q7. */
export function cancelTicket(state: BranchDay, command: CancelTicket, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (hasEnded(ticket)) return refuse({ code: 'ticket-ended', status: ticket.status });
  if (ticket.status === 'serving') return refuse({ code: 'ticket-being-served' });
  return accept(
    { type: 'TicketCancelled', ...fact(context), ticketId: ticket.id, reason: command.reason },
    ...closingEvents(state, ticket, context),
  );
}
