import type { OutOfTurnReason } from '../commands.ts';
import type { Locale } from '../config.ts';
import type { CareNeedId, CounterId, Instant, SegmentId, TicketId, TierId } from '../ids.ts';
import { mayRejoinUntil } from '../rejoin.ts';
import { limitsOf } from '../routing/targets.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import type { CounterState, QueueRow } from './views.ts';

/** Rows that the counter's and the manager's views share. */

export interface TicketMarks {
  readonly careNeeds: readonly CareNeedId[];
  /** What the lobby told the teller: ids of `BranchProfile.notes`. */
  readonly notes: readonly string[];
  readonly tier?: TierId | undefined;
  readonly appointmentAt?: Instant | undefined;
  readonly prioritised?: OutOfTurnReason | undefined;
  readonly language: Locale;
}

export interface HeldRow {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly counterId: CounterId;
  readonly reason: string;
  readonly since: Instant;
}

export interface MissedRow {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly missedAt: Instant;
  readonly mayRejoinUntil: Instant;
}

/** Missed tickets further back than this are of no use at a counter. */
const MISSED_SHOWN = 20;

export function marksOf({ careNeeds, notes, tier, appointmentAt, prioritised, language }: Ticket): TicketMarks {
  return { careNeeds, notes, tier, appointmentAt, prioritised, language };
}

export function queueRow(state: BranchDay, ticket: Ticket): QueueRow {
  const { id, number, segment, services, waitingSince, onlyCounter, adviser, delayedUntil } = ticket;
  return {
    ticketId: id,
    ...{ number, segment, services, waitingSince, onlyCounter, adviser, delayedUntil },
    ...limitsOf(state, segment, ticket.careNeeds.length > 0),
    ...marksOf(ticket),
  };
}

export function heldAndMissed(state: BranchDay, now: Instant): { held: HeldRow[]; missed: MissedRow[] } {
  const held: HeldRow[] = [];
  const missed: MissedRow[] = [];
  for (const ticket of state.tickets.values()) {
    const since = ticket.periods.at(-1)?.from ?? ticket.issuedAt;
    const { id: ticketId, number, segment } = ticket;
    if (ticket.status === 'held')
      held.push({
        ticketId,
        number,
        segment,
        counterId: ticket.counterId ?? '',
        reason: ticket.holdReason ?? '',
        since,
      });
    const until = mayRejoinUntil(state, ticket);
    if (until !== undefined && until >= now)
      missed.push({ ticketId, number, segment, missedAt: since, mayRejoinUntil: until });
  }
  missed.sort((one, other) => other.missedAt - one.missedAt);
  return { held, missed: missed.slice(0, MISSED_SHOWN) };
}

export function counterState({
  id,
  status,
  since,
  tellerId,
  profile,
  pauseReason,
  fault,
  readyAt,
}: Counter): CounterState {
  return { counterId: id, status, since, tellerId, profile, pauseReason, fault, readyAt };
}
