import type { BranchId, BusinessDay, CounterId, TicketId } from '../../domain/ids.ts';
import { rateableUntil } from '../../domain/rating.ts';
import type { BranchDay, Ticket } from '../../domain/state.ts';
import type { Problem } from '../../protocol/messages.ts';
import type { RatingRefusal } from '../../protocol/rating-scale.ts';
import type { RatingReport } from '../../protocol/ratings.ts';
import type { Hosts } from '../hosts.ts';
import type { Clock } from '../ports.ts';
import { STORE_AWAY } from '../problems.ts';
import type { Rating, RatingRecords } from '../rating-ports.ts';

export type RatingAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: RatingRefusal }
  | { readonly ok: false; readonly problem: Problem };

/** Whose service is rated: the last customer of a counter, or the holder of a ticket. */
export type Rated =
  | { readonly channel: 'counter'; readonly counterId: CounterId; readonly number: string }
  | { readonly channel: 'phone'; readonly ticketId: TicketId };

type Said = Pick<Rating, 'score' | 'reasons' | 'dimensions'>;

/** Takes ratings for services of today, each once on each channel, and counts them. */
export class Ratings {
  constructor(private readonly parts: { records: RatingRecords; hosts: Hosts; clock: Clock }) {}

  async rate(branchId: BranchId, rated: Rated, said: Said): Promise<RatingAnswer> {
    const { records, hosts, clock } = this.parts;
    const today = await hosts.today(branchId);
    if (!today.ok) return today;
    const at = clock.now();
    try {
      const ticket = await today.host.look((state) => state && servedTicket(state, rated));
      if (ticket === undefined) return { ok: false, reason: 'not-served' };
      if (ticket.until < at) return { ok: false, reason: 'too-late' };
      const { channel } = rated;
      const kept = await records.add({ ...said, ...ticket.facts, branchId, day: today.host.day, channel, at });
      return kept ? { ok: true } : { ok: false, reason: 'rated-already' };
    } catch {
      return { ok: false, problem: STORE_AWAY };
    }
  }

  async report(branchId: BranchId, day: BusinessDay): Promise<RatingReport> {
    const ratings = await this.parts.records.ofDay(branchId, day);
    const scores = [1, 2, 3, 4, 5].map((score) => ratings.filter((rating) => rating.score === score).length);
    const count = ratings.length;
    const sum = ratings.reduce((all, { score }) => all + score, 0);
    return { branchId, day, count, scores, ...(count > 0 && { mean: sum / count }) };
  }
}

/** The ticket, if it was served to its end, and until when it can be rated. */
function servedTicket(state: BranchDay, rated: Rated) {
  const id = rated.channel === 'phone' ? rated.ticketId : state.counters.get(rated.counterId)?.lastServed?.ticketId;
  const ticket = state.tickets.get(id ?? '');
  if (ticket === undefined || (rated.channel === 'counter' && rated.number !== ticket.number)) return undefined;
  const until = rateableUntil(state, ticket);
  return until === undefined ? undefined : { until, facts: factsOf(ticket) };
}

function factsOf({ id: ticketId, segment, done: services, counterId, tellerId }: Ticket) {
  return { ticketId, segment, services, counterId, tellerId };
}
