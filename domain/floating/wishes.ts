import { MINUTE, type Instant } from '../ids.ts';
import type { BranchDay, Counter } from '../state.ts';
import { expectedArrivals } from './expected-arrivals.ts';
import { busyPeople, mayClose, mayConvert, reach, useAt } from './limits.ts';
import { linesOf, type Lines } from './lines.ts';
import { FLOATING_POLICIES, type Sight } from './policies.ts';
import type { PlanFigures, Proposal, ProposalKind } from './proposal.ts';

/** What to propose at a review, and to whom: the policy says when, the limits and the skills say which window. */

export type Wished = Pick<Proposal, 'kind' | 'counterId' | 'tellerId' | 'profile' | 'until' | 'reason'>;

export interface Wishes {
  readonly wished: readonly Wished[];
  readonly plan?: PlanFigures | undefined;
}

/** @param pending what waits for an answer: it counts as if it were done */
export function wishesOf(state: BranchDay, now: Instant, pending: readonly Proposal[]): Wishes {
  const { config, floating } = state;
  const quiet = new Set(
    [...floating.proposals.values()]
      .filter(({ status, settledAt = 0 }) => status === 'dismissed' && now - settledAt < silence(state))
      .map(({ kind }) => kind),
  );
  const lines = linesOf(state, now);
  const rate = expectedArrivals(state, lines.segments, now);
  const candidate = bestOpening(state, now, pending);
  const closable = closableNow(state, now, pending);
  const taken = new Set(pending.flatMap(({ kind, counterId }) => (kind === 'close' ? [counterId] : [])));
  const staying = lines.open.filter(({ id }) => !taken.has(id));
  const { minOpenMinutes } = config.floating;
  const free = staying.filter(({ openedAt = now }) => now - openedAt >= minOpenMinutes * MINUTE).length;
  const sight: Sight = {
    ...{ now, config: config.floating, lines, rate, plan: floating.plan, closable },
    opening: lines.opening.length + pending.filter(({ kind }) => kind === 'open').length,
    locked: staying.length - free,
    free,
    mayOpen: candidate !== undefined && !quiet.has('open'),
  };
  const { wish, plan } = FLOATING_POLICIES[config.floating.policy](sight);
  const wished: Wished[] = [];
  if (wish?.kind === 'open' && candidate !== undefined) wished.push({ ...candidate, reason: wish.reason });
  if (wish?.kind === 'close' && !quiet.has('close')) {
    const tellerId = state.counters.get(wish.counterId ?? '')?.tellerId;
    wished.push({ kind: 'close', counterId: wish.counterId, tellerId, reason: wish.reason });
  }
  if (wish === undefined) wished.push(...conversion(state, now, pending));
  wished.push(...longerHours(state, now, sight));
  const known = (kind: ProposalKind) => pending.some((other) => other.kind === kind);
  return {
    plan,
    wished: wished.filter(({ kind }) => !quiet.has(kind) && !(kind !== 'open' && known(kind))),
  };
}

/** After a dismissal nothing of its kind is proposed for so long (rule F6). */
function silence({ config }: BranchDay): number {
  return config.floating.proposalMinutes * MINUTE;
}

/** The window and the person who would be of most use; of equal use the faster one, then the first of the list. */
function bestOpening(
  state: BranchDay,
  now: Instant,
  pending: readonly Proposal[],
): Pick<Wished, 'kind' | 'counterId' | 'tellerId'> | undefined {
  const openings = pending.filter(({ kind }) => kind === 'open');
  const busy = busyPeople(
    state,
    openings.flatMap(({ tellerId }) => tellerId ?? []),
  );
  const windows = state.config.counters.filter(
    ({ id, kind }) => kind === 'floating' && !openings.some(({ counterId }) => counterId === id),
  );
  let best: Pick<Wished, 'kind' | 'counterId' | 'tellerId'> | undefined;
  let most = 0;
  for (const { id: counterId } of windows)
    for (const tellerId of state.config.floating.staff) {
      const speed = state.index.staff.get(tellerId)?.speed['*'] ?? 1;
      const use = useAt(state, counterId, tellerId, now, busy) + speed / 100;
      if (use < 1 || use <= most) continue;
      most = use;
      best = { kind: 'open', counterId, tellerId };
    }
  return best;
}

/** The least needed first: those who have had nobody the longest, then those who could serve the fewest. */
function closableNow(state: BranchDay, now: Instant, pending: readonly Proposal[]): Sight['closable'] {
  return [...state.counters.values()]
    .filter((counter) => mayClose(state, counter, now) && !pending.some(({ counterId }) => counterId === counter.id))
    .map((counter) => ({
      counterId: counter.id,
      idleMinutes: counter.ticketId === undefined ? (now - counter.idleSince) / MINUTE : 0,
      could: reach(state, counter, counter.profile),
    }))
    .sort((one, other) => other.idleMinutes - one.idleMinutes || one.could - other.could);
}

/** Rule F10. */
function conversion(state: BranchDay, now: Instant, pending: readonly Proposal[]): Wished[] {
  const { config, counters } = state;
  const { openAbove } = config.floating.threshold;
  const profiles = new Set(
    config.counters.filter(({ kind }) => kind === 'floating' || kind === 'fixed').map(({ profile }) => profile),
  );
  if (profiles.size < 2 || state.queue.size === 0) return [];
  let best: Wished | undefined;
  let most = 0;
  for (const counter of counters.values()) {
    if (!mayConvert(state, counter, now) || pending.some(({ counterId }) => counterId === counter.id)) continue;
    if (reach(state, counter, counter.profile) > 0) continue;
    for (const profile of profiles) {
      if (profile === counter.profile) continue;
      const waiting = reach(state, counter, profile) - helpedWith(state, counter, profile);
      const windows = [...counters.values()].filter((other) => sharesWork(state, other, profile)).length;
      if (waiting <= most || waiting <= openAbove * Math.max(1, windows)) continue;
      most = waiting;
      const { id: counterId, tellerId } = counter;
      best = { kind: 'convert', counterId, tellerId, profile, reason: { code: 'other-work', waiting } };
    }
  }
  return best === undefined ? [] : [best];
}

/** Of those whom it would serve first under `profileId`, those that it already helps with when it is free. */
function helpedWith(state: BranchDay, counter: Counter, profileId: string): number {
  const now = state.index.profiles.get(counter.profile);
  if (now === undefined || now.helpWhen === 'late') return 0;
  const first = state.index.profiles.get(profileId)?.first ?? [];
  return now.help
    .filter((segment) => first.includes(segment))
    .reduce((sum, segment) => sum + state.queue.waitingIn(segment), 0);
}

function sharesWork(state: BranchDay, { id, status, profile }: Counter, profileId: string): boolean {
  if (status !== 'open' || state.index.counters.get(id)?.kind === 'device') return false;
  const wanted = state.index.profiles.get(profileId)?.first ?? [];
  return state.index.profiles.get(profile)?.first.some((segment) => wanted.includes(segment)) ?? false;
}

const LAST_HOUR = 60 * MINUTE;
const HOURS_STEP = 5;
const HOURS_MOST = 120;

/** Rule F11. */
function longerHours(state: BranchDay, now: Instant, { lines, rate, opening, locked, free }: Sight): Wished[] {
  const { closesAt } = state.floating;
  if (closesAt === undefined || now >= closesAt || closesAt - now > LAST_HOUR) return [];
  const { floatingSpeed, serviceMinutes, ...fixed } = lines.work();
  const speed = fixed.speed + (opening + locked + free) * floatingSpeed;
  if (speed === 0) return [];
  const left = leftAtClosing(lines, rate, now, closesAt, speed);
  const minutes = (left * serviceMinutes) / speed;
  if (minutes < HOURS_STEP) return [];
  const longer = Math.min(HOURS_MOST, Math.ceil(minutes / HOURS_STEP) * HOURS_STEP);
  const reason = { code: 'cannot-finish', left: Math.round(left), minutes: Math.round(minutes) } as const;
  return [{ kind: 'extend-hours', until: closesAt + longer * MINUTE, reason }];
}

function leftAtClosing(
  { waiting, inHand, work }: Lines,
  rate: Sight['rate'],
  now: Instant,
  closesAt: Instant,
  speed: number,
): number {
  const { serviceMinutes } = work();
  let left = waiting.length + inHand;
  for (let at = now; at < closesAt; at += MINUTE) left = Math.max(0, left + rate(at) - speed / serviceMinutes);
  return left;
}
