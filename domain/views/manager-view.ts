import { alertsOf } from '../attention/alerts.ts';
import { postsOf } from '../attention/place-problems.ts';
import { standingTasks } from '../attention/task.ts';
import { pendingOf } from '../floating/proposal.ts';
import { expectedSoon, nextPeak } from '../forecast/intraday.ts';
import type { Instant, SegmentId, ServiceId } from '../ids.ts';
import { MINUTE } from '../ids.ts';
import { counterCanDo } from '../routing/skills.ts';
import { limitsOf } from '../routing/targets.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { counterState, heldAndMissed, queueRow } from './rows.ts';
import type { CounterTile, ManagerView, SegmentBoard } from './views.ts';
import { segmentWaits } from './waits.ts';

export function managerView(state: BranchDay, now: Instant): ManagerView {
  const waiting = [...state.tickets.values()].filter(({ status }) => status === 'waiting');
  waiting.sort((one, other) => one.waitingSince - other.waitingSince || one.order - other.order);
  return {
    kind: 'manager',
    day: state.day,
    open: !state.closed,
    counters: counterTiles(state),
    segments: segmentBoards(state, waiting, now),
    waiting: waiting.map((ticket) => queueRow(state, ticket)),
    ...heldAndMissed(state, now),
    alerts: alertsOf(state, now),
    posts: postsOf(state),
    proposals: proposalsOf(state),
    tasks: standingTasks(state),
    ticker: state.ticker,
    closesAt: state.floating.closesAt,
    expectedNext30: state.forecast && expectedSoon(state.forecast, issueTimes(state), now, 30 * MINUTE),
    nextPeak: state.forecast && nextPeak(state.forecast, now),
    today: todayOf(state),
  };
}

function* issueTimes({ tickets }: BranchDay): Generator<Instant> {
  for (const { issuedAt } of tickets.values()) yield issuedAt;
}

/** As many as the manager may want to look back at. */
const APPROVED_SHOWN = 5;

function proposalsOf({ floating }: BranchDay): ManagerView['proposals'] {
  const approved = [...floating.proposals.values()].filter(({ status }) => status === 'approved');
  return [...pendingOf(floating), ...approved.slice(-APPROVED_SHOWN).reverse()];
}

function counterTiles(state: BranchDay): CounterTile[] {
  return [...state.counters.values()].map((counter) => {
    const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
    return {
      ...counterState(counter),
      ticket: ticket && {
        ticketId: ticket.id,
        number: ticket.number,
        segment: ticket.segment,
        status: ticket.status === 'serving' ? ('serving' as const) : ('called' as const),
        since: ticket.periods.at(-1)?.from ?? ticket.issuedAt,
        typicalMs: ticket.services.reduce((sum, id) => sum + (state.index.services.get(id)?.minutes ?? 0), 0) * MINUTE,
      },
      finished: counter.tally.finished,
      cannot: cannotAt(state, counter),
    };
  });
}

/** Rule K4: what whoever sits there may not do. */
function cannotAt(state: BranchDay, { id, tellerId }: Counter): ServiceId[] | undefined {
  if (tellerId === undefined && state.index.counters.get(id)?.kind !== 'device') return undefined;
  return state.config.services.map((service) => service.id).filter((service) => !counterCanDo(state, id, service));
}

function segmentBoards(state: BranchDay, waiting: readonly Ticket[], now: Instant): SegmentBoard[] {
  const boards = new Map<SegmentId, { called: number; withinTarget: number; waitedMs: number; missed: number }>();
  for (const { id } of state.config.segments) boards.set(id, { called: 0, withinTarget: 0, waitedMs: 0, missed: 0 });
  for (const ticket of state.tickets.values()) {
    const board = boards.get(ticket.segment);
    if (board === undefined) continue;
    if (ticket.status === 'missed') board.missed += 1;
    if (!ticket.periods.some(({ kind }) => kind === 'call')) continue;
    const waitedMs = ticket.periods.reduce(
      (sum, { kind, from, to = from }) => sum + (kind === 'wait' ? to - from : 0),
      0,
    );
    board.called += 1;
    board.waitedMs += waitedMs;
    if (waitedMs <= limitsOf(state, ticket.segment, ticket.careNeeds.length > 0).targetMs) board.withinTarget += 1;
  }
  return segmentWaits(state, now).map((wait) => ({
    ...wait,
    targetMs: limitsOf(state, wait.segment, false).targetMs,
    longestSince: waiting.find(({ segment }) => segment === wait.segment)?.waitingSince,
    ...(boards.get(wait.segment) ?? { called: 0, withinTarget: 0, waitedMs: 0, missed: 0 }),
  }));
}

function todayOf(state: BranchDay): ManagerView['today'] {
  const today = { issued: state.tickets.size, finished: 0, missed: 0, cancelled: 0 };
  for (const { status } of state.tickets.values())
    if (status === 'finished' || status === 'missed' || status === 'cancelled') today[status] += 1;
  return today;
}
