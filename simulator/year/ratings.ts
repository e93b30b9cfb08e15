import {
  MINUTE,
  type CounterId,
  type Instant,
  type SegmentId,
  type ServiceId,
  type StaffId,
  type TicketId,
} from '../../domain/ids.ts';
import { rateableUntil } from '../../domain/rating.ts';
import type { BranchDay, Ticket } from '../../domain/state.ts';
import {
  DISSATISFIED,
  RATING_DIMENSIONS,
  type RatingDimension,
  type RatingReason,
} from '../../protocol/rating-scale.ts';
import { Chance } from '../chance.ts';

/** What customers say of a day: the longer they waited, the less they like it. */

export interface GivenRating {
  readonly ticketId: TicketId;
  readonly channel: 'counter' | 'phone';
  readonly at: Instant;
  /** 1 to 5. */
  readonly score: number;
  readonly reasons: readonly RatingReason[];
  readonly dimensions: Readonly<Partial<Record<RatingDimension, number>>>;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
}

/** Of those who were served to the end; whoever is not pleased answers more often. */
const ANSWERS = 0.22;
const ANSWERS_DISSATISFIED = 0.4;
const BY_PHONE = 0.3;
const PLEASED = 4.75;
/** So many minutes of waiting cost one point. */
const POINT_MINUTES = 14;
const SPREAD = 0.7;
/** How much one teller is liked more than another. */
const TELLER_SPREAD = 0.2;
const LONG_WAIT_MINUTES = 12;
const OTHER_REASONS: readonly RatingReason[] = ['slow', 'unclear', 'unfriendly'];

export function ratingsOf(end: BranchDay, seed: number): GivenRating[] {
  const chance = new Chance(seed, `${end.config.branchId} ${end.day} ratings`);
  const liked = new Map(
    end.config.staff.map(({ id }) => [id, TELLER_SPREAD * new Chance(seed, `${id} is liked`).normal()] as const),
  );
  return [...end.tickets.values()].flatMap((ticket) => {
    const until = rateableUntil(end, ticket);
    const mind = PLEASED + (liked.get(ticket.tellerId ?? '') ?? 0) + SPREAD * chance.normal();
    const score = scoreOf(mind - waitOf(ticket) / POINT_MINUTES);
    const answers = chance.happens(score <= DISSATISFIED ? ANSWERS_DISSATISFIED : ANSWERS);
    return until === undefined || !answers ? [] : [given(ticket, score, chance)];
  });
}

function given(ticket: Ticket, score: number, chance: Chance): GivenRating {
  const { id: ticketId, segment, done: services, counterId, tellerId, periods } = ticket;
  const served = periods.at(-1);
  const byPhone = chance.happens(BY_PHONE);
  const reason = waitOf(ticket) > LONG_WAIT_MINUTES ? 'long-wait' : chance.pick(OTHER_REASONS);
  return {
    ...{ ticketId, score, segment, services, counterId, tellerId },
    channel: byPhone ? 'phone' : 'counter',
    at: (served?.to ?? ticket.issuedAt) + Math.round(chance.between(0.1, byPhone ? 30 : 0.3) * MINUTE),
    reasons: !byPhone && score <= DISSATISFIED && reason !== undefined ? [reason] : [],
    dimensions: byPhone
      ? Object.fromEntries(RATING_DIMENSIONS.map((each) => [each, scoreOf(score + 0.6 * chance.normal())]))
      : {},
  };
}

function waitOf({ periods, issuedAt }: Ticket): number {
  const called = periods.find(({ kind }) => kind === 'call');
  return called === undefined ? 0 : (called.from - issuedAt) / MINUTE;
}

function scoreOf(mind: number): number {
  return Math.max(1, Math.min(5, Math.round(mind)));
}
