import type { CommandContext, StartService } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { ticketInHand } from './guards.ts';

export function startService(state: BranchDay, command: StartService, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (ticket.status !== 'called') return refuse({ code: 'not-called', status: ticket.status });
  return accept({ type: 'ServiceStarted', ...fact(context), ticketId: ticket.id });
}
