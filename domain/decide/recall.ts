import type { CommandContext, Recall } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { ticketInHand } from './guards.ts';

/** Rule C4. */
export function recall(state: BranchDay, command: Recall, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (ticket.status !== 'called' || ticket.call === undefined)
    return refuse({ code: 'not-called', status: ticket.status });
  const { recallAfterSeconds, maxRecalls } = state.config.calling;
  if (ticket.call.times > maxRecalls) return refuse({ code: 'recall-limit', times: maxRecalls });
  const wait = ticket.call.lastAt + recallAfterSeconds * 1000 - context.now;
  if (wait > 0) return refuse({ code: 'recall-too-soon', seconds: Math.ceil(wait / 1000) });
  return accept({ type: 'TicketRecalled', ...fact(context), ticketId: ticket.id, callId: ticket.call.callId });
}
