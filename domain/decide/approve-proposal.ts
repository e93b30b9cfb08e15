import type { ApproveProposal, CommandContext, DismissProposal } from '../commands.ts';
import type { DomainEvent } from '../events.ts';
import { mayClose, mayConvert, useAt } from '../floating/limits.ts';
import type { Proposal } from '../floating/proposal.ts';
import { MINUTE, type Instant } from '../ids.ts';
import type { Rejection } from '../rejections.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rules F4–F6. */
export function approveProposal(state: BranchDay, command: ApproveProposal, context: CommandContext): Decision {
  const found = findPending(state, command.proposalId, context.now);
  if ('rejection' in found) return refuse(found.rejection);
  const blocked = whyNotDone(state, found.proposal, context.now);
  if (blocked !== undefined) return refuse(blocked);
  const { id: proposalId } = found.proposal;
  return accept(
    { type: 'ProposalApproved', ...fact(context), proposalId },
    ...carryOut(state, found.proposal, context),
  );
}

export function dismissProposal(state: BranchDay, command: DismissProposal, context: CommandContext): Decision {
  const found = findPending(state, command.proposalId, context.now);
  if ('rejection' in found) return refuse(found.rejection);
  const { proposalId, reason } = command;
  return accept({ type: 'ProposalDismissed', ...fact(context), proposalId, reason });
}

function findPending(
  state: BranchDay,
  proposalId: string,
  now: Instant,
): { readonly proposal: Proposal } | { readonly rejection: Rejection } {
  const proposal = state.floating.proposals.get(proposalId);
  if (proposal === undefined) return { rejection: { code: 'unknown-proposal' } };
  const { status, expiresAt } = proposal;
  if (status === 'expired' || (status === 'pending' && now >= expiresAt))
    return { rejection: { code: 'proposal-expired' } };
  return status === 'pending' ? { proposal } : { rejection: { code: 'proposal-settled', status } };
}

type ToDo = Pick<Proposal, 'kind' | 'counterId' | 'tellerId' | 'profile' | 'until'>;

/** Why a proposal cannot be done as the hall is now, if it cannot. */
export function whyNotDone(state: BranchDay, proposal: ToDo, now: Instant): Rejection | undefined {
  return canBeDone(state, proposal, now) ? undefined : { code: 'proposal-overtaken' };
}

function canBeDone(state: BranchDay, { kind, counterId, tellerId, profile, until }: ToDo, now: Instant): boolean {
  const counter = counterId === undefined ? undefined : state.counters.get(counterId);
  switch (kind) {
    case 'open':
      return counterId !== undefined && tellerId !== undefined && useAt(state, counterId, tellerId, now) > 0;
    case 'close':
      return counter !== undefined && mayClose(state, counter, now);
    case 'convert':
      return counter !== undefined && counter.profile !== profile && mayConvert(state, counter, now);
    case 'extend-hours':
      return until !== undefined && now < (state.floating.closesAt ?? 0) && until > (state.floating.closesAt ?? until);
  }
}

/** Only for what `whyNotDone` has nothing against. */
export function carryOut(
  state: BranchDay,
  { kind, counterId = '', tellerId = '', profile = '', until = 0 }: ToDo,
  context: CommandContext,
): DomainEvent[] {
  const said = fact(context);
  switch (kind) {
    case 'open': {
      const readyAt = context.now + state.config.floating.openingMinutes * MINUTE;
      return [{ type: 'CounterOpening', ...said, counterId, tellerId, readyAt }];
    }
    case 'close': {
      const busy = state.counters.get(counterId)?.ticketId !== undefined;
      return [{ type: busy ? 'CounterClosing' : 'CounterClosed', ...said, counterId }];
    }
    case 'convert':
      return [{ type: 'WorkProfileSet', ...said, counterId, profile }];
    case 'extend-hours':
      return [{ type: 'HoursExtended', ...said, until }];
  }
}
