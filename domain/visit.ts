import type { CareNeedId, CounterId, Instant, SegmentId, ServiceId, StaffId, TicketId, TierId } from './ids.ts';
import type { EndReason, Period, Ticket } from './state.ts';

/** The record of a ticket that has ended. */
export interface Visit {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  readonly careNeeds: readonly CareNeedId[];
  readonly tier?: TierId | undefined;
  readonly status: 'finished' | 'missed' | 'cancelled' | 'expired';
  readonly reason?: EndReason | undefined;
  readonly issuedAt: Instant;
  readonly endedAt: Instant;
  /** All waiting together, without holds and absences, ms. */
  readonly waitedMs: number;
  /** All service together, ms. */
  readonly servedMs: number;
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
  /** The first quote, kept to be judged against `waitedMs`. */
  readonly quote?: Ticket['quote'];
  readonly periods: readonly Period[];
}

/** The visit of a ticket, or nothing while it goes on. */
export function visitOf(ticket: Ticket): Visit | undefined {
  const { status } = ticket;
  if (status !== 'finished' && status !== 'missed' && status !== 'cancelled' && status !== 'expired') return undefined;
  const total = (kind: Period['kind']) =>
    ticket.periods.reduce(
      (sum, period) => sum + (period.kind === kind ? (period.to ?? period.from) - period.from : 0),
      0,
    );
  const last = ticket.periods.at(-1);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    segment: ticket.segment,
    services: [...ticket.done, ...ticket.services],
    careNeeds: ticket.careNeeds,
    tier: ticket.tier,
    status,
    reason: ticket.endReason,
    issuedAt: ticket.issuedAt,
    endedAt: last?.to ?? last?.from ?? ticket.issuedAt,
    waitedMs: total('wait'),
    servedMs: total('serve'),
    counterId: ticket.counterId,
    tellerId: ticket.tellerId,
    quote: ticket.quote,
    periods: ticket.periods,
  };
}
