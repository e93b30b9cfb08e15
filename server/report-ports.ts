import type { DayRecord } from '../domain/figures/facts.ts';
import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';

/** One kept day, as it was written: whoever sums them up reads them elsewhere than in the thread of the hall. */
export interface FactsText {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  /** JSON of `FactsOfDay`. */
  readonly facts: string;
}

/** The facts of finished days (domain/figures). */
export interface DayFactsStore {
  /** Replaces what is kept of the day. */
  put(branchId: BranchId, day: BusinessDay, record: DayRecord, madeAt: Instant): Promise<void>;
  /** Days from `from` to `to`, both included, in pieces of some weeks, so that the commits of the hall come in between. */
  texts(branchIds: readonly BranchId[], from: BusinessDay, to: BusinessDay): AsyncIterable<readonly FactsText[]>;
  /** JSON of `TicketsOfDay` of one day; nothing when it is not kept. */
  tickets(branchId: BranchId, day: BusinessDay): Promise<string | undefined>;
  /** The days that are kept in the present form, oldest first. */
  days(branchId: BranchId): Promise<readonly BusinessDay[]>;
  /** The kept days of these branches that are nearest before `from` and after `to`. */
  nearest(
    branchIds: readonly BranchId[],
    from: BusinessDay,
    to: BusinessDay,
  ): Promise<{ readonly before?: BusinessDay; readonly after?: BusinessDay }>;
}
