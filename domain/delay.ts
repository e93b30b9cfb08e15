import type { DelayConfig } from './config.ts';
import type { Instant, TicketId } from './ids.ts';
import type { BranchDay, Ticket } from './state.ts';

/** Customers who are not back yet and let others go first (rules Q12, Q13). */

/** Of days that were opened before there was a delay. */
const DEFAULT: DelayConfig = { minutes: 5, calledMinutes: 2, times: 2 };

export function delayRules(state: BranchDay): DelayConfig {
  return state.config.delay ?? DEFAULT;
}

/** Minutes that this ticket may be delayed now; nothing when it may not. */
export function mayDelayMinutes(state: BranchDay, { status, delayedUntil, delays }: Ticket): number | undefined {
  const { minutes, calledMinutes, times } = delayRules(state);
  if (delays >= times || delayedUntil !== undefined) return undefined;
  if (status === 'waiting') return minutes;
  return status === 'called' ? calledMinutes : undefined;
}

/** Delayed tickets, and when each is back by itself. */
export function* delaysOf(state: BranchDay): Generator<{ readonly ticketId: TicketId; readonly until: Instant }, void> {
  for (const ticketId of state.delayed) {
    const until = state.tickets.get(ticketId)?.delayedUntil;
    if (until !== undefined) yield { ticketId, until };
  }
}
