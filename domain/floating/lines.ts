import type { StaffMember } from '../config.ts';
import { MINUTE, type Instant, type SegmentId, type ServiceId } from '../ids.ts';
import type { BranchDay, Counter } from '../state.ts';

/** The hall as a floating policy sees it: the lines that floating windows serve, as one queue. */
export interface Lines {
  readonly segments: ReadonlySet<SegmentId>;
  /** Since when each of those who wait has waited, oldest first. */
  readonly waiting: readonly Instant[];
  /** Called or being served. */
  readonly inHand: number;
  /** Open windows of the lines that are not floating. */
  readonly windows: number;
  /** How many floating windows the branch has. */
  readonly floating: number;
  readonly opening: readonly Counter[];
  /** Floating windows that are open, busy or idle. */
  readonly open: readonly Counter[];
  /** Looks at every ticket of the day, so it is made when it is asked for, once. */
  readonly work: () => Work;
}

/** How fast the lines are served. */
export interface Work {
  /** Speeds of the open windows that are not floating, together. */
  readonly speed: number;
  /** Speed of one floating window: of those who sit there, or else of those who may be asked. */
  readonly floatingSpeed: number;
  /** Service time of a teller of speed 1, minutes: the typical one, corrected by how it has been today. */
  readonly serviceMinutes: number;
}

export function linesOf(state: BranchDay, now: Instant, segments = segmentsOfFloating(state)): Lines {
  const waiting: Instant[] = [];
  for (const { segment, onlyCounter, adviser, entries } of state.queue.lanes())
    if (segments.has(segment) && onlyCounter === undefined && adviser === undefined)
      for (const { since } of entries) waiting.push(since);
  waiting.sort((one, other) => one - other);
  let inHand = 0;
  const opening: Counter[] = [];
  const open: Counter[] = [];
  const fixed: Counter[] = [];
  let floating = 0;
  for (const counter of state.counters.values()) {
    const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
    if (ticket !== undefined && segments.has(ticket.segment)) inHand += 1;
    const kind = state.index.counters.get(counter.id)?.kind;
    if (kind === 'floating') floating += 1;
    if (kind === 'device' || !servesFirst(state, counter, segments)) continue;
    if (counter.status === 'open') (kind === 'floating' ? open : fixed).push(counter);
    if (kind === 'floating' && counter.status === 'opening') opening.push(counter);
  }
  let work: Work | undefined;
  return {
    ...{ segments, waiting, inHand, windows: fixed.length, floating, opening, open },
    work: () => (work ??= workOf(state, now, segments, fixed, [...opening, ...open])),
  };
}

/** What came within this counts for the typical service time. */
const RECENT = 60 * MINUTE;

function workOf(
  state: BranchDay,
  now: Instant,
  segments: ReadonlySet<SegmentId>,
  fixed: readonly Counter[],
  floating: readonly Counter[],
): Work {
  const wanted = new Map<ServiceId, number>();
  for (const { segment, status, issuedAt, services, done } of state.tickets.values()) {
    if (!segments.has(segment)) continue;
    const here = status === 'waiting' || status === 'called' || status === 'serving';
    if (!here && now - issuedAt > RECENT) continue;
    const service = services[0] ?? done[0];
    if (service !== undefined) wanted.set(service, (wanted.get(service) ?? 0) + 1);
  }
  const speedAt = ({ tellerId }: Counter) => speedOf(state.index.staff.get(tellerId ?? ''), wanted);
  const asked = state.config.floating.staff.map((id) => speedOf(state.index.staff.get(id), wanted));
  return {
    speed: fixed.reduce((sum, counter) => sum + speedAt(counter), 0),
    floatingSpeed: mean(floating.length > 0 ? floating.map(speedAt) : asked) ?? 1,
    serviceMinutes: minutesOf(state, wanted) * paceOf(state, segments),
  };
}

/** What floating windows serve first by the configuration. */
export function segmentsOfFloating(state: BranchDay): ReadonlySet<SegmentId> {
  const floating = state.config.counters.filter(({ kind }) => kind === 'floating');
  return new Set(floating.flatMap(({ profile }) => state.index.profiles.get(profile)?.first ?? []));
}

function servesFirst(state: BranchDay, counter: Counter, segments: ReadonlySet<SegmentId>): boolean {
  return state.index.profiles.get(counter.profile)?.first.some((segment) => segments.has(segment)) ?? false;
}

/** A person's speed over what is wanted now. */
function speedOf(person: StaffMember | undefined, wanted: ReadonlyMap<ServiceId, number>): number {
  if (person === undefined) return 1;
  let sum = 0;
  let count = 0;
  for (const [service, times] of wanted) {
    sum += times * (person.speed[service] ?? person.speed['*'] ?? 1);
    count += times;
  }
  return count === 0 ? (person.speed['*'] ?? 1) : sum / count;
}

function minutesOf(state: BranchDay, wanted: ReadonlyMap<ServiceId, number>): number {
  const minutes = (service: ServiceId) => state.index.services.get(service)?.minutes ?? 0;
  const count = [...wanted.values()].reduce((sum, times) => sum + times, 0);
  if (count === 0) return mean(state.config.services.map(({ minutes: each }) => each)) ?? 1;
  return [...wanted].reduce((sum, [service, times]) => sum + times * minutes(service), 0) / count;
}

/** For so many customers the typical times are trusted before the day's own speak. */
const TRUST = 20;

/** How long services in these segments have taken today, as a share of what was typical for their tellers. */
function paceOf(state: BranchDay, segments: ReadonlySet<SegmentId>): number {
  let took = 0;
  let typical = 0;
  let count = 0;
  for (const ticket of state.tickets.values()) {
    if (ticket.status !== 'finished' || !segments.has(ticket.segment)) continue;
    const person = state.index.staff.get(ticket.tellerId ?? '');
    for (const service of ticket.done)
      typical +=
        (state.index.services.get(service)?.minutes ?? 0) / (person?.speed[service] ?? person?.speed['*'] ?? 1);
    for (const { kind, from, to = from } of ticket.periods) if (kind === 'serve') took += (to - from) / MINUTE;
    count += 1;
  }
  if (count === 0 || typical === 0) return 1;
  const prior = (TRUST * typical) / count;
  return (prior + took) / (prior + typical);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
