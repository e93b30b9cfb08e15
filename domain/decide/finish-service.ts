import type { CommandContext, FinishService } from '../commands.ts';
import { segmentAtCounters } from '../diversion/machines.ts';
import type { ChannelFailed, ServiceFinished } from '../events.ts';
import type { Rejection } from '../rejections.ts';
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
  const unknown = whyNotCode(state, ticket, command.code);
  if (unknown !== undefined) return refuse(unknown);
  return accept(endedEvent(state, ticket, command, context), ...closingEvents(state, ticket, context));
}

/** Rule C9: a code is one of those that the current service lists. */
export function whyNotCode(state: BranchDay, ticket: Ticket, code: string | undefined): Rejection | undefined {
  if (code === undefined) return undefined;
  const { outcomes = [] } = state.index.services.get(ticket.services[0] ?? '') ?? {};
  return outcomes.some(({ id }) => id === code) ? undefined : { code: 'unknown-reason' };
}

/** What becomes of the ticket in hand: it is finished, or the machine could not help and a person will (rule L4). */
export function endedEvent(
  state: BranchDay,
  ticket: Ticket,
  finish: Pick<FinishService, 'outcome' | 'code'>,
  context: CommandContext,
): ServiceFinished | ChannelFailed {
  const atMachine = state.index.counters.get(ticket.counterId ?? '')?.kind === 'device';
  const segment = atMachine && finish.outcome === 'not-possible' ? segmentAtCounters(state, ticket) : undefined;
  return segment === undefined
    ? finishedEvent(state, ticket, finish, context)
    : { type: 'ChannelFailed', ...fact(context), ticketId: ticket.id, segment };
}

/** Rule Q5. */
function finishedEvent(
  state: BranchDay,
  ticket: Ticket,
  { outcome, code }: Pick<FinishService, 'outcome' | 'code'>,
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
  if (code !== undefined) finished.code = code;
  if (remaining.length > 0) finished.remainingSegment = segmentFor(state, { ...ticket, services: remaining }).segment;
  return finished;
}
