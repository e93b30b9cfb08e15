import type {
  BranchId,
  BusinessDay,
  CounterId,
  Instant,
  SegmentId,
  ServiceId,
  StaffId,
  TicketId,
} from '../domain/ids.ts';
import type { RatingDimension, RatingReason } from '../protocol/rating-scale.ts';

/** Where a rating came from. */
export type RatingChannel = 'counter' | 'phone';

/**
 * One rating, tied to the service and not to a person: who the customer was, only `customer_ticket` could say, and that is
 * erased on demand and by its time. Tellers are never shown single ones.
 */
export interface Rating {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly ticketId: TicketId;
  readonly channel: RatingChannel;
  readonly at: Instant;
  /** 1 to 5, as all scores. */
  readonly score: number;
  readonly reasons: readonly RatingReason[];
  readonly dimensions: Readonly<Partial<Record<RatingDimension, number>>>;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
}

export interface RatingRecords {
  /** @returns false when this ticket was rated on this channel already: the first one stays */
  add(rating: Rating): Promise<boolean>;
  /** In the order in which they came. */
  ofDay(branchId: BranchId, day: BusinessDay): Promise<readonly Rating[]>;
}
