import type { RoutingConfig, WorkProfile } from '../config.ts';
import type { Why } from '../events.ts';
import type { CounterId, Instant, SegmentId } from '../ids.ts';
import { countBefore, type Lane, type QueueEntry } from '../queue.ts';
import { must } from '../records.ts';
import type { BranchDay, Counter } from '../state.ts';
import { POLICIES, type Prospect } from './policies.ts';
import { servicesAt } from './skills.ts';

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

/**
 * A lane that this counter may call from, and how its next ticket stands. One object for each lane, kept up to date in
 * place: a call looks at all lanes, and this is most of what it costs.
 */
interface Candidate extends Prospect {
  readonly lane: Lane;
  readonly own: boolean;
  readonly ceilingMs: number;
  /** How far the order has taken the lane. */
  next: number;
  /** Its next ticket; nothing when the lane is used up. */
  entry: QueueEntry | undefined;
  rule: Choice['rule'];
  score: number;
  waitedMs: number;
  segmentCalls: number;
}

/**
 * The tickets that `counterId` may call, in the order in which it would call them if nothing changed (rules R1–R10, V4).
 * A generator, because calling wants the first two and a screen the first fifty.
 */
export function* callOrder(state: BranchDay, counterId: CounterId, now: Instant): Generator<Choice, void> {
  const counter = state.counters.get(counterId);
  const profile = counter === undefined ? undefined : state.index.profiles.get(counter.profile);
  if (counter === undefined || profile === undefined) return;
  const { routing } = state.config;
  const candidates = candidatesFor(state, counter, profile);
  for (const candidate of candidates) look(candidate, routing, now);
  for (;;) {
    const best = bestOf(candidates, profile);
    if (best?.entry === undefined) return;
    const { entry, lane, rule, score, waitedMs, targetMs, own } = best;
    yield { entry, lane, rule, score, waitedMs, targetMs, helping: !own };
    best.next += 1;
    look(best, routing, now);
    if (routing.policy === 'ratio') countCall(candidates, lane.segment, routing, now);
  }
}

/** How many tickets `callOrder` gives, without going through them. */
export function callableCount(state: BranchDay, counterId: CounterId, now: Instant): number {
  const counter = state.counters.get(counterId);
  const profile = counter === undefined ? undefined : state.index.profiles.get(counter.profile);
  if (counter === undefined || profile === undefined) return 0;
  let count = 0;
  for (const { lane, own, targetMs, ceilingMs } of candidatesFor(state, counter, profile)) {
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
  const { policy } = state.config.routing;
  const why: { -readonly [Key in keyof Why]: Why[Key] } = { rule, policy, score, waitedMs, targetMs };
  if (runnerUp !== undefined) why.runnerUp = runnerUp;
  if (choice.helping) why.helping = true;
  if (reason !== undefined) why.reason = reason;
  return { choice, why };
}

/** How a counter stands to a lane: it is its own, it could help with it, or neither (rules R1, K4). */
export function standing(
  counter: Counter,
  profile: WorkProfile,
  lane: Omit<Lane, 'entries'>,
): 'own' | 'help' | undefined {
  if (lane.onlyCounter !== undefined) return lane.onlyCounter === counter.id ? 'own' : undefined;
  if (lane.adviser !== undefined) return lane.adviser === counter.tellerId ? 'own' : undefined;
  if (profile.first.includes(lane.segment)) return 'own';
  return profile.help.includes(lane.segment) ? 'help' : undefined;
}

function candidatesFor(state: BranchDay, counter: Counter, profile: WorkProfile): Candidate[] {
  const services = servicesAt(state, counter.id);
  const candidates: Candidate[] = [];
  if (services === undefined) return candidates;
  for (const [segmentId, lanes] of state.queue.openLanes()) {
    const own = profile.first.includes(segmentId);
    if (lanes.length === 0 || (!own && !profile.help.includes(segmentId))) continue;
    const stream = streamOf(state, segmentId);
    for (const lane of lanes) addCandidate(candidates, lane, own, services.get(lane.service), stream);
  }
  for (const lane of state.queue.reservedLanes)
    if (standing(counter, profile, lane) === 'own')
      addCandidate(candidates, lane, true, services.get(lane.service), streamOf(state, lane.segment));
  return candidates;
}

/** What all lanes of a segment have in common. */
function streamOf(state: BranchDay, id: SegmentId) {
  const { segments, limits } = state.index;
  return {
    segment: must(segments.get(id), id),
    limits: must(limits.get(id), id),
    calls: state.ratioCalls.get(id) ?? 0,
  };
}

/** @param rate nothing when the counter lacks the skills */
function addCandidate(
  candidates: Candidate[],
  lane: Lane,
  own: boolean,
  rate: number | undefined,
  { segment, limits, calls: segmentCalls }: ReturnType<typeof streamOf>,
): void {
  if (rate === undefined) return;
  const { targetMs, ceilingMs } = lane.care ? limits.care : limits.ordinary;
  candidates.push({
    lane,
    own,
    segment,
    targetMs,
    ceilingMs,
    rate,
    segmentCalls,
    next: 0,
    entry: undefined,
    rule: 'policy',
    score: 0,
    waitedMs: 0,
  });
}

/** Rules R2–R4: how the next ticket of the lane stands. */
function look(candidate: Candidate, { policy, power, careFirst }: RoutingConfig, now: Instant): void {
  const { lane } = candidate;
  const entry = lane.entries[candidate.next];
  candidate.entry = entry;
  if (entry === undefined) return;
  const waitedMs = Math.max(0, now - entry.since);
  candidate.waitedMs = waitedMs;
  if (waitedMs >= candidate.ceilingMs) {
    candidate.rule = 'ceiling';
    candidate.score = waitedMs / candidate.targetMs;
  } else if (lane.prioritised || (careFirst && lane.care)) {
    candidate.rule = lane.prioritised ? 'prioritised' : 'care-first';
    candidate.score = waitedMs;
  } else {
    candidate.rule = 'policy';
    candidate.score = POLICIES[policy](candidate, power);
  }
}

/** Rule R10: one more call of a segment changes how all of its lanes stand. */
function countCall(candidates: readonly Candidate[], segment: SegmentId, routing: RoutingConfig, now: Instant): void {
  for (const candidate of candidates) {
    if (candidate.lane.segment !== segment) continue;
    candidate.segmentCalls += 1;
    look(candidate, routing, now);
  }
}

function bestOf(candidates: readonly Candidate[], profile: WorkProfile): Candidate | undefined {
  let ownWaits = false;
  for (const { own, entry } of candidates) ownWaits ||= own && entry !== undefined;
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (candidate.entry === undefined || !mayHelp(candidate, profile, ownWaits)) continue;
    if (best === undefined || goesBefore(candidate, best)) best = candidate;
  }
  return best;
}

/** Rule R8. */
function mayHelp({ own, rule, waitedMs, targetMs }: Candidate, profile: WorkProfile, ownWaits: boolean): boolean {
  if (own || rule === 'ceiling') return true;
  const late = waitedMs >= targetMs;
  return (late && profile.helpWhen !== 'free') || (!ownWaits && profile.helpWhen !== 'late');
}

function goesBefore(one: Candidate, other: Candidate): boolean {
  if (one.rule !== other.rule) return STEP[one.rule] < STEP[other.rule];
  if (one.score !== other.score) return one.score > other.score;
  if (one.waitedMs !== other.waitedMs) return one.waitedMs > other.waitedMs;
  return (one.entry?.order ?? Infinity) < (other.entry?.order ?? Infinity);
}
