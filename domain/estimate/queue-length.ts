import type { Quote } from '../events.ts';
import type { CounterId, SegmentId, ServiceId, StaffId } from '../ids.ts';
import { countBefore, type Lane } from '../queue.ts';
import { counterCanDo } from '../routing/skills.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';

/** Somebody who waits, or would wait, for a first service. */
export interface Waiter {
  readonly segment: SegmentId;
  readonly service: ServiceId;
  readonly care: boolean;
  readonly onlyCounter?: CounterId | undefined;
  readonly adviser?: StaffId | undefined;
  /** Absent for one who would take a number now. */
  readonly ticket?: Ticket | undefined;
}

/** A counter that only helps a segment counts as this much of a window for it: half, for want of a better figure. */
const HELP_SHARE = 0.5;

export function waiterOf(ticket: Ticket): Waiter {
  const { segment, services, careNeeds, onlyCounter, adviser } = ticket;
  return { segment, service: services[0] ?? '', care: careNeeds.length > 0, onlyCounter, adviser, ticket };
}

/** How many are called before this one if the hall stays as it is: of the same segment and reservation, as marks and waiting time order them. */
export function peopleAhead(state: BranchDay, waiter: Waiter): number {
  let ahead = 0;
  for (const lane of state.queue.lanes()) ahead += aheadIn(lane, waiter);
  return ahead;
}

function aheadIn(lane: Lane, waiter: Waiter): number {
  const { ticket } = waiter;
  if (lane.segment !== waiter.segment) return 0;
  if (lane.onlyCounter !== waiter.onlyCounter || lane.adviser !== waiter.adviser) return 0;
  const step = (prioritised: boolean, care: boolean) => (prioritised ? 0 : care ? 1 : 2);
  const theirs = step(lane.prioritised, lane.care);
  const mine = step(ticket?.prioritised !== undefined, waiter.care);
  if (theirs !== mine) return theirs < mine ? lane.entries.length : 0;
  return ticket === undefined ? lane.entries.length : countBefore(lane.entries, ticket.waitingSince, ticket.order);
}

/**
 * The wait still to come, by the queue-length rule (rule E1): the k-th in line of c windows waits for k of their services.
 * With exponential services the wait is Erlang(k, c/S) (Whitt, Predicting queueing delays, 1999), given here by the
 * Wilson–Hilferty form of the gamma law. Minutes. Nothing while no open counter serves the segment (rule E2).
 */
export function quoteFor(state: BranchDay, waiter: Waiter): Quote | undefined {
  const { windows, idle } = windowsFor(state, waiter);
  if (windows === 0) return undefined;
  const ahead = peopleAhead(state, waiter);
  if (idle && ahead === 0) return { p10: 0, p50: 0, p80: 0, p90: 0 };
  const minutes = state.index.services.get(waiter.service)?.minutes ?? 0;
  const shape = ahead + 1;
  const mean = (shape * minutes) / windows;
  const at = (z: number) => Math.max(0, mean * (1 - 1 / (9 * shape) + z / Math.sqrt(9 * shape)) ** 3);
  return { p10: at(-1.2816), p50: at(0), p80: at(0.8416), p90: at(1.2816) };
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
    const others = profile.first.filter((id) => id !== waiter.segment && state.queue.waitingIn(id) > 0);
    return 1 / (1 + others.length);
  }
  return profile?.help.includes(waiter.segment) ? HELP_SHARE : 0;
}

/** Such a counter calls nobody who has just come, however idle it is (rule R8). */
function helpsOnlyLate(state: BranchDay, counter: Counter, { segment, onlyCounter, adviser }: Waiter): boolean {
  const profile = state.index.profiles.get(counter.profile);
  if (profile?.helpWhen !== 'late' || profile.first.includes(segment)) return false;
  return onlyCounter === undefined && adviser === undefined;
}
