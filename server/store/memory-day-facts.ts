import { FACTS_FORM, type DayRecord } from '../../domain/figures/facts.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { DayFactsStore } from '../report-ports.ts';

interface Kept {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly record: DayRecord;
}

/** For tests and halls that keep nothing. */
export function memoryDayFacts(): DayFactsStore {
  let kept: Kept[] = [];
  const ofBranches = (branchIds: readonly BranchId[]) =>
    kept
      .filter(({ branchId, record }) => branchIds.includes(branchId) && record.facts.form === FACTS_FORM)
      .sort((one, other) => (one.day < other.day ? -1 : 1));
  const others = (branchId: BranchId, day: BusinessDay) =>
    kept.filter((each) => each.branchId !== branchId || each.day !== day);
  return {
    put(branchId, day, record) {
      kept = [...others(branchId, day), { branchId, day, record }];
      return Promise.resolve();
    },
    async *texts(branchIds, from, to) {
      const days = ofBranches(branchIds).filter(({ day }) => from <= day && day <= to);
      yield await Promise.resolve(
        days.map(({ branchId, day, record }) => ({ branchId, day, facts: JSON.stringify(record.facts) })),
      );
    },
    tickets(branchId, day) {
      const found = ofBranches([branchId]).find((each) => each.day === day);
      return Promise.resolve(found && JSON.stringify(found.record.tickets));
    },
    days: (branchId) => Promise.resolve(ofBranches([branchId]).map(({ day }) => day)),
    nearest(branchIds, from, to) {
      const days = ofBranches(branchIds).map(({ day }) => day);
      const before = days.filter((day) => day < from).at(-1);
      const after = days.find((day) => day > to);
      return Promise.resolve({ ...(before && { before }), ...(after && { after }) });
    },
  };
}
