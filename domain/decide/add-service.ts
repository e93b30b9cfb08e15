import type { AddService, CommandContext } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findTicket, hasEnded } from './guards.ts';

/** Rule Q10. */
export function addService(state: BranchDay, command: AddService, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (hasEnded(ticket)) return refuse({ code: 'ticket-ended', status: ticket.status });
  if (!state.index.services.has(command.service)) return refuse({ code: 'unknown-service' });
  if (ticket.services.includes(command.service)) return refuse({ code: 'service-already-on-ticket' });
  return accept({ type: 'ServiceAdded', ...fact(context), ticketId: ticket.id, service: command.service });
}
