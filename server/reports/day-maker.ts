import type { LoadedBranch } from '../../config/branch.schema.ts';
import { dayRecordOf } from '../../domain/figures/day-record.ts';
import type { DayRecord } from '../../domain/figures/facts.ts';
import type { BranchId, BusinessDay, Instant } from '../../domain/ids.ts';
import type { EventStore } from '../ports.ts';
import type { RatingRecords } from '../rating-ports.ts';
import { localHalfHours } from './local-half-hours.ts';

interface DayMakerParts {
  readonly store: EventStore;
  readonly ratings: RatingRecords;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
}

/** Makes the record of a day from its log and its ratings. */
export class DayMaker {
  constructor(private readonly parts: DayMakerParts) {}

  /**
   * Rejects when the store is away.
   * @param now of a day that is not over
   * @returns nothing when the day has no log
   */
  async recordOf(branchId: BranchId, day: BusinessDay, now?: Instant): Promise<DayRecord | undefined> {
    const { store, ratings, branches } = this.parts;
    const timeZone = branches.get(branchId)?.config.timeZone ?? 'UTC';
    const events = (await store.read(branchId, day, 0)).flatMap((commit) => commit.events);
    if (events.length === 0) return undefined;
    return dayRecordOf(events, {
      halfHours: localHalfHours(day, timeZone),
      ratings: await ratings.ofDay(branchId, day),
      ...(now !== undefined && { now }),
    });
  }
}
