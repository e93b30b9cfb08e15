import type { DomainEvent } from './events.ts';
import type { CounterId, Instant, TicketId } from './ids.ts';
import type { Action, BranchDay, Counter, Period, Ticket } from './state.ts';

/** How `evolve` changes the records of a branch day. */

export function must<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the log speaks of ${name}, which is not there`);
  return value;
}

/**
 * Rule R10: a segment in which nobody waited starts level with the one that is furthest behind of those that wait, and
 * when nobody waits anywhere, with the one that is furthest ahead. To be asked before `ticket` joins the queue.
 */
export function levelRatio(state: BranchDay, ticket: Ticket): void {
  const { segment } = ticket;
  if (!isQueued(ticket) || state.config.routing.policy !== 'ratio' || state.queue.waitingIn(segment) > 0) return;
  const weight = (id: string) => state.index.segments.get(id)?.weight ?? 1;
  const shares = [...state.ratioCalls].map(([id, calls]) => ({ id, share: calls / weight(id) }));
  const waiting = shares.filter(({ id }) => state.queue.waitingIn(id) > 0).map(({ share }) => share);
  const level = waiting.length > 0 ? Math.min(...waiting) : Math.max(...shares.map(({ share }) => share));
  state.ratioCalls.set(segment, Math.max(state.ratioCalls.get(segment) ?? 0, level * weight(segment)));
}

/** Whether it can be called in its turn: one that is delayed waits outside the queue (rule Q1). */
function isQueued({ status, delayedUntil }: Ticket): boolean {
  return status === 'waiting' && delayedUntil === undefined;
}

/** Puts a ticket's new record in, and keeps the queue in step with it. */
export function putTicket(state: BranchDay, ticket: Ticket): void {
  const before = state.tickets.get(ticket.id);
  if (before !== undefined && isQueued(before)) state.queue.remove(before);
  state.tickets.set(ticket.id, ticket);
  if (isQueued(ticket)) state.queue.insert(ticket);
  if (ticket.delayedUntil !== undefined) state.delayed.add(ticket.id);
  else if (state.delayed.size > 0) state.delayed.delete(ticket.id);
}

/** Every key is there, also of what is not there yet, and it is still being written. */
type Full<T> = { -readonly [Key in keyof Required<T>]: T[Key] };

/**
 * A copy. Written out, and not by a spread: so all records have one shape for V8, and a copy costs about 50 ns; by a
 * spread it costs twenty times that, and this is most of what an event costs.
 */
export function ticketRecord(ticket: Ticket): Full<Ticket> {
  return {
    id: ticket.id,
    number: ticket.number,
    order: ticket.order,
    segment: ticket.segment,
    rule: ticket.rule,
    services: ticket.services,
    done: ticket.done,
    careNeeds: ticket.careNeeds,
    tier: ticket.tier,
    amount: ticket.amount,
    appointmentAt: ticket.appointmentAt,
    adviser: ticket.adviser,
    onlyCounter: ticket.onlyCounter,
    language: ticket.language,
    quote: ticket.quote,
    issuedAt: ticket.issuedAt,
    waitingSince: ticket.waitingSince,
    status: ticket.status,
    prioritised: ticket.prioritised,
    delayedUntil: ticket.delayedUntil,
    delays: ticket.delays,
    transferred: ticket.transferred,
    counterId: ticket.counterId,
    tellerId: ticket.tellerId,
    call: ticket.call,
    holdReason: ticket.holdReason,
    notes: ticket.notes,
    endReason: ticket.endReason,
    periods: ticket.periods,
    touched: ticket.touched,
  };
}

export function counterRecord(counter: Counter): Full<Counter> {
  return {
    id: counter.id,
    status: counter.status,
    since: counter.since,
    tellerId: counter.tellerId,
    profile: counter.profile,
    pauseReason: counter.pauseReason,
    readyAt: counter.readyAt,
    openedAt: counter.openedAt,
    profileSince: counter.profileSince,
    ticketId: counter.ticketId,
    fault: counter.fault,
    cannot: counter.cannot,
    tally: counter.tally,
    idleSince: counter.idleSince,
    autoCallSince: counter.autoCallSince,
    lastServed: counter.lastServed,
    touched: counter.touched,
  };
}

/** What one event changes: new records for old ones, which the action keeps for an undo. */
export class Edit {
  readonly #state: BranchDay;
  readonly #action: Action | undefined;
  readonly #at: Instant;
  readonly #what: DomainEvent['type'];

  constructor(state: BranchDay, action: Action | undefined, { at, type }: DomainEvent) {
    this.#state = state;
    this.#action = action;
    this.#at = at;
    this.#what = type;
  }

  before(id: TicketId): Ticket {
    return must(this.#state.tickets.get(id), id);
  }

  ticket(id: TicketId, changes: Partial<Ticket>): void {
    const before = this.before(id);
    keepOnce(this.#action?.tickets, before);
    const after = Object.assign(ticketRecord(before), changes);
    after.touched = this.#state.seq;
    levelRatio(this.#state, after);
    putTicket(this.#state, after);
  }

  counter(id: CounterId, changes: Partial<Counter>): void {
    const before = must(this.#state.counters.get(id), id);
    keepOnce(this.#action?.counters, before);
    const after = Object.assign(counterRecord(before), changes);
    after.touched = this.#state.seq;
    this.#state.counters.set(id, after);
  }

  /** The counter that has this ticket in hand, if one has, is free again. */
  freeCounter({ counterId, status, periods }: Ticket): void {
    if (counterId === undefined || (status !== 'called' && status !== 'serving')) return;
    const { tally } = must(this.#state.counters.get(counterId), counterId);
    const finished = tally.finished + (this.#what === 'ServiceFinished' ? 1 : 0);
    const missed = tally.missed + (this.#what === 'TicketMissed' ? 1 : 0);
    const servedMs = status === 'serving' ? this.#at - (periods.at(-1)?.from ?? this.#at) : 0;
    const after = { finished, missed, serviceMs: tally.serviceMs + servedMs };
    this.counter(counterId, { ticketId: undefined, idleSince: this.#at, tally: after });
  }

  backToQueue(ticket: Ticket, changes: Partial<Ticket>): void {
    this.freeCounter(ticket);
    const periods = nextPeriod(ticket, { kind: 'wait', from: this.#at });
    this.ticket(ticket.id, { ...NOWHERE, ...changes, status: 'waiting', periods });
  }

  /** Waits outside the queue until then. */
  delay(ticket: Ticket, until: Instant): void {
    this.freeCounter(ticket);
    const periods = nextPeriod(ticket, { kind: 'away', from: this.#at });
    const changes = { status: 'waiting', delayedUntil: until, delays: ticket.delays + 1 } as const;
    this.ticket(ticket.id, { ...NOWHERE, ...changes, periods });
  }

  end(ticket: Ticket, status: 'finished' | 'cancelled' | 'expired', changes: Partial<Ticket>): void {
    this.freeCounter(ticket);
    const periods = closedPeriods(ticket, this.#at);
    this.ticket(ticket.id, { ...changes, status, delayedUntil: undefined, periods });
  }
}

const NOWHERE = {
  counterId: undefined,
  tellerId: undefined,
  call: undefined,
  holdReason: undefined,
  delayedUntil: undefined,
} as const;

function keepOnce<T extends { readonly id: string }>(kept: T[] | undefined, before: T): void {
  if (kept !== undefined && !kept.some(({ id }) => id === before.id)) kept.push(before);
}

/** Rule Q9. Only the last period of a ticket can be open. */
export function closedPeriods({ periods }: Ticket, at: Instant): Period[] {
  const closed = periods.slice();
  const last = closed.pop();
  if (last !== undefined) closed.push(last.to === undefined ? { to: at, ...last } : last);
  return closed;
}

/** The periods of a ticket, with the open one closed where `period` begins. */
export function nextPeriod(ticket: Ticket, period: Period): Period[] {
  const periods = closedPeriods(ticket, period.from);
  periods.push(period);
  return periods;
}
