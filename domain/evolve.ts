import { recordAction, undoAction } from './actions.ts';
import { indexConfig } from './config-index.ts';
import type { DayOpened, DomainEvent, TicketCalled, TicketIssued, TicketTransferred } from './events.ts';
import type { CounterId, Instant, TicketId } from './ids.ts';
import { Queue } from './queue.ts';
import { changeCounter, changeTicket, levelRatio, must, putTicket } from './records.ts';
import { countsFrom } from './rejoin.ts';
import type { Action, BranchDay, Call, Counter, EndReason, Period, Ticket } from './state.ts';

/** How many calls the day remembers for the displays: enough that a quiet zone's are not pushed out by a busy one's. */
const CALLS_KEPT = 200;

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
    tally: { finished: 0, missed: 0, serviceMs: 0 },
    idleSince: at,
    touched: 1,
  });
  return {
    day: event.day,
    config,
    index: indexConfig(config, event.day),
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
    const { counterId, status, periods } = ticket(id);
    if (counterId === undefined || (status !== 'called' && status !== 'serving')) return;
    const { tally } = must(state.counters.get(counterId), counterId);
    const servedMs = status === 'serving' ? at - (periods.at(-1)?.from ?? at) : 0;
    const finished = tally.finished + (event.type === 'ServiceFinished' ? 1 : 0);
    const missed = tally.missed + (event.type === 'TicketMissed' ? 1 : 0);
    const after = { finished, missed, serviceMs: tally.serviceMs + servedMs };
    counter(counterId, { ticketId: undefined, idleSince: at, tally: after });
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
      return undoAction(state, event.undoneCommandId, at);
  }
}

const NOWHERE = { counterId: undefined, tellerId: undefined, call: undefined, holdReason: undefined } as const;
const UNRESERVED = { onlyCounter: undefined, adviser: undefined } as const;

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
