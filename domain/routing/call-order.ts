import type { WorkProfile } from '../config.ts';
import type { Why } from '../events.ts';
import type { CounterId, Instant, SegmentId } from '../ids.ts';
import { countBefore, type Lane, type QueueEntry } from '../queue.ts';
import type { BranchDay, Counter } from '../state.ts';
import { POLICIES } from './policies.ts';
import { counterCanDo, rateAt } from './skills.ts';
import { limitsOf } from './targets.ts';

/** One ticket in the order of a counter, with what decided its place. */
export interface Choice {
  readonly entry: QueueEntry;
  readonly lane: Lane;
  readonly rule: 'ceiling' | 'prioritised' | 'care-first' | 'policy';
  readonly score: number;
  readonly waitedMs: number;
  readonly targetMs: number;
  readonly helping: boolean;
}

/** Before the policy is asked (rules R2, R3); the smallest goes first. */
const STEP = { ceiling: 0, prioritised: 1, 'care-first': 2, policy: 3 } as const;

/** A lane that this counter may call from, and how far the order has taken it. */
interface Cursor {
  readonly lane: Lane;
  readonly own: boolean;
  readonly targetMs: number;
  readonly ceilingMs: number;
  readonly rate: number;
  next: number;
}

/**
 * The tickets that `counterId` may call, in the order in which it would call them if nothing changed (rules R1–R10, V4).
 * A generator, because calling wants the first two and a screen the first fifty.
 */
export function* callOrder(state: BranchDay, counterId: CounterId, now: Instant): Generator<Choice, void> {
  const counter = state.counters.get(counterId);
  const profile = counter === undefined ? undefined : state.index.profiles.get(counter.profile);
  if (counter === undefined || profile === undefined) return;
  const cursors = cursorsFor(state, counter, profile);
  const ratioCalls = new Map(state.ratioCalls);
  for (;;) {
    const ownWaits = cursors.some((cursor) => cursor.own && cursor.next < cursor.lane.entries.length);
    let best: { choice: Choice; cursor: Cursor } | undefined;
    for (const cursor of cursors) {
      const choice = choiceOf(state, cursor, ratioCalls, now);
      if (choice === undefined || !mayHelp(choice, cursor, profile, ownWaits)) continue;
      if (best === undefined || goesBefore(choice, best.choice)) best = { choice, cursor };
    }
    if (best === undefined) return;
    yield best.choice;
    best.cursor.next += 1;
    const { segment } = best.cursor.lane;
    ratioCalls.set(segment, (ratioCalls.get(segment) ?? 0) + 1);
  }
}

/** How many tickets `callOrder` gives, without going through them. */
export function callableCount(state: BranchDay, counterId: CounterId, now: Instant): number {
  const counter = state.counters.get(counterId);
  const profile = counter === undefined ? undefined : state.index.profiles.get(counter.profile);
  if (counter === undefined || profile === undefined) return 0;
  let count = 0;
  for (const { lane, own, targetMs, ceilingMs } of cursorsFor(state, counter, profile)) {
    const onlyLate = !own && profile.helpWhen === 'late';
    count += onlyLate ? countBefore(lane.entries, now - Math.min(targetMs, ceilingMs), Infinity) : lane.entries.length;
  }
  return count;
}

/** Rule R9: the first of the order, and why it was. */
export function chooseNext(
  state: BranchDay,
  counterId: CounterId,
  now: Instant,
): { choice: Choice; why: Why } | undefined {
  const order = callOrder(state, counterId, now);
  const choice = order.next().value ?? undefined;
  if (choice === undefined) return undefined;
  const second = order.next().value ?? undefined;
  const { rule, score, waitedMs, targetMs } = choice;
  const runnerUp = second && {
    number: second.entry.number,
    score: second.score,
    waitedMs: second.waitedMs,
    targetMs: second.targetMs,
  };
  const reason = rule === 'prioritised' ? state.tickets.get(choice.entry.ticketId)?.prioritised : undefined;
  return {
    choice,
    why: {
      rule,
      policy: state.config.routing.policy,
      score,
      waitedMs,
      targetMs,
      ...(runnerUp !== undefined && { runnerUp }),
      ...(choice.helping && { helping: true as const }),
      ...(reason !== undefined && { reason }),
    },
  };
}

/** How a counter stands to a lane: it is its own, it could help with it, or neither (rules R1, K4). */
export function standing(counter: Counter, profile: WorkProfile, lane: Lane): 'own' | 'help' | undefined {
  if (lane.onlyCounter !== undefined) return lane.onlyCounter === counter.id ? 'own' : undefined;
  if (lane.adviser !== undefined) return lane.adviser === counter.tellerId ? 'own' : undefined;
  if (profile.first.includes(lane.segment)) return 'own';
  return profile.help.includes(lane.segment) ? 'help' : undefined;
}

function cursorsFor(state: BranchDay, counter: Counter, profile: WorkProfile): Cursor[] {
  const cursors: Cursor[] = [];
  for (const lane of state.queue.lanes()) {
    const stands = standing(counter, profile, lane);
    if (stands === undefined || !counterCanDo(state, counter.id, lane.service)) continue;
    const limits = limitsOf(state, lane.segment, lane.care);
    cursors.push({ lane, own: stands === 'own', ...limits, rate: rateAt(state, counter.id, lane.service), next: 0 });
  }
  return cursors;
}

function choiceOf(
  state: BranchDay,
  cursor: Cursor,
  ratioCalls: ReadonlyMap<SegmentId, number>,
  now: Instant,
): Choice | undefined {
  const { lane, targetMs, ceilingMs, rate } = cursor;
  const entry = lane.entries[cursor.next];
  const segment = state.index.segments.get(lane.segment);
  if (entry === undefined || segment === undefined) return undefined;
  const { policy, power, careFirst } = state.config.routing;
  const waitedMs = Math.max(0, now - entry.since);
  const rule =
    waitedMs >= ceilingMs
      ? 'ceiling'
      : lane.prioritised
        ? 'prioritised'
        : careFirst && lane.care
          ? 'care-first'
          : 'policy';
  const score =
    rule === 'ceiling'
      ? waitedMs / targetMs
      : rule === 'policy'
        ? POLICIES[policy]({ waitedMs, targetMs, rate, segment, segmentCalls: ratioCalls.get(segment.id) ?? 0 }, power)
        : waitedMs;
  return { entry, lane, rule, score, waitedMs, targetMs, helping: !cursor.own };
}

/** Rule R8. */
function mayHelp(choice: Choice, cursor: Cursor, profile: WorkProfile, ownWaits: boolean): boolean {
  if (cursor.own || choice.rule === 'ceiling') return true;
  const late = choice.waitedMs >= choice.targetMs;
  return (late && profile.helpWhen !== 'free') || (!ownWaits && profile.helpWhen !== 'late');
}

function goesBefore(one: Choice, other: Choice): boolean {
  if (one.rule !== other.rule) return STEP[one.rule] < STEP[other.rule];
  if (one.score !== other.score) return one.score > other.score;
  if (one.waitedMs !== other.waitedMs) return one.waitedMs > other.waitedMs;
  return one.entry.order < other.entry.order;
}
