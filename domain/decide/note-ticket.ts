import type { CommandContext, NoteTicket } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findTicket, hasEnded } from './guards.ts';

/** Rule Q14. */
export function noteTicket(state: BranchDay, command: NoteTicket, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (hasEnded(ticket)) return refuse({ code: 'ticket-ended', status: ticket.status });
  const notes = [...new Set(command.notes)];
  const { notes: known = [] } = state.config;
  if (notes.some((note) => !known.some(({ id }) => id === note))) return refuse({ code: 'unknown-reason' });
  const same = notes.length === ticket.notes.length && notes.every((note) => ticket.notes.includes(note));
  if (same) return refuse({ code: 'nothing-would-change' });
  return accept({ type: 'TicketNoted', ...fact(context), ticketId: ticket.id, notes });
}
