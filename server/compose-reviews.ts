import type { RequestHandler, Router } from 'express';
import type { Text } from '../domain/config.ts';
import type { BranchId } from '../domain/ids.ts';
import type { PeriodQuery, PeriodReport } from '../protocol/period-report.ts';
import { auditNames } from './audit/names.ts';
import type { RecordParts } from './compose-record.ts';
import type { Ask } from './identity/ask.ts';
import { PublicHolidays } from './public-holidays.ts';
import type { ReviewSources } from './review-ports.ts';
import { Reviews } from './reviews/reviews.ts';
import { reviewsApi } from './reviews/reviews-api.ts';
import { complaintsOf, suggestionsOf, zonesOf } from './reviews/sources.ts';

export interface ReviewRoomParts extends Pick<RecordParts, 'branches' | 'database' | 'clock' | 'jobs' | 'log'> {
  readonly reportOf: (query: PeriodQuery) => Promise<PeriodReport>;
  /** As the bank calls them now. */
  readonly rootCauses: readonly { readonly id: string; readonly name: Text }[];
}

export interface ReviewRoom {
  readonly reviews: Reviews;
  readonly api: (tools: { readonly ask: Ask; readonly readBody: RequestHandler }) => Router;
  readonly start: () => Promise<void>;
}

/** The monthly packs with their meetings, and the report of the quarter. */
export function composeReviews({ reportOf, rootCauses, ...parts }: ReviewRoomParts): ReviewRoom {
  const { branches, database, jobs, log } = parts;
  const { reviews: records, identities } = database;
  const sources: ReviewSources = {
    report: reportOf,
    ratingsOf: (branchId, day) => database.ratings.ofDay(branchId, day),
    complaints: (period) => complaintsOf(database.cases, zonesOf(branches, period), rootCauses),
    suggestions: (period) => suggestionsOf(database.inbox, zonesOf(branches, period)),
  };
  const namesOf = async (branchId: BranchId | undefined) => {
    const { people } = await auditNames({ branches, identities }, branchId);
    const staff = branchId === undefined ? [...branches.values()].flatMap((branch) => branch.staff) : [];
    return Object.fromEntries([...staff, ...people].map(({ id, name }) => [id, name]));
  };
  const reviews = new Reviews({ ...parts, records, sources, namesOf, holidays: new PublicHolidays(log) });
  return {
    reviews,
    api: (tools) => reviewsApi({ ...tools, reviews, branches }),
    start: () => reviews.packs.keepMaking(jobs),
  };
}
