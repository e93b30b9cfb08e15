import { peopleAhead } from '../../domain/estimate/queue-length.ts';
import { waiterOf } from '../../domain/estimate/waiter.ts';
import type { Instant } from '../../domain/ids.ts';
import { mayRejoinUntil } from '../../domain/rejoin.ts';
import type { BranchDay, Ticket } from '../../domain/state.ts';
import type { NoticeKind } from '../notice-ports.ts';

/** As on the page: from here on it is time to come back to the hall. */
const NEAR = 2;

export interface DueNotice {
  readonly kind: NoticeKind;
  /** The same for the same occasion, in every process. */
  readonly id: string;
  readonly number: string;
  readonly label?: string | undefined;
}

/** What the customer of this ticket should be told, as the hall stands. */
export function dueNotice(state: BranchDay, ticket: Ticket): DueNotice | undefined {
  const { id, number, status, call, counterId, delayedUntil, periods } = ticket;
  // Missed and back again: what is told then is another occasion.
  const calls = periods.filter(({ kind }) => kind === 'call').length;
  if (status === 'called' && call !== undefined) {
    const label = state.index.counters.get(counterId ?? '')?.label;
    return { kind: 'called', id: `${call.callId} ${call.times}`, number, label };
  }
  if (status === 'missed') return { kind: 'missed', id: `${id} missed ${calls}`, number };
  const near = status === 'waiting' && delayedUntil === undefined && peopleAhead(state, waiterOf(ticket)) <= NEAR;
  return near ? { kind: 'near', id: `${id} near ${calls}`, number } : undefined;
}

/** Nothing more will be told. */
export function isOver(state: BranchDay, ticket: Ticket, now: Instant): boolean {
  if (ticket.status === 'missed') return state.closed || now > (mayRejoinUntil(state, ticket) ?? now);
  return ['finished', 'cancelled', 'expired'].includes(ticket.status);
}
