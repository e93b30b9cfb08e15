import type { Instant, SegmentId } from '../ids.ts';
import { peopleAhead } from '../estimate/queue-length.ts';
import { waiterOf } from '../estimate/waiter.ts';
import type { Lane } from '../queue.ts';
import { standing } from '../routing/call-order.ts';
import { counterCanDo } from '../routing/skills.ts';
import { limitsOf } from '../routing/targets.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { alertLimits, type AlertTicket, type Problem } from './alert.ts';

/** So many numbers a card can show. */
const TICKETS_SHOWN = 6;

const ticketsOf = (tickets: readonly Ticket[]): Pick<Problem, 'tickets' | 'count'> => ({
  tickets: tickets.slice(0, TICKETS_SHOWN).map(({ id: ticketId, number }) => ({ ticketId, number })),
  count: tickets.length,
});

/** Waits past target and ceiling, and long queues. @param waiting oldest first */
export function* lateWaits(state: BranchDay, waiting: readonly Ticket[], now: Instant): Generator<Problem, void> {
  const { queueLong } = alertLimits(state.config);
  for (const { id: segment } of state.config.segments) {
    const here = waiting.filter((ticket) => ticket.segment === segment);
    const past = (what: 'targetMs' | 'ceilingMs') => {
      const over = (ticket: Ticket) =>
        ticket.waitingSince + limitsOf(state, segment, ticket.careNeeds.length > 0)[what];
      const late = here.filter((ticket) => over(ticket) <= now);
      return { late, since: Math.min(...late.map(over)) };
    };
    const ceiling = past('ceilingMs');
    const target = ceiling.late.length > 0 ? ceiling : past('targetMs');
    if (target.late.length > 0) {
      const [kind, level] =
        target === ceiling ? (['past-ceiling', 'urgent'] as const) : (['past-target', 'notice'] as const);
      yield { kind, id: `${kind}:${segment}`, level, segment, since: target.since, ...ticketsOf(target.late) };
    }
    const first = here[queueLong];
    if (first !== undefined)
      yield {
        ...{ kind: 'queue-long', id: `queue-long:${segment}`, level: 'attention' },
        ...{ segment, count: here.length, since: first.waitingSince },
      };
  }
}

/** Those for whom no counter is there: none serves their segment, or nobody there has the skills. */
export function* unserved(state: BranchDay): Generator<Problem, void> {
  const taking = [...state.counters.values()].filter(({ status }) => status === 'open' || status === 'paused');
  const alone = new Map<SegmentId, Instant>();
  const cannot = new Map<SegmentId, { tickets: AlertTicket[]; since: Instant }>();
  for (const lane of state.queue.lanes()) {
    const reaching = taking.filter((counter) => reaches(state, counter, lane));
    const reserved = lane.onlyCounter !== undefined || lane.adviser !== undefined;
    const since = lane.entries[0]?.since ?? state.lastAt;
    const earlier = (other: Instant | undefined) => Math.min(since, other ?? since);
    if (reaching.length === 0 && !reserved) alone.set(lane.segment, earlier(alone.get(lane.segment)));
    else if (!reaching.some((counter) => counterCanDo(state, counter.id, lane.service))) {
      const before = cannot.get(lane.segment);
      const tickets = [...(before?.tickets ?? []), ...lane.entries];
      cannot.set(lane.segment, { tickets, since: earlier(before?.since) });
    }
  }
  for (const [segment, since] of alone)
    yield {
      ...{ kind: 'nobody-serves', id: `nobody-serves:${segment}`, level: 'urgent' },
      ...{ segment, since, count: state.queue.waitingIn(segment) },
    };
  for (const [segment, { tickets, since }] of cannot)
    yield {
      ...{ kind: 'nobody-can', id: `nobody-can:${segment}`, level: 'attention', segment, since },
      tickets: tickets.slice(0, TICKETS_SHOWN).map(({ ticketId, number }) => ({ ticketId, number })),
      count: tickets.length,
    };
}

/** A customer of a tier has come, or is about to be called: for their own manager first (rule A9). */
export function* valuedCustomers(state: BranchDay, waiting: readonly Ticket[]): Generator<Problem, void> {
  const { vipAhead } = alertLimits(state.config);
  for (const ticket of waiting) {
    if (ticket.tier === undefined) continue;
    const soon = peopleAhead(state, waiterOf(ticket)) < vipAhead;
    const kind = soon ? 'vip-soon' : 'vip-arrival';
    yield {
      ...{ kind, id: `${kind}:${ticket.id}`, level: soon ? 'attention' : 'notice' },
      ...{ segment: ticket.segment, since: ticket.waitingSince, staffId: ticket.adviser, ...ticketsOf([ticket]) },
    };
  }
}

function reaches(state: BranchDay, counter: Counter, lane: Lane): boolean {
  const profile = state.index.profiles.get(counter.profile);
  return profile !== undefined && standing(counter, profile, lane) !== undefined;
}
