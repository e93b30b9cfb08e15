import type {
  EffectMeasured,
  HoursExtended,
  ProposalApproved,
  ProposalDismissed,
  ProposalExpired,
  WindowProposed,
  WindowsReviewed,
} from '../events.ts';
import type { CommandId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import type { Proposal } from './proposal.ts';

export type FloatingEvent =
  | WindowsReviewed
  | WindowProposed
  | ProposalApproved
  | ProposalDismissed
  | ProposalExpired
  | HoursExtended
  | EffectMeasured;

/** What `evolve` does with the events of proposals; what they do to a counter comes in events of its own. */
export function keep({ floating }: BranchDay, event: FloatingEvent): void {
  const change = (changes: Partial<Proposal>) => {
    if (!('proposalId' in event)) return;
    const before = floating.proposals.get(event.proposalId);
    if (before === undefined) throw new Error(`the log speaks of ${event.proposalId}, which is not there`);
    floating.proposals.set(before.id, { ...before, ...changes });
  };
  switch (event.type) {
    case 'WindowsReviewed':
      floating.reviewedAt = event.at;
      floating.plan = event.plan ?? floating.plan;
      return;
    case 'WindowProposed': {
      const { proposalId: id, kind, counterId, tellerId, profile, until, policy, reason, promised, expiresAt } = event;
      const what = { id, kind, counterId, tellerId, profile, until, policy, reason, promised };
      floating.proposals.set(id, { ...what, proposedAt: event.at, expiresAt, status: 'pending' });
      return;
    }
    case 'ProposalApproved':
      floating.approvals.set(event.proposalId, event.commandId);
      return change({ status: 'approved', settledAt: event.at });
    case 'ProposalDismissed':
      return change({ status: 'dismissed', settledAt: event.at, dismissReason: event.reason });
    case 'ProposalExpired':
      return change({ status: 'expired', settledAt: event.at });
    case 'HoursExtended':
      floating.closesAt = event.until;
      floating.openUntil = event.until;
      return;
    case 'EffectMeasured':
      return change({ came: event.came });
  }
}

/** Rule F13. Nothing when the command approved none. */
export function takeBackApprovals({ floating: { proposals, approvals } }: BranchDay, undone: CommandId): void {
  for (const [id, commandId] of approvals) {
    const approved = proposals.get(id);
    if (commandId !== undone || approved === undefined) continue;
    proposals.set(id, { ...approved, status: 'pending', settledAt: undefined });
    approvals.delete(id);
  }
}
