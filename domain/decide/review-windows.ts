import type { CommandContext, ReviewWindows } from '../commands.ts';
import type { DomainEvent, EffectMeasured, ProposalExpired, WindowProposed } from '../events.ts';
import { measured } from '../floating/outlook.ts';
import { promiseOf, segmentsFor } from '../floating/promise.ts';
import { OUTLOOK_MINUTES, pendingOf, type Proposal } from '../floating/proposal.ts';
import { wishesOf, type Wished } from '../floating/wishes.ts';
import { MINUTE, type Instant } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { reviewAt } from '../timers.ts';
import { carryOut, whyNotDone } from './approve-proposal.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rule F1: what is over is settled, what came of the others is measured, and what the policy wants now is proposed. */
export function reviewWindows(state: BranchDay, { due }: ReviewWindows, context: CommandContext): Decision {
  const { now } = context;
  if (reviewAt(state) !== due || now < due) return refuse({ code: 'timer-out-of-date' });
  const over = pendingOf(state.floating).flatMap((proposal) => expiry(state, proposal, context));
  const pending = pendingOf(state.floating).filter(({ id }) => !over.some(({ proposalId }) => proposalId === id));
  const { wished, plan } = wishesOf(state, now, pending);
  return accept(
    { type: 'WindowsReviewed', ...fact(context), ...(plan !== undefined && { plan }) },
    ...over,
    ...measurements(state, context, now - OUTLOOK_MINUTES * MINUTE),
    ...wished.flatMap((wish, index) => proposed(state, wish, index, context)),
  );
}

/** Rule F6. */
function expiry(state: BranchDay, proposal: Proposal, context: CommandContext): ProposalExpired[] {
  const { id: proposalId, expiresAt } = proposal;
  if (context.now >= expiresAt) return [{ type: 'ProposalExpired', ...fact(context), proposalId, why: 'time' }];
  if (whyNotDone(state, proposal, context.now) === undefined) return [];
  return [{ type: 'ProposalExpired', ...fact(context), proposalId, why: 'overtaken' }];
}

/** Rule F12: of the proposals that were approved until then and are not measured yet. */
export function measurements(state: BranchDay, context: CommandContext, approvedUntil: Instant): EffectMeasured[] {
  const events: EffectMeasured[] = [];
  for (const proposal of state.floating.proposals.values()) {
    const { id: proposalId, status, promised, came, settledAt = Infinity } = proposal;
    if (status !== 'approved' || promised === undefined || came !== undefined || settledAt > approvedUntil) continue;
    const outlook = measured(state, segmentsFor(state, proposal), settledAt, context.now);
    events.push({ type: 'EffectMeasured', ...fact(context), proposalId, came: outlook });
  }
  return events;
}

function proposed(state: BranchDay, wish: Wished, index: number, context: CommandContext): DomainEvent[] {
  const { now } = context;
  const { kind, counterId, tellerId, profile, until, reason } = wish;
  const { policy, mode, proposalMinutes } = state.config.floating;
  const event: WindowProposed = {
    type: 'WindowProposed',
    ...fact(context),
    proposalId: `p${state.floating.proposals.size + index + 1}`,
    kind,
    ...(counterId !== undefined && { counterId }),
    ...(tellerId !== undefined && { tellerId }),
    ...(profile !== undefined && { profile }),
    ...(until !== undefined && { until }),
    policy,
    reason,
    ...(kind !== 'extend-hours' && { promised: promiseOf(state, now, wish) }),
    expiresAt: now + proposalMinutes * MINUTE,
  };
  if (mode === 'advise') return [event];
  // Rule F7.
  const { proposalId } = event;
  return [event, { type: 'ProposalApproved', ...fact(context), proposalId }, ...carryOut(state, wish, context)];
}
