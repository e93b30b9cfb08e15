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
  /** Open windows of the lines that are not floating, and their speeds together. */
  readonly windows: number;
  readonly speed: number;
  /** How many floating windows the branch has. */
  readonly floating: number;
  readonly opening: readonly Counter[];
  /** Floating windows that are open, busy or idle. */
  readonly open: readonly Counter[];
  /** Speed of one floating window: of those who sit there, or else of those who may be asked. */
  readonly floatingSpeed: number;
  /** Service time of a teller of speed 1, minutes: the typical one, corrected by how it has been today. */
  readonly serviceMinutes: number;
}

/** What came within this counts for the typical service time. */
const RECENT = 60 * MINUTE;

export function linesOf(state: BranchDay, now: Instant, segments = segmentsOfFloating(state)): Lines {
  const waiting: Instant[] = [];
  const wanted = new Map<ServiceId, number>();
  let inHand = 0;
  for (const ticket of state.tickets.values()) {
    if (!segments.has(ticket.segment)) continue;
    const waits = ticket.status === 'waiting' && ticket.onlyCounter === undefined && ticket.adviser === undefined;
    const served = ticket.status === 'called' || ticket.status === 'serving';
    if (waits) waiting.push(ticket.waitingSince);
    if (served) inHand += 1;
    if (!waits && !served && now - ticket.issuedAt > RECENT) continue;
    const service = ticket.services[0] ?? ticket.done[0];
    if (service !== undefined) wanted.set(service, (wanted.get(service) ?? 0) + 1);
  }
  waiting.sort((one, other) => one - other);
  const opening: Counter[] = [];
  const open: Counter[] = [];
  let floating = 0;
  let windows = 0;
  let speed = 0;
  for (const counter of state.counters.values()) {
    const kind = state.index.counters.get(counter.id)?.kind;
    if (kind === 'floating') {
      floating += 1;
      if (!servesFirst(state, counter, segments)) continue;
      if (counter.status === 'opening') opening.push(counter);
      if (counter.status === 'open') open.push(counter);
    } else if (kind !== 'device' && counter.status === 'open' && servesFirst(state, counter, segments)) {
      windows += 1;
      speed += speedOf(state.index.staff.get(counter.tellerId ?? ''), wanted);
    }
  }
  const seated = [...opening, ...open].flatMap(({ tellerId }) => tellerId ?? []);
  const people = (seated.length > 0 ? seated : state.config.floating.staff).map((id) => state.index.staff.get(id));
  return {
    ...{ segments, waiting, inHand, windows, speed, floating, opening, open },
    floatingSpeed: mean(people.map((person) => speedOf(person, wanted))) ?? 1,
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
  for (const { segment, status, done, periods, tellerId } of state.tickets.values()) {
    if (status !== 'finished' || !segments.has(segment)) continue;
    const person = state.index.staff.get(tellerId ?? '');
    for (const service of done)
      typical +=
        (state.index.services.get(service)?.minutes ?? 0) / (person?.speed[service] ?? person?.speed['*'] ?? 1);
    for (const { kind, from, to = from } of periods) if (kind === 'serve') took += (to - from) / MINUTE;
    count += 1;
  }
  if (count === 0 || typical === 0) return 1;
  const prior = (TRUST * typical) / count;
  return (prior + took) / (prior + typical);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
