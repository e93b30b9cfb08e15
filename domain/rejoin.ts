import { MINUTE, type Instant } from './ids.ts';
import type { BranchDay, Ticket } from './state.ts';

/** Until when a missed ticket may come back (rule Q8); nothing when it was not missed. */
export function mayRejoinUntil(state: BranchDay, ticket: Ticket): Instant | undefined {
  const missedAt = ticket.status === 'missed' ? ticket.periods.at(-1)?.from : undefined;
  return missedAt === undefined ? undefined : missedAt + state.config.rejoin.withinMinutes * MINUTE;
}

/** The waiting time that it keeps (rule Q8), in ms. */
export function rejoinCredit(state: BranchDay, ticket: Ticket): number {
  const waits = ticket.periods.filter(({ kind }) => kind === 'wait');
  const waited = waits.reduce((sum, { from, to = from }) => sum + to - from, 0);
  return Math.round(waited * state.config.rejoin.creditShare);
}

/** From when the wait of a ticket counts if it is called now (rules Q2, Q8): one that was missed keeps its share only. */
export function countsFrom(state: BranchDay, ticket: Ticket, now: Instant): Instant {
  return ticket.status === 'missed' ? now - rejoinCredit(state, ticket) : ticket.waitingSince;
}
