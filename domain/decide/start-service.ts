import type { AssumeArrival, CommandContext, StartService } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { arrivalAt } from '../timers.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { ticketInHand } from './guards.ts';

export function startService(state: BranchDay, command: StartService, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (ticket.status !== 'called') return refuse({ code: 'not-called', status: ticket.status });
  return accept({ type: 'ServiceStarted', ...fact(context), ticketId: ticket.id });
}

/** Rules C11, T1. */
export function assumeArrival(state: BranchDay, { callId }: AssumeArrival, context: CommandContext): Decision {
  for (const { ticketId } of state.counters.values()) {
    const ticket = ticketId === undefined ? undefined : state.tickets.get(ticketId);
    if (ticket?.call?.callId !== callId) continue;
    const due = arrivalAt(state, ticket);
    if (due !== undefined && context.now >= due)
      return accept({ type: 'ServiceStarted', ...fact(context), ticketId: ticket.id });
  }
  return refuse({ code: 'timer-out-of-date' });
}
