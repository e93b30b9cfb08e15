import { whyNotUndo } from '../actions.ts';
import { arrivalsFor } from '../attention/alerts.ts';
import { askedAt } from '../attention/task-rows.ts';
import { pendingOf } from '../floating/proposal.ts';
import { MINUTE, type CounterId, type Instant } from '../ids.ts';
import { autoCallAt } from '../routing/auto-call.ts';
import { callableCount, callOrder } from '../routing/call-order.ts';
import { limitsOf } from '../routing/targets.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { arrivalAt, noShowAt } from '../timers.ts';
import { counterState, heldAndMissed, marksOf, queueRow } from './rows.ts';
import type { CounterView, CurrentTicket } from './views.ts';
import { segmentWaits } from './waits.ts';

const QUEUE_SHOWN = 50;

export function counterView(state: BranchDay, counterId: CounterId, now: Instant): CounterView | undefined {
  const counter = state.counters.get(counterId);
  if (counter === undefined) return undefined;
  const inHand = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  const action = state.lastByCounter.get(counterId);
  return {
    kind: 'counter',
    day: state.day,
    open: !state.closed,
    counter: counterState(counter),
    current: inHand && currentTicket(state, inHand),
    ...queueOf(state, counterId, now),
    ...heldAndMissed(state, now),
    today: counter.tally,
    lastServed: counter.lastServed && {
      number: state.tickets.get(counter.lastServed.ticketId)?.number ?? '',
      at: counter.lastServed.at,
    },
    autoCall: counter.autoCallSince === undefined ? undefined : { at: autoCallAt(state, counter) },
    undo:
      action !== undefined && whyNotUndo(state, action, now) === undefined
        ? { what: action.what, until: action.at + state.config.undoSeconds * 1000 }
        : undefined,
    proposed: proposedAt(state, counterId),
    segments: segmentWaits(state, now),
    counters: [...state.counters.values()].map((each) => ({
      ...counterState(each),
      busy: each.ticketId !== undefined,
    })),
    ...arrivalsFor(state, counter.tellerId, now),
    ...askedAt(state, { kind: 'counter', id: counterId }),
  };
}

/** Rule V4. */
function queueOf(
  state: BranchDay,
  counterId: CounterId,
  now: Instant,
): Pick<CounterView, 'queue' | 'queueLength' | 'waitingElsewhere'> {
  const queue: CounterView['queue'][number][] = [];
  for (const { entry, rule, score, helping } of callOrder(state, counterId, now)) {
    const ticket = state.tickets.get(entry.ticketId);
    if (ticket !== undefined) queue.push({ ...queueRow(state, ticket), rule, score, helping });
    if (queue.length === QUEUE_SHOWN) break;
  }
  const queueLength = callableCount(state, counterId, now);
  return { queue, queueLength, waitingElsewhere: state.queue.size - queueLength };
}

function currentTicket(state: BranchDay, ticket: Ticket): CurrentTicket {
  const { call } = ticket;
  const last = ticket.periods.at(-1);
  const waited = ticket.periods.filter(({ kind }) => kind === 'wait');
  const minutes = ticket.services.reduce((sum, id) => sum + (state.index.services.get(id)?.minutes ?? 0), 0);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    segment: ticket.segment,
    services: ticket.services,
    done: ticket.done,
    status: ticket.status === 'serving' ? 'serving' : 'called',
    waitedMs: call?.why.waitedMs ?? waited.reduce((sum, { from, to = from }) => sum + to - from, 0),
    targetMs: limitsOf(state, ticket.segment, ticket.careNeeds.length > 0).targetMs,
    goesTo: state.config.services.map(({ id: service }) => ({
      service,
      segment: segmentFor(state, { ...ticket, services: [service] }).segment,
    })),
    typicalMs: minutes * MINUTE,
    call: call && { callId: call.callId, at: call.at, times: call.times, lastAt: call.lastAt, why: call.why },
    servingSince: last?.kind === 'serve' ? last.from : undefined,
    startsAt: arrivalAt(state, ticket),
    noShowAt: noShowAt(state, ticket),
    ...marksOf(ticket),
  };
}

function proposedAt({ floating }: BranchDay, counterId: CounterId): CounterView['proposed'] {
  const proposal = pendingOf(floating).find((pending) => pending.counterId === counterId);
  if (proposal === undefined) return undefined;
  const { kind, tellerId, profile, expiresAt } = proposal;
  return { kind, tellerId, profile, expiresAt };
}
