import { busyPeople } from '../floating/limits.ts';
import { MINUTE, type Instant } from '../ids.ts';
import { callOrder } from '../routing/call-order.ts';
import type { BranchDay, Counter } from '../state.ts';
import type { PostState } from '../views/views.ts';
import { alertLimits, type Problem } from './alert.ts';
import { standingTasks, type Task } from './task.ts';

/** Counters at which something is not as it should be: nobody answers a call, or nobody is called. */
export function* counterProblems(state: BranchDay, now: Instant): Generator<Problem, void> {
  const { unansweredSeconds, idleSeconds, notCallingMinutes } = alertLimits(state.config);
  for (const counter of state.counters.values()) {
    const { id: counterId, ticketId } = counter;
    const { call, status, number } = (ticketId === undefined ? undefined : state.tickets.get(ticketId)) ?? {};
    if (call !== undefined && status === 'called' && now >= call.lastAt + unansweredSeconds * 1000)
      yield {
        ...{ kind: 'not-answered', id: `not-answered:${counterId}`, level: 'attention', counterId },
        ...{ since: call.lastAt, tickets: [{ ticketId: call.ticketId, number: number ?? '' }] },
      };
    const since = idleWhileWaiting(state, counter, now);
    if (since === undefined || now < since + idleSeconds * 1000) continue;
    // Idle for long beside people who wait: perhaps somebody is served there who was not called.
    const notCalling = now >= since + notCallingMinutes * MINUTE;
    const kind = notCalling ? 'not-calling' : 'counter-idle';
    yield { kind, id: `${kind}:${counterId}`, level: notCalling ? 'urgent' : 'attention', counterId, since };
  }
}

/** Since when this counter could have called somebody and did not. */
function idleWhileWaiting(state: BranchDay, counter: Counter, now: Instant): Instant | undefined {
  if (counter.status !== 'open' || counter.ticketId !== undefined) return undefined;
  if (state.index.counters.get(counter.id)?.kind === 'device') return undefined;
  const first = callOrder(state, counter.id, now).next().value ?? undefined;
  return first && Math.max(counter.idleSince, counter.since, first.entry.since);
}

export function* taskProblems(state: BranchDay): Generator<Problem, void> {
  for (const task of standingTasks(state)) {
    const { id, kind, place, ticketId, raisedAt: since } = task;
    const ticket = state.tickets.get(ticketId ?? (place.kind === 'phone' ? place.id : ''));
    yield {
      ...{ kind: 'task', id: `task:${id}`, level: levelOf(task), since, task: { id, kind, place } },
      ...(ticket && { tickets: [{ ticketId: ticket.id, number: ticket.number }] }),
    };
  }
}

function levelOf({ kind, escalatedAt }: Task): Problem['level'] {
  if (escalatedAt !== undefined) return 'urgent';
  return kind === 'guide' || kind === 'documents' || kind === 'other' ? 'notice' : 'attention';
}

/** Posts with fewer people than they need, and zones of counters where nobody serves, while the branch does (rule A10). */
export function* staffingProblems(state: BranchDay): Generator<Problem, void> {
  const counters = [...state.counters.values()];
  const serving = counters.filter(({ status }) => status !== 'closed');
  if (serving.length === 0) return;
  const lastSeated = Math.max(...serving.map(({ openedAt, since }) => openedAt ?? since));
  for (const { post, free, minimum } of postsOf(state))
    if (free < minimum)
      yield {
        ...{ kind: 'post-short', id: `post-short:${post}`, level: 'attention', post },
        ...{ since: lastSeated, count: minimum - free },
      };
  for (const { id: zone } of state.config.zones) {
    const here = counters.filter(({ id }) => state.index.counters.get(id)?.zone === zone);
    if (here.length > 0 && here.every(({ status }) => status === 'closed'))
      yield {
        ...{ kind: 'zone-empty', id: `zone-empty:${zone}`, level: 'notice', zone },
        ...{ since: Math.max(...here.map(({ since }) => since), Math.min(...serving.map(({ since }) => since))) },
      };
  }
}

/** Who is free for each post: the people of a post who sit at no counter. */
export function postsOf(state: BranchDay): PostState[] {
  const busy = busyPeople(state);
  return state.config.floating.posts.map(({ id: post, name, staff, minimum }) => ({
    ...{ post, name, minimum },
    free: staff.filter((person) => !busy.has(person)).length,
  }));
}
