import { escalatesAt } from './attention/task.ts';
import type { Command } from './commands.ts';
import { delaysOf } from './delay.ts';
import { hasReviews } from './floating/proposal.ts';
import type { Instant } from './ids.ts';
import { autoCalls } from './routing/auto-call.ts';
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

/** When a called customer is taken to have come (rule C11); nothing where the teller confirms it. */
export function arrivalAt({ config }: BranchDay, { status, call }: Ticket): Instant | undefined {
  const { arrivalSeconds } = config.calling;
  if (status !== 'called' || call === undefined || call.times > 1 || arrivalSeconds === undefined) return undefined;
  return call.lastAt + arrivalSeconds * 1000;
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
  for (const { counterId, due: at } of autoCalls(state))
    timers.push({ at, command: { type: 'CallWaiting', counterId, due: at } });
  for (const { id, ticketId, readyAt } of state.counters.values()) {
    if (readyAt !== undefined)
      timers.push({ at: readyAt, command: { type: 'OpenReadyCounter', counterId: id, readyAt } });
    const ticket = ticketId === undefined ? undefined : state.tickets.get(ticketId);
    const at = ticket && noShowAt(state, ticket);
    if (at !== undefined && ticket?.call !== undefined)
      timers.push({ at, command: { type: 'ExpireCall', callId: ticket.call.callId } });
    const comes = ticket && arrivalAt(state, ticket);
    if (comes !== undefined && ticket?.call !== undefined)
      timers.push({ at: comes, command: { type: 'AssumeArrival', callId: ticket.call.callId } });
  }
  for (const task of state.tasks.values()) {
    const at = state.closed ? undefined : escalatesAt(state, task);
    if (at !== undefined) timers.push({ at, command: { type: 'EscalateTask', taskId: task.id, due: at } });
  }
  for (const { ticketId, until } of delaysOf(state))
    timers.push({ at: until, command: { type: 'ExpireDelay', ticketId, until } });
  return timers;
}
