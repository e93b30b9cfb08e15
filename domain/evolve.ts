import { indexConfig } from './config-index.ts';
import type { DayOpened, DomainEvent, TicketCalled, TicketIssued, TicketTransferred } from './events.ts';
import type { CounterId, Instant, TicketId } from './ids.ts';
import { Queue } from './queue.ts';
import { countsFrom } from './rejoin.ts';
import type { Action, BranchDay, Call, Counter, EndReason, Period, Ticket } from './state.ts';

/** How many calls the day remembers for the displays. */
const CALLS_KEPT = 60;

/**
 * The state after an event. Changes `state` in place and returns it; give `undefined` before the first event.
 * Throws only on an event that `decide` could not have made in this state: the log is damaged then.
 */
export function evolve(state: BranchDay | undefined, event: DomainEvent): BranchDay {
  if (event.type === 'DayOpened') {
    if (state !== undefined) throw new Error('the day is opened twice');
    return openedDay(event);
  }
  if (state === undefined) throw new Error(`${event.type} before the day is opened`);
  state.seq += 1;
  state.lastAt = event.at;
  apply(state, event, recordAction(state, event));
  return state;
}

function openedDay(event: DayOpened): BranchDay {
  const { config, at } = event;
  const closed = (counter: { id: CounterId; profile: string }): Counter => ({
    id: counter.id,
    status: 'closed',
    since: at,
    profile: counter.profile,
    idleSince: at,
    touched: 1,
  });
  return {
    day: event.day,
    config,
    index: indexConfig(config),
    openedAt: at,
    closed: false,
    seq: 1,
    lastAt: at,
    tickets: new Map(),
    counters: new Map(config.counters.map((counter) => [counter.id, closed(counter)])),
    queue: new Queue(),
    nextSequence: new Map(config.segments.map((segment) => [segment.id, segment.firstNumber])),
    ratioCalls: new Map(config.segments.map((segment) => [segment.id, 0])),
    calls: [],
    lastByCounter: new Map(),
    lastByActor: new Map(),
  };
}

function apply(state: BranchDay, event: Exclude<DomainEvent, DayOpened>, action: Action | undefined): void {
  const { at } = event;
  const ticket = (id: TicketId) => must(state.tickets.get(id), id);
  const change = (id: TicketId, changes: Partial<Ticket>) => changeTicket(state, action, id, changes);
  const counter = (id: CounterId, changes: Partial<Counter>) => changeCounter(state, action, id, changes);
  const leaveCounter = (id: TicketId) => {
    const { counterId, status } = ticket(id);
    if (counterId !== undefined && (status === 'called' || status === 'serving'))
      counter(counterId, { ticketId: undefined, idleSince: at });
  };
  const backToQueue = (id: TicketId, changes: Partial<Ticket>) => {
    leaveCounter(id);
    const periods = nextPeriod(ticket(id), { kind: 'wait', from: at });
    change(id, { ...changes, status: 'waiting', periods, ...NOWHERE });
  };
  const end = (id: TicketId, status: 'finished' | 'cancelled' | 'expired', endReason: EndReason) => {
    leaveCounter(id);
    change(id, { status, endReason, periods: closed(ticket(id), at) });
  };

  switch (event.type) {
    case 'DayClosed':
      state.closed = true;
      return;
    case 'TicketIssued':
      return issue(state, event, counter);
    case 'TicketCalled':
      call(state, event, action);
      counter(event.counterId, { ticketId: event.ticketId });
      return;
    case 'TicketRecalled': {
      const before = ticket(event.ticketId).call;
      if (before === undefined) throw new Error('a recall without a call');
      const again = { ...before, times: before.times + 1, lastAt: at };
      change(event.ticketId, { call: again });
      const index = state.calls.findIndex((known) => known.callId === again.callId);
      if (index >= 0) state.calls[index] = again;
      return;
    }
    case 'ServiceStarted': {
      const { counterId, tellerId } = ticket(event.ticketId);
      const periods = nextPeriod(ticket(event.ticketId), { kind: 'serve', from: at, ...place(counterId, tellerId) });
      change(event.ticketId, { status: 'serving', periods });
      return;
    }
    case 'ServiceFinished': {
      const done = [...ticket(event.ticketId).done, ...event.served];
      if (event.remaining.length === 0) {
        end(event.ticketId, 'finished', event.outcome);
        change(event.ticketId, { services: [], done });
      } else {
        const segment = event.remainingSegment ?? ticket(event.ticketId).segment;
        backToQueue(event.ticketId, { services: event.remaining, done, segment, ...UNRESERVED });
      }
      return;
    }
    case 'TicketMissed':
      leaveCounter(event.ticketId);
      change(event.ticketId, {
        status: 'missed',
        periods: nextPeriod(ticket(event.ticketId), { kind: 'away', from: at }),
      });
      return;
    case 'TicketHeld': {
      leaveCounter(event.ticketId);
      const { counterId, tellerId } = ticket(event.ticketId);
      const periods = nextPeriod(ticket(event.ticketId), { kind: 'hold', from: at, ...place(counterId, tellerId) });
      change(event.ticketId, { status: 'held', holdReason: event.reason, call: undefined, periods });
      return;
    }
    case 'TicketReturned':
      return backToQueue(event.ticketId, {});
    case 'TicketTransferred':
      return backToQueue(event.ticketId, transferred(ticket(event.ticketId), event));
    case 'TicketCancelled':
      return end(event.ticketId, 'cancelled', event.reason);
    case 'TicketExpired':
      return end(event.ticketId, 'expired', event.reason);
    case 'TicketRejoined':
      return backToQueue(event.ticketId, { waitingSince: at - event.creditMs });
    case 'TicketPrioritised':
      return change(event.ticketId, { prioritised: event.reason });
    case 'CareNeedsMarked':
      return change(event.ticketId, { careNeeds: event.careNeeds });
    case 'ServiceAdded':
      return change(event.ticketId, { services: [...ticket(event.ticketId).services, event.service] });
    case 'CounterOpened': {
      const profile = must(state.index.counters.get(event.counterId), event.counterId).profile;
      const opened = { status: 'open', since: at, idleSince: at, tellerId: event.tellerId, profile } as const;
      return counter(event.counterId, { ...opened, pauseReason: undefined });
    }
    case 'CounterClosing':
      return counter(event.counterId, { status: 'closing', since: at, pauseReason: undefined });
    case 'CounterClosed':
      return counter(event.counterId, { status: 'closed', since: at, tellerId: undefined, pauseReason: undefined });
    case 'CounterKeptOpen':
    case 'CounterResumed':
      return counter(event.counterId, { status: 'open', since: at, pauseReason: undefined });
    case 'CounterPaused':
      return counter(event.counterId, { status: 'paused', since: at, pauseReason: event.reason });
    case 'WorkProfileSet':
      return counter(event.counterId, { profile: event.profile });
    case 'ActionUndone':
      return undo(state, event.undoneCommandId, at);
  }
}

const NOWHERE = { counterId: undefined, tellerId: undefined, call: undefined, holdReason: undefined } as const;
const UNRESERVED = { onlyCounter: undefined, adviser: undefined } as const;

function must<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the log speaks of ${name}, which is not there`);
  return value;
}

function place(counterId: CounterId | undefined, tellerId: string | undefined): Pick<Period, 'counterId' | 'tellerId'> {
  return { ...(counterId !== undefined && { counterId }), ...(tellerId !== undefined && { tellerId }) };
}

function closed(ticket: Ticket, at: Instant): Period[] {
  return ticket.periods.map((period) => (period.to === undefined ? { ...period, to: at } : period));
}

function nextPeriod(ticket: Ticket, period: Period): Period[] {
  return [...closed(ticket, period.from), period];
}

function issue(
  state: BranchDay,
  event: TicketIssued,
  counter: (id: CounterId, changes: Partial<Counter>) => void,
): void {
  const { at, servedAt } = event;
  const where = servedAt === undefined ? {} : place(servedAt.counterId, servedAt.tellerId);
  const ticket: Ticket = {
    id: event.ticketId,
    number: event.number,
    order: state.tickets.size,
    segment: event.segment,
    rule: event.rule,
    services: event.services,
    done: [],
    careNeeds: event.careNeeds,
    tier: event.tier,
    amount: event.amount,
    appointmentAt: event.appointmentAt,
    adviser: event.adviser,
    language: event.language,
    quote: event.quote,
    issuedAt: at,
    waitingSince: at,
    status: servedAt === undefined ? 'waiting' : 'serving',
    periods: [{ kind: servedAt === undefined ? 'wait' : 'serve', from: at, ...where }],
    touched: state.seq,
    ...where,
  };
  state.nextSequence.set(event.segment, event.sequence + 1);
  levelRatio(state, ticket);
  putTicket(state, ticket);
  if (servedAt !== undefined) counter(servedAt.counterId, { ticketId: ticket.id });
}

function call(state: BranchDay, event: TicketCalled, action: Action | undefined): void {
  const { at, callId, ticketId, counterId, tellerId } = event;
  const ticket = must(state.tickets.get(ticketId), ticketId);
  const record: Call = { callId, ticketId, number: event.number, counterId, at, times: 1, lastAt: at, why: event.why };
  changeTicket(state, action, ticketId, {
    status: 'called',
    counterId,
    tellerId,
    call: record,
    waitingSince: countsFrom(state, ticket, at),
    prioritised: undefined,
    holdReason: undefined,
    periods: nextPeriod(ticket, { kind: 'call', from: at, ...place(counterId, tellerId) }),
  });
  state.calls.push(record);
  if (state.calls.length > CALLS_KEPT) state.calls.shift();
  state.ratioCalls.set(ticket.segment, (state.ratioCalls.get(ticket.segment) ?? 0) + 1);
  action?.calls.push(callId);
}

function transferred(ticket: Ticket, event: TicketTransferred): Partial<Ticket> {
  const { to, segment } = event;
  switch (to.kind) {
    case 'service': {
      const others = ticket.services.slice(1).filter((service) => service !== to.service);
      return { segment, services: [to.service, ...others], ...UNRESERVED };
    }
    case 'segment':
      return { segment, ...UNRESERVED };
    case 'counter':
      return { segment, onlyCounter: to.counterId, adviser: undefined };
    case 'person':
      return { segment, adviser: to.staffId, onlyCounter: undefined };
  }
}

/**
 * Rule R10: a segment in which nobody waited starts level with the one that is furthest behind of those that wait, and
 * when nobody waits anywhere, with the one that is furthest ahead. To be asked before `ticket` joins the queue.
 */
function levelRatio(state: BranchDay, { segment, status }: Ticket): void {
  if (status !== 'waiting' || state.queue.waitingIn(segment) > 0) return;
  const weight = (id: string) => state.index.segments.get(id)?.weight ?? 1;
  const shares = [...state.ratioCalls].map(([id, calls]) => ({ id, share: calls / weight(id) }));
  const waiting = shares.filter(({ id }) => state.queue.waitingIn(id) > 0).map(({ share }) => share);
  const level = waiting.length > 0 ? Math.min(...waiting) : Math.max(...shares.map(({ share }) => share));
  state.ratioCalls.set(segment, Math.max(state.ratioCalls.get(segment) ?? 0, level * weight(segment)));
}

function putTicket(state: BranchDay, ticket: Ticket): void {
  const before = state.tickets.get(ticket.id);
  if (before?.status === 'waiting') state.queue.remove(before);
  state.tickets.set(ticket.id, ticket);
  if (ticket.status === 'waiting') state.queue.insert(ticket);
}

function changeTicket(state: BranchDay, action: Action | undefined, id: TicketId, changes: Partial<Ticket>): void {
  const before = must(state.tickets.get(id), id);
  if (action !== undefined && !action.tickets.has(id)) action.tickets.set(id, before);
  const after: Ticket = { ...before, ...changes, touched: state.seq };
  levelRatio(state, after);
  putTicket(state, after);
}

function changeCounter(state: BranchDay, action: Action | undefined, id: CounterId, changes: Partial<Counter>): void {
  const before = must(state.counters.get(id), id);
  if (action !== undefined && !action.counters.has(id)) action.counters.set(id, before);
  state.counters.set(id, { ...before, ...changes, touched: state.seq });
}

/** Rule U3: what cannot be taken back. */
const FINAL: ReadonlySet<DomainEvent['type']> = new Set([
  'TicketIssued',
  'TicketRecalled',
  'DayClosed',
  'TicketExpired',
]);

/** The action that this event belongs to, begun if it is the first of its command; nothing when it cannot be undone. */
function recordAction(state: BranchDay, event: Exclude<DomainEvent, DayOpened>): Action | undefined {
  if (event.type === 'ActionUndone') return undefined;
  const counterId = counterOf(state, event);
  if (FINAL.has(event.type)) {
    const servedAt = event.type === 'TicketIssued' ? event.servedAt?.counterId : counterId;
    state.lastByActor.delete(event.by);
    if (servedAt !== undefined) state.lastByCounter.delete(servedAt);
    return undefined;
  }
  let action = state.lastByActor.get(event.by);
  if (action?.commandId !== event.commandId) {
    const { commandId, at, by, type } = event;
    const empty = { tickets: new Map(), counters: new Map(), calls: [] };
    action = { commandId, at, by, counterId, what: type, lastSeq: state.seq, ...empty };
    state.lastByActor.set(by, action);
    if (counterId !== undefined) state.lastByCounter.set(counterId, action);
  }
  action.what = event.type;
  action.lastSeq = state.seq;
  return action;
}

/** The counter that an event speaks of: its own, or the one that its ticket is at. A missed ticket is at none any more. */
function counterOf(state: BranchDay, event: DomainEvent): CounterId | undefined {
  if ('counterId' in event) return event.counterId;
  const ticket = 'ticketId' in event ? state.tickets.get(event.ticketId) : undefined;
  return ticket?.status === 'missed' ? undefined : ticket?.counterId;
}

function undo(state: BranchDay, commandId: string, at: Instant): void {
  const known = [...state.lastByActor.values(), ...state.lastByCounter.values()];
  const action = known.find((candidate) => candidate.commandId === commandId);
  if (action === undefined) throw new Error('an undo of nothing');
  for (const before of action.counters.values()) state.counters.set(before.id, { ...before, touched: state.seq });
  for (const before of action.tickets.values()) {
    // A call that is on again gets its full time (rule U4); the display's own copy stays as it was spoken.
    const call = before.call === undefined ? undefined : { ...before.call, lastAt: at };
    putTicket(state, { ...before, call: before.status === 'called' ? call : before.call, touched: state.seq });
  }
  for (const callId of action.calls) {
    const index = state.calls.findIndex((call) => call.callId === callId);
    const segment = state.tickets.get(state.calls[index]?.ticketId ?? '')?.segment;
    if (index >= 0) state.calls.splice(index, 1);
    if (segment !== undefined) state.ratioCalls.set(segment, (state.ratioCalls.get(segment) ?? 1) - 1);
  }
  // Each may have done something else since, which can still be undone.
  if (state.lastByActor.get(action.by) === action) state.lastByActor.delete(action.by);
  const { counterId } = action;
  if (counterId !== undefined && state.lastByCounter.get(counterId) === action) state.lastByCounter.delete(counterId);
}
