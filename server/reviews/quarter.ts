import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId } from '../../domain/ids.ts';
import { urgencyOf } from '../../domain/reviews/action.ts';
import { daysOf, monthsOf, type Quarter } from '../../domain/reviews/months.ts';
import { complaintRate, ranking } from '../../domain/reviews/ranking.ts';
import type { QuarterReport } from '../../protocol/reviews.ts';
import { businessDayAt } from '../business-day.ts';
import type { Clock } from '../ports.ts';
import type { BranchAction, ReviewRecords, ReviewSources } from '../review-ports.ts';

interface QuarterParts {
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly records: ReviewRecords;
  readonly sources: ReviewSources;
  readonly clock: Clock;
}

/** All branches over three months, as it stands now. Rejects when one of its sources is away. */
export async function quarterReport(
  { branches, records, sources, clock }: QuarterParts,
  quarter: Quarter,
): Promise<Omit<QuarterReport, 'names'>> {
  const ids = [...branches.keys()];
  const months = monthsOf(quarter);
  const period = { branches: ids, from: daysOf(months[0]).from, to: daysOf(months[2]).to };
  const [byBranch, byMonth, complaints, monthly, own, all] = await Promise.all([
    sources.report({ ...period, by: 'branch' }),
    sources.report({ ...period, by: 'month' }),
    sources.complaints(period),
    Promise.all(months.map((month) => sources.complaints({ branches: ids, ...daysOf(month) }))),
    Promise.all(ids.map((id) => sources.complaints({ ...period, branches: [id] }))),
    records.actions(ids),
  ]);
  const madeAt = clock.now();
  const todayOf = (id: BranchId) => businessDayAt(madeAt, branches.get(id)?.config.timeZone ?? 'UTC').day;
  const isLate = ({ branchId, state, due }: BranchAction) =>
    state !== 'done' && urgencyOf(due, todayOf(branchId)) === 'late';
  const rows = [...branches.values()].map(({ config: { branchId, name } }, place) => {
    const figures = byBranch.rows.find(({ key }) => key === branchId)?.figures;
    const received = own[place]?.received ?? 0;
    return {
      ...{ branchId, name, arrivals: figures?.arrivals ?? 0, called: figures?.wait.count ?? 0 },
      ...{ withinTarget: figures?.withinTarget ?? 0, p90Wait: figures?.wait.p90 ?? 0 },
      ratings: figures?.rating ?? { count: 0, mean: 0 },
      ...{ complaints: received, complaintRate: complaintRate(received, figures?.arrivals ?? 0) },
      late: all.filter((action) => action.branchId === branchId && isLate(action)).length,
    };
  });
  return {
    ...{ quarter, madeAt, totals: byBranch.totals, complaints },
    branches: ranking(rows),
    months: months.map((month, place) => {
      const figures = byMonth.rows.find(({ key }) => key === month)?.figures;
      return {
        ...{ month, arrivals: figures?.arrivals ?? 0, called: figures?.wait.count ?? 0 },
        ...{ withinTarget: figures?.withinTarget ?? 0, p90Wait: figures?.wait.p90 ?? 0 },
        rating: figures?.rating ?? { count: 0, mean: 0 },
        complaints: monthly[place]?.received ?? 0,
      };
    }),
    actions: all.filter((action) => action.state === 'escalated' || isLate(action)),
  };
}
