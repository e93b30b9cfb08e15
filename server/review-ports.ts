import type { BranchId, BusinessDay } from '../domain/ids.ts';
import type { Month } from '../domain/reviews/months.ts';
import type { PeriodQuery, PeriodReport } from '../protocol/period-report.ts';
import type { ComplaintFacts, Meeting, ReviewAction, ReviewPack, SuggestionFacts } from '../protocol/reviews.ts';
import type { Rating } from './rating-ports.ts';

/** What reviews need: where they are kept, and what a month is told from. */

export type BranchAction = ReviewAction & { readonly branchId: BranchId };

export interface ReviewRecords {
  /** With its meeting, both or none. @returns false when that month has one already: the first one stays */
  addPack(pack: ReviewPack, meeting: Meeting): Promise<boolean>;
  pack(branchId: BranchId, month: Month): Promise<ReviewPack | undefined>;
  /** Newest first, without their facts. */
  packs(branchId: BranchId): Promise<readonly (Pick<ReviewPack, 'madeAt' | 'meetingId'> & { readonly month: Month })[]>;
  addMeeting(meeting: Meeting): Promise<void>;
  meeting(branchId: BranchId, id: string): Promise<Meeting | undefined>;
  /** In the order in which they came to be. */
  meetings(branchId: BranchId): Promise<readonly Meeting[]>;
  /** Only where it is at the version before: of two who change it at once, one is told to look again. @returns whether it was */
  change(meeting: Meeting, actions?: readonly ReviewAction[]): Promise<boolean>;
  action(branchId: BranchId, id: string): Promise<ReviewAction | undefined>;
  /** By their day. */
  actions(branches: readonly BranchId[]): Promise<readonly BranchAction[]>;
  /** Only where it is in the state that it `was` in. */
  moveAction(branchId: BranchId, action: ReviewAction, was: ReviewAction['state']): Promise<boolean>;
}

/** Days are the branch's own, both included. */
export interface Period {
  readonly branches: readonly BranchId[];
  readonly from: BusinessDay;
  readonly to: BusinessDay;
}

/** The rooms that know what happened in a month. */
export interface ReviewSources {
  report(query: PeriodQuery): Promise<PeriodReport>;
  /** Of one branch and day. */
  ratingsOf(branchId: BranchId, day: BusinessDay): Promise<readonly Rating[]>;
  /** Of all these branches together. */
  complaints(period: Period): Promise<ComplaintFacts>;
  suggestions(period: Period): Promise<SuggestionFacts>;
}
