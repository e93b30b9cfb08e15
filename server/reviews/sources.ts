import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId } from '../../domain/ids.ts';
import type { Text } from '../../domain/config.ts';
import type { ComplaintFacts, SuggestionFacts } from '../../protocol/reviews.ts';
import { dayAfter, instantOn } from '../business-day.ts';
import type { CaseRecords } from '../case-ports.ts';
import type { InboxCount, InboxRecords } from '../inbox-ports.ts';
import type { Period } from '../review-ports.ts';

/** Days of branches as instants. Branches of one network may lie in several time zones: each has days of its own. */
export function zonesOf(
  branches: ReadonlyMap<BranchId, Pick<LoadedBranch, 'config'>>,
  { branches: ids, from, to }: Period,
): readonly { readonly branches: readonly BranchId[]; readonly from: number; readonly until: number }[] {
  const zoneOf = (id: BranchId) => branches.get(id)?.config.timeZone ?? 'UTC';
  return [...new Set(ids.map(zoneOf))].map((zone) => ({
    branches: ids.filter((id) => zoneOf(id) === zone),
    from: instantOn(from, '00:00', zone),
    until: instantOn(dayAfter(to), '00:00', zone),
  }));
}

/** What was suggested, and what came of it until now. */
export async function suggestionsOf(
  inbox: Pick<InboxRecords, 'countsOf'>,
  zones: ReturnType<typeof zonesOf>,
): Promise<SuggestionFacts> {
  const counts = (await Promise.all(zones.map((zone) => inbox.countsOf(zone)))).flat();
  const sum = (of: (count: InboxCount) => boolean) => counts.filter(of).reduce((all, { count }) => all + count, 0);
  const isSuggestion = ({ nature }: InboxCount) => nature === 'suggestion';
  return {
    received: sum(isSuggestion),
    praise: sum(({ nature }) => nature === 'praise'),
    adopted: sum((count) => isSuggestion(count) && count.outcome === 'adopted'),
    planned: sum((count) => isSuggestion(count) && count.outcome === 'planned'),
    waiting: sum((count) => isSuggestion(count) && count.outcome === undefined),
  };
}

/** @param names of root causes; one that the bank has no more is called by its id */
export async function complaintsOf(
  cases: Pick<CaseRecords, 'countsOf'>,
  zones: ReturnType<typeof zonesOf>,
  names: readonly { readonly id: string; readonly name: Text }[],
): Promise<ComplaintFacts> {
  const counts = await Promise.all(zones.map((zone) => cases.countsOf(zone)));
  const sum = (of: 'received' | 'closed' | 'open' | 'late') => counts.reduce((all, { [of]: own }) => all + own, 0);
  const causes = new Map<string, number>();
  for (const { cause, count } of counts.flatMap(({ rootCauses }) => rootCauses))
    causes.set(cause, (causes.get(cause) ?? 0) + count);
  const nameOf = (cause: string): Text =>
    names.find(({ id }) => id === cause)?.name ?? { 'zh-CN': cause, 'zh-TW': cause, en: cause };
  return {
    ...{ received: sum('received'), closed: sum('closed'), open: sum('open'), late: sum('late') },
    rootCauses: [...causes].map(([cause, count]) => ({ cause, name: nameOf(cause), count })),
  };
}
