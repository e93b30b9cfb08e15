import { keepAlert } from './attention/keep-alert.ts';
import { keepTask } from './attention/keep-task.ts';
import { recordAction, undoAction } from './actions.ts';
import type { CounterConfig } from './config.ts';
import { indexConfig } from './config-index.ts';
import { Experience } from './estimate/experience.ts';
import { learnFrom } from './estimate/learn.ts';
import type { DayOpened, DomainEvent, MachineFailed, TicketCalled, TicketIssued, TicketTransferred } from './events.ts';
import { keep } from './floating/keep.ts';
import type { CounterId, Instant, StaffId } from './ids.ts';
import { keepNumbers } from './numbers.ts';
import { Queue } from './queue.ts';
import { counterRecord, Edit, levelRatio, must, nextPeriod, putTicket, ticketRecord } from './records.ts';
import { countsFrom } from './rejoin.ts';
import type { Action, BranchDay, Call, Counter, Period, Ticket } from './state.ts';

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
  learnFrom(state, event);
  apply(state, event, recordAction(state, event));
  return state;
}

function openedDay(event: DayOpened): BranchDay {
  const { config, at } = event;
  const closed = ({ id, profile }: CounterConfig) =>
    counterRecord({
      ...{ id, status: 'closed', since: at, profile, profileSince: at, idleSince: at, touched: 1 },
      ...{ tally: { finished: 0, missed: 0, serviceMs: 0 }, cannot: [] },
    });
  return {
    day: event.day,
    config,
    index: indexConfig(config, event.day),
    forecast: event.forecast,
    openedAt: at,
    floating: {
      ...{ reviewedAt: at, plan: undefined, proposals: new Map(), approvals: new Map() },
      ...{ closesAt: event.closesAt, openUntil: undefined },
    },
    closed: false,
    seq: 1,
    lastAt: at,
    tickets: new Map(),
    counters: new Map(config.counters.map((counter) => [counter.id, closed(counter)])),
    tasks: new Map(),
    alertMarks: new Map(),
    queue: new Queue(),
    delayed: new Set(),
    nextSequence: new Map(config.segments.map((segment) => [segment.id, segment.firstNumber])),
    blocks: [],
    issuedBy: new Map(),
    ratioCalls: new Map(config.segments.map((segment) => [segment.id, 0])),
    experience: new Experience(event.rangeScores),
    ticker: [],
    calls: [],
    lastByCounter: new Map(),
    lastByActor: new Map(),
  };
}

function apply(state: BranchDay, event: Exclude<DomainEvent, DayOpened>, action: Action | undefined): void {
  const { at } = event;
  const edit = new Edit(state, action, event);
  switch (event.type) {
    case 'DayClosed':
      state.closed = true;
      return;
    case 'TicketIssued':
      return issue(state, event, edit);
    case 'TicketCalled':
      call(state, event, edit);
      action?.calls.push(event.callId);
      return;
    case 'TicketRecalled': {
      const before = edit.before(event.ticketId).call;
      if (before === undefined) throw new Error('a recall without a call');
      const again = { ...before, times: before.times + 1, lastAt: at };
      edit.ticket(event.ticketId, { call: again });
      const index = state.calls.findIndex((known) => known.callId === again.callId);
      if (index >= 0) state.calls[index] = again;
      return;
    }
    case 'ServiceStarted': {
      const called = edit.before(event.ticketId);
      const periods = nextPeriod(called, { kind: 'serve', from: at, ...place(called) });
      return edit.ticket(event.ticketId, { status: 'serving', periods });
    }
    case 'ServiceFinished': {
      const served = edit.before(event.ticketId);
      const { remaining: services, outcome: endReason, remainingSegment: segment = served.segment } = event;
      const done = [...served.done, ...event.served];
      if (services.length === 0) {
        edit.end(served, 'finished', { services, done, endReason });
        return edit.counter(served.counterId ?? '', { lastServed: { ticketId: served.id, at } });
      }
      return edit.backToQueue(served, { services, done, segment, ...UNRESERVED });
    }
    case 'TicketMissed': {
      const called = edit.before(event.ticketId);
      edit.freeCounter(called);
      const periods = nextPeriod(called, { kind: 'away', from: at });
      return edit.ticket(event.ticketId, { status: 'missed', periods });
    }
    case 'TicketHeld': {
      const inHand = edit.before(event.ticketId);
      edit.freeCounter(inHand);
      const periods = nextPeriod(inHand, { kind: 'hold', from: at, ...place(inHand) });
      return edit.ticket(event.ticketId, { status: 'held', holdReason: event.reason, call: undefined, periods });
    }
    case 'TicketReturned':
      return edit.backToQueue(edit.before(event.ticketId), {});
    case 'TicketTransferred':
      return edit.backToQueue(edit.before(event.ticketId), {
        ...transferred(edit.before(event.ticketId), event),
        transferred: true,
      });
    case 'TicketCancelled':
      return edit.end(edit.before(event.ticketId), 'cancelled', { endReason: event.reason });
    case 'TicketExpired':
      return edit.end(edit.before(event.ticketId), 'expired', { endReason: event.reason });
    case 'TicketRejoined':
      return edit.backToQueue(edit.before(event.ticketId), { waitingSince: at - event.creditMs });
    case 'TicketDelayed':
      return edit.delay(edit.before(event.ticketId), event.until);
    case 'DelayEnded':
      return edit.backToQueue(edit.before(event.ticketId), {});
    case 'TicketPrioritised':
      return edit.ticket(event.ticketId, { prioritised: event.reason });
    case 'CareNeedsMarked':
      return edit.ticket(event.ticketId, { careNeeds: event.careNeeds });
    case 'ChannelOffered':
      return;
    case 'ChannelFailed':
      return edit.backToQueue(edit.before(event.ticketId), { segment: event.segment, ...UNRESERVED });
    case 'TicketNoted':
      return edit.ticket(event.ticketId, { notes: event.notes });
    case 'ServiceAdded':
      return edit.ticket(event.ticketId, { services: [...edit.before(event.ticketId).services, event.service] });
    case 'CounterOpened': {
      const profile = must(state.index.counters.get(event.counterId), event.counterId).profile;
      const opened = { status: 'open', since: at, openedAt: at, idleSince: at, tellerId: event.tellerId } as const;
      return edit.counter(event.counterId, { ...opened, profile, profileSince: at, readyAt: undefined });
    }
    case 'CounterOpening': {
      const { tellerId, readyAt } = event;
      return edit.counter(event.counterId, { status: 'opening', since: at, tellerId, readyAt });
    }
    case 'CounterClosing':
      return edit.counter(event.counterId, { status: 'closing', since: at, pauseReason: undefined });
    case 'CounterClosed':
      return edit.counter(event.counterId, { status: 'closed', since: at, ...EMPTY });
    case 'CounterKeptOpen':
    case 'CounterResumed':
      return edit.counter(event.counterId, { status: 'open', since: at, pauseReason: undefined });
    case 'CounterPaused':
      return edit.counter(event.counterId, { status: 'paused', since: at, pauseReason: event.reason });
    case 'TickerWritten':
      state.ticker = event.lines;
      return;
    case 'AutoCallSet':
      return edit.counter(event.counterId, { autoCallSince: event.on ? at : undefined });
    case 'WorkProfileSet':
      return edit.counter(event.counterId, { profile: event.profile, profileSince: at });
    case 'MachineFailed':
      return edit.counter(event.counterId, failed(must(state.counters.get(event.counterId), event.counterId), event));
    case 'MachineRecovered':
      return edit.counter(event.counterId, recovered(must(state.counters.get(event.counterId), event.counterId), at));
    case 'MachineServicesSet':
      return edit.counter(event.counterId, { cannot: event.cannot });
    case 'WindowsReviewed':
    case 'WindowProposed':
    case 'ProposalApproved':
    case 'ProposalDismissed':
    case 'ProposalExpired':
    case 'HoursExtended':
    case 'EffectMeasured':
      return keep(state, event);
    case 'TaskRaised':
    case 'TaskTaken':
    case 'TaskEscalated':
    case 'TaskFinished':
      return keepTask(state, event);
    case 'AlertAcknowledged':
    case 'AlertSnoozed':
    case 'AlertEscalated':
      return keepAlert(state, event);
    case 'NumbersReserved':
    case 'NumbersReleased':
      return keepNumbers(state, event);
    // What became of each ticket says its own event.
    case 'TicketsHandedIn':
    case 'TicketTurnedAway':
      return;
    case 'ActionUndone':
      return undoAction(state, event.undoneCommandId, at);
  }
}

const EMPTY = { tellerId: undefined, pauseReason: undefined, readyAt: undefined, autoCallSince: undefined } as const;
const UNRESERVED = { onlyCounter: undefined, adviser: undefined } as const;

/** One that served is paused by it; one that people paused stays so (rule M4). */
function failed({ status }: Counter, { at, why }: MachineFailed): Partial<Counter> {
  return status === 'open' ? { status: 'paused', since: at, fault: why } : { fault: why };
}

function recovered({ status, pauseReason }: Counter, at: Instant): Partial<Counter> {
  const byItself = status === 'paused' && pauseReason === undefined;
  return byItself ? { status: 'open', since: at, idleSince: at, fault: undefined } : { fault: undefined };
}

type Place = Pick<Ticket, 'counterId' | 'tellerId'>;

function place({ counterId, tellerId }: Place): Pick<Period, 'counterId' | 'tellerId'> {
  const where: { counterId?: CounterId; tellerId?: StaffId } = {};
  if (counterId !== undefined) where.counterId = counterId;
  if (tellerId !== undefined) where.tellerId = tellerId;
  return where;
}

function issue(state: BranchDay, event: TicketIssued, edit: Edit): void {
  const { at, servedAt, offline } = event;
  const since = offline?.takenAt ?? at;
  const ticket = ticketRecord({
    id: event.ticketId,
    number: event.number,
    order: state.tickets.size,
    segment: event.segment,
    rule: event.rule,
    services: event.services,
    done: [],
    careNeeds: event.careNeeds,
    notes: [],
    tier: event.tier,
    amount: event.amount,
    appointmentAt: event.appointmentAt,
    adviser: event.adviser,
    language: event.language,
    quote: event.quote,
    issuedAt: since,
    waitingSince: since,
    delays: 0,
    status: servedAt === undefined ? 'waiting' : 'serving',
    counterId: servedAt?.counterId,
    tellerId: servedAt?.tellerId,
    periods: [servedAt === undefined ? { kind: 'wait', from: since } : { kind: 'serve', from: at, ...place(servedAt) }],
    touched: state.seq,
  });
  keepNumbers(state, event);
  state.issuedBy.set(event.commandId, event.ticketId);
  levelRatio(state, ticket);
  putTicket(state, ticket);
  if (servedAt !== undefined) edit.counter(servedAt.counterId, { ticketId: ticket.id });
}

function call(state: BranchDay, event: TicketCalled, edit: Edit): void {
  const { at, callId, ticketId, counterId, tellerId } = event;
  const ticket = must(state.tickets.get(ticketId), ticketId);
  const record: Call = { callId, ticketId, number: event.number, counterId, at, times: 1, lastAt: at, why: event.why };
  edit.ticket(ticketId, {
    status: 'called',
    counterId,
    tellerId,
    call: record,
    waitingSince: countsFrom(state, ticket, at),
    prioritised: undefined,
    delayedUntil: undefined,
    transferred: undefined,
    holdReason: undefined,
    periods: nextPeriod(ticket, { kind: 'call', from: at, ...place(event) }),
  });
  edit.counter(counterId, { ticketId });
  state.calls.push(record);
  if (state.calls.length > CALLS_KEPT) state.calls.shift();
  state.ratioCalls.set(ticket.segment, (state.ratioCalls.get(ticket.segment) ?? 0) + 1);
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
