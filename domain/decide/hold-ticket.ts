import type { CommandContext, HoldTicket, ReturnToQueue } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { closingEvents, ticketInHand } from './guards.ts';

export function holdTicket(state: BranchDay, command: HoldTicket, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  if (!state.config.holdReasons.some(({ id }) => id === command.reason)) return refuse({ code: 'unknown-reason' });
  return accept(
    { type: 'TicketHeld', ...fact(context), ticketId: found.ticket.id, reason: command.reason },
    ...closingEvents(state, found.ticket, context),
  );
}

/** Rule Q4. */
export function returnToQueue(state: BranchDay, command: ReturnToQueue, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  return accept(
    { type: 'TicketReturned', ...fact(context), ticketId: found.ticket.id },
    ...closingEvents(state, found.ticket, context),
  );
}
