import type { Quote } from '../events.ts';
import type { TicketId } from '../ids.ts';
import { countBefore, type Lane } from '../queue.ts';
import { counterCanDo } from '../routing/skills.ts';
import type { BranchDay, Counter } from '../state.ts';
import type { Waiter } from './waiter.ts';

/** A counter that only helps a segment counts as this much of a window for it: half, for want of a better figure. */
const HELP_SHARE = 0.5;

/** How many are called before this one if the hall stays as it is: of the same segment and reservation, as marks and waiting time order them. */
export function peopleAhead(state: BranchDay, waiter: Waiter): number {
  let ahead = 0;
  for (const lane of lanesAhead(state, waiter)) ahead += aheadIn(lane, waiter);
  return ahead;
}

/** The same, one by one. */
export function* ticketsAhead(state: BranchDay, waiter: Waiter): Generator<TicketId, void> {
  for (const lane of lanesAhead(state, waiter))
    for (const { ticketId } of lane.entries.slice(0, aheadIn(lane, waiter))) yield ticketId;
}

function lanesAhead({ queue }: BranchDay, { onlyCounter, adviser, segment }: Waiter): readonly Lane[] {
  const free = onlyCounter === undefined && adviser === undefined;
  return free ? (queue.openLanes().get(segment) ?? []) : queue.reservedLanes;
}

function aheadIn(lane: Lane, waiter: Waiter): number {
  const { ticket } = waiter;
  if (lane.segment !== waiter.segment) return 0;
  if (lane.onlyCounter !== waiter.onlyCounter || lane.adviser !== waiter.adviser) return 0;
  const theirs = stepOf(lane.prioritised, lane.care);
  const mine = stepOf(ticket?.prioritised !== undefined, waiter.care);
  if (theirs !== mine) return theirs < mine ? lane.entries.length : 0;
  return ticket === undefined ? lane.entries.length : countBefore(lane.entries, ticket.waitingSince, ticket.order);
}

function stepOf(prioritised: boolean, care: boolean): number {
  return prioritised ? 0 : care ? 1 : 2;
}

/**
 * The wait still to come, by the queue-length rule (rule E1): the k-th in line of c windows waits for k of their services.
 * With exponential services the wait is Erlang(k, c/S) (Whitt, Predicting queueing delays, 1999), given here by the
 * Wilson–Hilferty form of the gamma law. Minutes. Nothing while no open counter serves the segment (rule E2).
 */
export function byQueueLength(state: BranchDay, waiter: Waiter): Quote | undefined {
  const { windows, idle } = windowsFor(state, waiter);
  if (windows === 0) return undefined;
  const ahead = peopleAhead(state, waiter);
  if (idle && ahead === 0) return { mean: 0, p10: 0, p50: 0, p80: 0, p90: 0, by: 'queue-length' };
  const minutes = state.index.services.get(waiter.service)?.minutes ?? 0;
  const shape = ahead + 1;
  const mean = (shape * minutes) / windows;
  const spread = 1 / Math.sqrt(9 * shape);
  return {
    mean,
    p10: gammaQuantile(mean, spread, -1.2816),
    p50: gammaQuantile(mean, spread, 0),
    p80: gammaQuantile(mean, spread, 0.8416),
    p90: gammaQuantile(mean, spread, 1.2816),
    by: 'queue-length',
  };
}

/** Wilson–Hilferty. @param z the same quantile of the normal law */
function gammaQuantile(mean: number, spread: number, z: number): number {
  return Math.max(0, mean * (1 - spread * spread + z * spread) ** 3);
}

/** How many open counters could call this waiter. */
export function countersServing(
  state: BranchDay,
  waiter: Waiter,
  among: Iterable<Counter> = state.counters.values(),
): number {
  let serving = 0;
  for (const counter of among)
    if (shareOf(state, counter, waiter) > 0 && counterCanDo(state, counter.id, waiter.service)) serving += 1;
  return serving;
}

/** The windows that serve this waiter, shared ones in part, and whether one of them would take it at once. */
function windowsFor(state: BranchDay, waiter: Waiter): { windows: number; idle: boolean } {
  let windows = 0;
  let idle = false;
  for (const counter of state.counters.values()) {
    const share = shareOf(state, counter, waiter);
    if (share === 0 || !counterCanDo(state, counter.id, waiter.service)) continue;
    windows += share;
    idle ||= counter.ticketId === undefined && !helpsOnlyLate(state, counter, waiter);
  }
  return { windows, idle };
}

function shareOf(state: BranchDay, counter: Counter, waiter: Waiter): number {
  if (counter.status !== 'open') return 0;
  if (waiter.onlyCounter !== undefined) return waiter.onlyCounter === counter.id ? 1 : 0;
  if (waiter.adviser !== undefined) return waiter.adviser === counter.tellerId ? 1 : 0;
  const profile = state.index.profiles.get(counter.profile);
  if (profile?.first.includes(waiter.segment)) {
    let waited = 1;
    for (const id of profile.first) if (id !== waiter.segment && state.queue.waitingIn(id) > 0) waited += 1;
    return 1 / waited;
  }
  return profile?.help.includes(waiter.segment) ? HELP_SHARE : 0;
}

/** Such a counter calls nobody who has just come, however idle it is (rule R8). */
function helpsOnlyLate(state: BranchDay, counter: Counter, { segment, onlyCounter, adviser }: Waiter): boolean {
  const profile = state.index.profiles.get(counter.profile);
  if (profile?.helpWhen !== 'late' || profile.first.includes(segment)) return false;
  return onlyCounter === undefined && adviser === undefined;
}
