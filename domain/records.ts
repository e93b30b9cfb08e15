import type { CounterId, TicketId } from './ids.ts';
import type { Action, BranchDay, Counter, Ticket } from './state.ts';

/** How `evolve` changes the records of a branch day: a new record for the old one, which the action keeps for an undo. */

export function must<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the log speaks of ${name}, which is not there`);
  return value;
}

/**
 * Rule R10: a segment in which nobody waited starts level with the one that is furthest behind of those that wait, and
 * when nobody waits anywhere, with the one that is furthest ahead. To be asked before `ticket` joins the queue.
 */
export function levelRatio(state: BranchDay, { segment, status }: Ticket): void {
  if (status !== 'waiting' || state.queue.waitingIn(segment) > 0) return;
  const weight = (id: string) => state.index.segments.get(id)?.weight ?? 1;
  const shares = [...state.ratioCalls].map(([id, calls]) => ({ id, share: calls / weight(id) }));
  const waiting = shares.filter(({ id }) => state.queue.waitingIn(id) > 0).map(({ share }) => share);
  const level = waiting.length > 0 ? Math.min(...waiting) : Math.max(...shares.map(({ share }) => share));
  state.ratioCalls.set(segment, Math.max(state.ratioCalls.get(segment) ?? 0, level * weight(segment)));
}

/** Puts a ticket's new record in, and keeps the queue in step with it. */
export function putTicket(state: BranchDay, ticket: Ticket): void {
  const before = state.tickets.get(ticket.id);
  if (before?.status === 'waiting') state.queue.remove(before);
  state.tickets.set(ticket.id, ticket);
  if (ticket.status === 'waiting') state.queue.insert(ticket);
}

export function changeTicket(
  state: BranchDay,
  action: Action | undefined,
  id: TicketId,
  changes: Partial<Ticket>,
): void {
  const before = must(state.tickets.get(id), id);
  if (action !== undefined && !action.tickets.has(id)) action.tickets.set(id, before);
  const after: Ticket = { ...before, ...changes, touched: state.seq };
  levelRatio(state, after);
  putTicket(state, after);
}

export function changeCounter(
  state: BranchDay,
  action: Action | undefined,
  id: CounterId,
  changes: Partial<Counter>,
): void {
  const before = must(state.counters.get(id), id);
  if (action !== undefined && !action.counters.has(id)) action.counters.set(id, before);
  state.counters.set(id, { ...before, ...changes, touched: state.seq });
}
