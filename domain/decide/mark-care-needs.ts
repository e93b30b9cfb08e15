import type { CommandContext, MarkCareNeeds } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findTicket, hasEnded } from './guards.ts';

/** Rule Q11. */
export function markCareNeeds(state: BranchDay, command: MarkCareNeeds, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (hasEnded(ticket)) return refuse({ code: 'ticket-ended', status: ticket.status });
  const careNeeds = [...new Set(command.careNeeds)];
  if (careNeeds.some((need) => !state.index.careNeeds.has(need))) return refuse({ code: 'unknown-care-need' });
  const same =
    careNeeds.length === ticket.careNeeds.length && careNeeds.every((need) => ticket.careNeeds.includes(need));
  if (same) return refuse({ code: 'nothing-would-change' });
  return accept({ type: 'CareNeedsMarked', ...fact(context), ticketId: ticket.id, careNeeds });
}
