import { isKept, PROMISE_MARGINS } from '../../domain/floating/promise-kept.ts';
import type { Proposal } from '../../domain/floating/proposal.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { EffectFigure, EffectReport, PromiseKept } from '../../protocol/reports.ts';
import type { EventStore } from '../ports.ts';
import { readDay } from './read-day.ts';

/** What came of the proposals of one day, beside what they promised (rule F12). Rejects when the store is away. */
export async function effectsOfDay(store: EventStore, branchId: BranchId, day: BusinessDay): Promise<EffectReport> {
  const byItself = new Set<string>();
  const because = new Map<string, 'time' | 'overtaken'>();
  const state = await readDay(store, branchId, day, (_, event) => {
    if (event.type === 'ProposalApproved' && event.by === 'system') byItself.add(event.proposalId);
    if (event.type === 'ProposalExpired') because.set(event.proposalId, event.why);
  });
  const proposals = [...(state?.floating.proposals.values() ?? [])];
  const count = (status: Proposal['status']) => proposals.filter((proposal) => proposal.status === status).length;
  const reasons = [...because.values()];
  const measured = proposals.flatMap(({ promised, came }) => (promised && came ? [{ promised, came }] : []));
  const keptOf = (figure: EffectFigure) =>
    kept(
      figure,
      measured.map(({ promised, came }) => ({ promised: promised.after[figure], came: came[figure] })),
    );
  return {
    branchId,
    day,
    proposals: proposals.map((proposal) => {
      const expiredBecause = because.get(proposal.id);
      return {
        ...proposal,
        ...(byItself.has(proposal.id) && { byItself: true as const }),
        ...(expiredBecause && { expiredBecause }),
      };
    }),
    approved: count('approved'),
    byItself: byItself.size,
    dismissed: countsOf(proposals.flatMap(({ dismissReason }) => dismissReason ?? [])),
    expired: {
      time: reasons.filter((why) => why === 'time').length,
      overtaken: reasons.filter((why) => why === 'overtaken').length,
    },
    measured: measured.length,
    ...(measured.length > 0 && {
      kept: { waiting: keptOf('waiting'), mean: keptOf('mean'), longest: keptOf('longest') },
    }),
  };
}

function kept(
  figure: EffectFigure,
  pairs: readonly { readonly promised: number; readonly came: number }[],
): PromiseKept {
  const average = (of: (pair: { readonly promised: number; readonly came: number }) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  return {
    held: average(({ promised, came }) => (isKept(figure, promised, came) ? 1 : 0)),
    margin: PROMISE_MARGINS[figure],
    bias: average(({ promised, came }) => came - promised),
    error: average(({ promised, came }) => Math.abs(came - promised)),
  };
}

function countsOf<T extends string>(items: readonly T[]): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}
