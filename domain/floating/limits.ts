import { MINUTE, type CounterId, type Instant, type StaffId } from '../ids.ts';
import { standing } from '../routing/call-order.ts';
import { personCanDo } from '../routing/skills.ts';
import type { BranchDay, Counter } from '../state.ts';

/** What no policy may break (rules F2, F3): asked before a proposal is made, and again when it is approved. */

/**
 * How much use this person would be at this window: how many of those who wait they could serve there, or, while nobody
 * waits for it, how many services they can do at all. Nothing when they may not be sent there now.
 * @param busy who cannot be asked: see `busyPeople`
 */
export function useAt(
  state: BranchDay,
  counterId: CounterId,
  staffId: StaffId,
  now: Instant,
  busy = busyPeople(state),
): number {
  const counter = state.counters.get(counterId);
  if (counter === undefined || !mayOpen(state, counter, now) || !isFree(state, staffId, busy)) return 0;
  const profile = configured(state, counterId);
  const waits = state.index.profiles.get(profile)?.first.some((segment) => state.queue.waitingIn(segment) > 0) ?? false;
  if (!waits) return state.index.servicesOfStaff.get(staffId)?.size ?? 0;
  return reach(state, { ...counter, tellerId: staffId }, profile);
}

function mayOpen(state: BranchDay, { id, status, since, openedAt }: Counter, now: Instant): boolean {
  if (status !== 'closed' || state.index.counters.get(id)?.kind !== 'floating') return false;
  return openedAt === undefined || now - since >= state.config.floating.minClosedMinutes * MINUTE;
}

/** Who sits at a counter or is on the way to one, and those who are as good as gone: `asked` to another window. */
export function busyPeople(state: BranchDay, asked: readonly StaffId[] = []): ReadonlySet<StaffId> {
  const busy = new Set(asked);
  for (const { tellerId } of state.counters.values()) if (tellerId !== undefined) busy.add(tellerId);
  return busy;
}

/** At no counter, and no post would be left with too few (rule F3). */
function isFree(state: BranchDay, staffId: StaffId, busy: ReadonlySet<StaffId>): boolean {
  const { staff, posts } = state.config.floating;
  if (!staff.includes(staffId) || busy.has(staffId)) return false;
  return posts
    .filter((post) => post.staff.includes(staffId))
    .every((post) => post.staff.filter((id) => id !== staffId && !busy.has(id)).length >= post.minimum);
}

/** Whether a floating window may be closed now. */
export function mayClose(state: BranchDay, counter: Counter, now: Instant): boolean {
  const { id, status, openedAt } = counter;
  if (status !== 'open' || state.index.counters.get(id)?.kind !== 'floating') return false;
  if (openedAt === undefined || now - openedAt < state.config.floating.minOpenMinutes * MINUTE) return false;
  const others = [...state.counters.values()].filter((other) => other.id !== id && other.status === 'open');
  return [...state.queue.lanes()].every(
    (lane) => !reaches(state, counter, counter.profile, lane) || others.some((o) => reaches(state, o, o.profile, lane)),
  );
}

/** Whether a window's work profile may be changed now. */
export function mayConvert(state: BranchDay, { id, status, profileSince }: Counter, now: Instant): boolean {
  const kind = state.index.counters.get(id)?.kind;
  if (status !== 'open' || (kind !== 'floating' && kind !== 'fixed')) return false;
  return now - profileSince >= state.config.floating.minOpenMinutes * MINUTE;
}

/** How many of those who wait this counter's teller could serve under a work profile, those it serves first alone. */
export function reach(state: BranchDay, counter: Counter, profileId: string): number {
  let count = 0;
  for (const lane of state.queue.lanes()) if (reaches(state, counter, profileId, lane)) count += lane.entries.length;
  return count;
}

type Lane = Parameters<typeof standing>[2];

function reaches(state: BranchDay, counter: Counter, profileId: string, lane: Lane): boolean {
  const profile = state.index.profiles.get(profileId);
  if (profile === undefined || standing(counter, profile, lane) !== 'own') return false;
  if (counter.tellerId !== undefined) return personCanDo(state, counter.tellerId, lane.service);
  return state.index.servicesOfDevice.get(counter.id)?.has(lane.service) ?? false;
}

export function configured(state: BranchDay, counterId: CounterId): string {
  return state.index.counters.get(counterId)?.profile ?? '';
}
