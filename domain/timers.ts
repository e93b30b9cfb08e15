import type { Command } from './commands.ts';
import { hasReviews } from './floating/proposal.ts';
import type { Instant } from './ids.ts';
import type { BranchDay, Ticket } from './state.ts';

export interface Timer {
  readonly at: Instant;
  readonly command: Command;
}

/** When a called ticket becomes a no-show by itself (rule C6). */
export function noShowAt(state: BranchDay, ticket: Ticket): Instant | undefined {
  if (ticket.status !== 'called' || ticket.call === undefined) return undefined;
  const { noShowSeconds, careNoShowSeconds } = state.config.calling;
  const seconds = ticket.careNeeds.length > 0 ? Math.max(noShowSeconds, careNoShowSeconds) : noShowSeconds;
  return ticket.call.lastAt + seconds * 1000;
}

/** When the hall is looked at next (rule F1); nothing while there is nothing to see. */
export function reviewAt(state: BranchDay): Instant | undefined {
  const { config, floating, counters, queue } = state;
  if (state.closed || !hasReviews(config)) return undefined;
  if (queue.size === 0 && [...counters.values()].every(({ status }) => status === 'closed')) return undefined;
  return floating.reviewedAt + config.floating.reviewSeconds * 1000;
}

/** Everything that falls due later, from the present state alone: a restart plans the same again (rule T1). */
export function timersOf(state: BranchDay): readonly Timer[] {
  const timers: Timer[] = [];
  const due = reviewAt(state);
  if (due !== undefined) timers.push({ at: due, command: { type: 'ReviewWindows', due } });
  for (const { id, ticketId, readyAt } of state.counters.values()) {
    if (readyAt !== undefined)
      timers.push({ at: readyAt, command: { type: 'OpenReadyCounter', counterId: id, readyAt } });
    const ticket = ticketId === undefined ? undefined : state.tickets.get(ticketId);
    const at = ticket && noShowAt(state, ticket);
    if (at !== undefined && ticket?.call !== undefined)
      timers.push({ at, command: { type: 'ExpireCall', callId: ticket.call.callId } });
  }
  return timers;
}
