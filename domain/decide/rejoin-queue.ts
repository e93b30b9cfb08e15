import type { CommandContext, RejoinQueue } from '../commands.ts';
import { mayRejoinUntil, rejoinCredit } from '../rejoin.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findTicket } from './guards.ts';

/** Rule Q8. */
export function rejoinQueue(state: BranchDay, command: RejoinQueue, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const until = mayRejoinUntil(state, found.ticket);
  if (until === undefined) return refuse({ code: 'ticket-not-missed', status: found.ticket.status });
  const { withinMinutes } = state.config.rejoin;
  if (context.now > until) return refuse({ code: 'rejoin-too-late', withinMinutes });
  const creditMs = rejoinCredit(state, found.ticket);
  return accept({ type: 'TicketRejoined', ...fact(context), ticketId: found.ticket.id, creditMs });
}
