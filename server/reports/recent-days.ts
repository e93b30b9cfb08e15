import type { DayRecord } from '../../domain/figures/facts.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import { dayAfter, dayBefore } from '../business-day.ts';
import type { Clock, Records } from '../ports.ts';
import type { DayMaker } from './day-maker.ts';
import type { BranchDayName } from './period/period-task.ts';

/** Days that are made for one report; the others are missing in it until their facts are there. */
const MOST_MADE = 40;

export interface MadeDay extends BranchDayName {
  readonly record: DayRecord;
}

interface RecentDaysParts {
  readonly records: Records;
  readonly maker: DayMaker;
  readonly clock: Clock;
  readonly todayOf: (branchId: BranchId) => BusinessDay;
}

/** Days whose facts are not kept yet: today's, and those that nobody got to. */
export class RecentDays {
  constructor(private readonly parts: RecentDaysParts) {}

  /** @param kept the days of each branch that are known already */
  async of(
    kept: ReadonlyMap<BranchId, ReadonlySet<BusinessDay>>,
    from: BusinessDay,
    to: BusinessDay,
  ): Promise<{ readonly made: readonly MadeDay[]; readonly missing: readonly BranchDayName[] }> {
    const { records, maker, clock } = this.parts;
    const unkept: BranchDayName[] = [];
    for (const [branchId, days] of kept)
      for (const day of await records.openedDays(branchId, dayBefore(from), dayAfter(to)))
        if (!days.has(day)) unkept.push({ branchId, day });
    const latestFirst = unkept.sort((one, other) => (one.day > other.day ? -1 : 1));
    const made: MadeDay[] = [];
    const missing = latestFirst.slice(MOST_MADE);
    for (const name of latestFirst.slice(0, MOST_MADE)) {
      const { branchId, day } = name;
      const now = day === this.parts.todayOf(branchId) ? clock.now() : undefined;
      const record = await maker.recordOf(branchId, day, now);
      if (record === undefined) missing.push(name);
      else made.push({ ...name, record });
    }
    return { made, missing };
  }

  /** The opened days that are nearest to a period. */
  async nearest(
    branchIds: readonly BranchId[],
    from: BusinessDay,
    to: BusinessDay,
  ): Promise<{ readonly before?: BusinessDay; readonly after?: BusinessDay }> {
    const { records, todayOf } = this.parts;
    const all = await Promise.all(
      branchIds.map((branchId) => records.openedDays(branchId, undefined, dayAfter(todayOf(branchId)))),
    );
    const opened = all.flat().sort();
    const before = opened.filter((day) => day < from).at(-1);
    const after = opened.find((day) => day > to);
    return { ...(before && { before }), ...(after && { after }) };
  }
}
