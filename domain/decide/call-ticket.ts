import type { CallTicket, CommandContext, ResumeTicket } from '../commands.ts';
import type { Why } from '../events.ts';
import type { Rejection } from '../rejections.ts';
import { countsFrom, mayRejoinUntil } from '../rejoin.ts';
import { counterCanDo } from '../routing/skills.ts';
import { limitsOf } from '../routing/targets.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { calledEvent } from './call-next.ts';
import { accept, refuse, type Decision } from './decision.ts';
import { findCounter, findTicket, labelOf, whyNotFree } from './guards.ts';

/** Rule C3. */
export function callTicket(state: BranchDay, command: CallTicket, context: CommandContext): Decision {
  return callChosen(state, command, context, { rule: 'chosen', reason: command.reason }, (ticket) => {
    if (ticket.status === 'waiting') return undefined;
    if (ticket.status === 'called' || ticket.status === 'serving')
      return { code: 'ticket-taken', label: labelOf(state, ticket.counterId) };
    const until = mayRejoinUntil(state, ticket);
    if (until === undefined) return { code: 'ticket-not-waiting', status: ticket.status };
    return context.now > until
      ? { code: 'rejoin-too-late', withinMinutes: state.config.rejoin.withinMinutes }
      : undefined;
  });
}

/** Rule Q6. */
export function resumeTicket(state: BranchDay, command: ResumeTicket, context: CommandContext): Decision {
  return callChosen(state, command, context, { rule: 'held' }, (ticket) =>
    ticket.status === 'held' ? undefined : { code: 'ticket-not-held', status: ticket.status },
  );
}

function callChosen(
  state: BranchDay,
  { counterId, ticketId }: Pick<CallTicket, 'counterId' | 'ticketId'>,
  context: CommandContext,
  why: Pick<Why, 'rule' | 'reason'>,
  whyNot: (ticket: Ticket) => Rejection | undefined,
): Decision {
  const place = findCounter(state, counterId);
  if (place.rejection) return refuse(place.rejection);
  const found = findTicket(state, ticketId);
  if (found.rejection) return refuse(found.rejection);
  const blocked =
    whyNotFree(state, place.counter) ?? whyNot(found.ticket) ?? missingSkill(state, place.counter, found.ticket);
  if (blocked !== undefined) return refuse(blocked);
  const { targetMs } = limitsOf(state, found.ticket.segment, found.ticket.careNeeds.length > 0);
  const waitedMs = Math.max(0, context.now - countsFrom(state, found.ticket, context.now));
  const { policy } = state.config.routing;
  return accept(calledEvent(place.counter, found.ticket, { ...why, policy, score: 0, waitedMs, targetMs }, context));
}

/** Rule K4. */
function missingSkill(state: BranchDay, counter: Counter, ticket: Ticket): Rejection | undefined {
  return counterCanDo(state, counter.id, ticket.services[0] ?? '') ? undefined : { code: 'skills-missing' };
}
