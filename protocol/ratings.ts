import { z } from 'zod';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import { RATING_DIMENSIONS, RATING_REASONS } from './rating-scale.ts';

/**
 * Ratings of a service, by whoever was served.
 * `POST /api/branches/:id/ratings`                  ← CounterRating, from the rating screen of a counter
 * `POST /api/branches/:id/tickets/:ticketId/rating` ← PhoneRating, from whoever holds the ticket's link
 * → `{ ok: true }`, or a problem with a reason: `rated-already`, `too-late`, `not-served`
 */

/** 5 is very satisfied, 1 very dissatisfied. */
const score = z.number().int().min(1).max(5);

export const counterRatingSchema = z.strictObject({
  /** Of the ticket that was served last at the counter: a rating that comes late is not the next customer's. */
  number: z.string().min(1).max(10),
  score,
  reasons: z.array(z.enum(RATING_REASONS)).max(RATING_REASONS.length).default([]),
});
export type CounterRating = z.input<typeof counterRatingSchema>;

export const phoneRatingSchema = z.strictObject({
  /** Of the service as a whole. */
  score,
  dimensions: z.partialRecord(z.enum(RATING_DIMENSIONS), score).default({}),
});
export type PhoneRating = z.input<typeof phoneRatingSchema>;

/** The ratings of one day, of all channels together. */
export interface RatingReport {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly count: number;
  /** Absent while nobody has rated. */
  readonly mean?: number | undefined;
  /** How many gave each score, from 1 to 5. */
  readonly scores: readonly number[];
}
