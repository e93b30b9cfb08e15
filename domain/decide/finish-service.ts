import type { CommandContext, FinishService, Outcome } from '../commands.ts';
import type { ServiceFinished } from '../events.ts';
import { counterCanDo } from '../routing/skills.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { accept, fact, refuse, type Decision, type Draft } from './decision.ts';
import { closingEvents, ticketInHand } from './guards.ts';

export function finishService(state: BranchDay, command: FinishService, context: CommandContext): Decision {
  const found = ticketInHand(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (ticket.status !== 'serving') return refuse({ code: 'not-serving', status: ticket.status });
  return accept(finishedEvent(state, ticket, command.outcome, context), ...closingEvents(state, ticket, context));
}

/** Rule Q5. */
export function finishedEvent(
  state: BranchDay,
  ticket: Ticket,
  outcome: Outcome,
  context: CommandContext,
): ServiceFinished {
  const counterId = ticket.counterId ?? '';
  const { services } = ticket;
  if (services.length === 0) throw new Error(`ticket ${ticket.number} is served without a service`);
  const undoable = services.findIndex((service, place) => place > 0 && !counterCanDo(state, counterId, service));
  const served = undoable < 0 ? services : services.slice(0, undoable);
  const remaining = undoable < 0 ? [] : services.slice(undoable);
  const finished: Draft<ServiceFinished> = {
    type: 'ServiceFinished',
    ...fact(context),
    ticketId: ticket.id,
    outcome,
    served,
    remaining,
  };
  if (remaining.length > 0) finished.remainingSegment = segmentFor(state, { ...ticket, services: remaining }).segment;
  return finished;
}
