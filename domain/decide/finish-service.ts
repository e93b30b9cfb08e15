import type { CommandContext, FinishService, Outcome } from '../commands.ts';
import type { ServiceFinished } from '../events.ts';
import { counterCanDo } from '../routing/skills.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
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
  const [current, ...others] = ticket.services;
  const undoable = others.findIndex((service) => !counterCanDo(state, counterId, service));
  const remaining = undoable < 0 ? [] : others.slice(undoable);
  const served = ticket.services.slice(0, ticket.services.length - remaining.length);
  if (current === undefined) throw new Error(`ticket ${ticket.number} is served without a service`);
  return {
    ...fact(context),
    type: 'ServiceFinished',
    ticketId: ticket.id,
    outcome,
    served,
    remaining,
    ...(remaining.length > 0 && { remainingSegment: segmentFor(state, { ...ticket, services: remaining }).segment }),
  };
}
