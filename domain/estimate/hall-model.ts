import type { Segment } from '../config.ts';
import { segmentsOfFloating } from '../floating/lines.ts';
import { MINUTE, type Instant, type SegmentId, type ServiceId, type TicketId } from '../ids.ts';
import type { Lane } from '../queue.ts';
import { standing } from '../routing/call-order.ts';
import { personCanDo, rateOf } from '../routing/skills.ts';
import { limitsOf } from '../routing/targets.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { arrivalStreams, type ArrivalStream } from './arrival-streams.ts';
import { reserveOf, type Reserve } from './reserve.ts';
import type { Waiter } from './waiter.ts';

/** Customers that are alike for every counter: waiting ones, those still to come, and those whose wait is asked for. */
export type Kind = Omit<Lane, 'entries'>;

/** Rules R2, R3; a ceiling is seen when it is reached. The smallest goes first. */
export const STEP = { ceiling: 0, prioritised: 1, careFirst: 2, policy: 3 } as const;

export const STANDS = { neither: 0, own: 1, help: 2 } as const;

/** A counter that takes customers, or will. Indices are those of `HallModel.kinds`. */
export interface ModelCounter {
  /** Kinds that it serves first, and kinds that it helps with. */
  readonly own: readonly number[];
  readonly help: readonly number[];
  readonly helpWhen: 'free' | 'late' | 'free-or-late';
  /** Mean time of a customer of each kind, ms; 0 where it cannot serve it. */
  readonly meanMs: Float64Array;
  /** How it stands to each kind. */
  readonly stands: Uint8Array;
  /** Of the customer in hand: mean of the whole service, and how long it has lasted. Absent when idle. */
  readonly inHand: { readonly meanMs: number; readonly elapsedMs: number } | undefined;
  /** Not before; ms from now. */
  readonly opensIn: number;
  /** How many services it can do: an arrival goes to the idle counter that can do the fewest. */
  readonly breadth: number;
}

/** The hall as the forward run sees it: lanes, counters and coming customers as numbers. Times are ms from now. */
export interface HallModel {
  readonly kinds: readonly Kind[];
  readonly segments: readonly Segment[];
  readonly segmentNo: readonly number[];
  readonly targetMs: Float64Array;
  readonly ceilingMs: Float64Array;
  readonly steps: Uint8Array;
  /** Open and opening ones, then those of the reserve. */
  readonly counters: readonly ModelCounter[];
  readonly reserve: Reserve | undefined;
  /** Which kinds wait in the lines that floating windows are for. */
  readonly inLines: readonly boolean[];
  /** For each kind: since when each customer waits (0 or less), oldest first, and how many services it brings in first ones. */
  readonly waiting: readonly (readonly { readonly since: number; readonly load: number; readonly id: TicketId }[])[];
  /** The kinds of those who are asked for, in the order of the question: behind all kinds that wait or come. */
  readonly asked: readonly number[];
  readonly arrivals: ArrivalStream;
  /** Calls so far of each segment (rule R10). */
  readonly calls: readonly number[];
}

export function hallModel(state: BranchDay, now: Instant, asked: readonly Waiter[]): HallModel {
  const lanes = [...state.queue.lanes()];
  const streams = arrivalStreams(state, now, ordinarySegments(state));
  const kinds: Kind[] = [...lanes];
  // Who comes joins those who are alike, behind them.
  const places = new Map(kinds.map((kind, place) => [keyOf(kind), place]));
  const comes = streams.kinds.map((kind) => {
    const key = keyOf(kind);
    const place = places.get(key) ?? kinds.push(kind) - 1;
    places.set(key, place);
    return place;
  });
  const ghosts = asked.map((waiter) => kinds.push(askedKind(waiter)) - 1);
  const limits = kinds.map(({ segment, care }) => limitsOf(state, segment, care));
  const segments = state.config.segments;
  const segmentNos = new Map(segments.map(({ id }, place) => [id, place]));
  const pace = paceOf(state);
  const working = [...state.counters.values()].filter(({ status }) => status === 'open' || status === 'opening');
  const reserve = reserveOf(state, now);
  const lines = segmentsOfFloating(state);
  return {
    kinds,
    segments,
    segmentNo: kinds.map(({ segment }) => segmentNos.get(segment) ?? 0),
    targetMs: Float64Array.from(limits, ({ targetMs }) => targetMs),
    ceilingMs: Float64Array.from(limits, ({ ceilingMs }) => ceilingMs),
    steps: Uint8Array.from(kinds, (kind) => stepOf(state, kind)),
    counters: [...working, ...(reserve?.counters ?? [])].map((each) => modelCounter(state, each, kinds, pace, now)),
    reserve,
    inLines: kinds.map(({ segment }) => lines.has(segment)),
    waiting: lanes.map(({ entries }) =>
      entries.map(({ ticketId, since }) => ({
        since: since - now,
        load: loadOf(state, state.tickets.get(ticketId)),
        id: ticketId,
      })),
    ),
    asked: ghosts,
    arrivals: streams.stream(comes),
    calls: segments.map(({ id }) => state.ratioCalls.get(id) ?? 0),
  };
}

function keyOf({ segment, service, care, prioritised, onlyCounter, adviser }: Kind): string {
  return [segment, service, care, prioritised, onlyCounter, adviser].join('|');
}

function askedKind({ segment, service, care, onlyCounter, adviser, ticket }: Waiter): Kind {
  return { segment, service, care, prioritised: ticket?.prioritised !== undefined, onlyCounter, adviser };
}

function stepOf(state: BranchDay, { prioritised, care }: Kind): number {
  if (prioritised) return STEP.prioritised;
  return care && state.config.routing.careFirst ? STEP.careFirst : STEP.policy;
}

/** How long services take today against the configuration (rule E4). */
export function paceOf(state: BranchDay): number {
  const { services } = state.config;
  const typical = services.reduce((sum, { minutes }) => sum + minutes, 0) / Math.max(1, services.length);
  return state.experience.pace(typical * MINUTE);
}

function modelCounter(
  state: BranchDay,
  counter: Counter,
  kinds: readonly Kind[],
  pace: number,
  now: Instant,
): ModelCounter {
  const profile = state.index.profiles.get(counter.profile);
  const meanMs = new Float64Array(kinds.length);
  const standsTo = new Uint8Array(kinds.length);
  const own: number[] = [];
  const help: number[] = [];
  kinds.forEach((kind, place) => {
    const stands = profile && standing(counter, profile, kind);
    if (stands === undefined || !canDo(state, counter, kind.service)) return;
    meanMs[place] = (pace * MINUTE) / rateOf(state, counter.tellerId, kind.service);
    (stands === 'own' ? own : help).push(place);
    standsTo[place] = STANDS[stands];
  });
  return {
    ...{ own, help, helpWhen: profile?.helpWhen ?? 'free', meanMs, stands: standsTo, opensIn: opensInOf(counter, now) },
    inHand: inHandOf(state, counter, pace, now),
    breadth: state.config.services.filter(({ id }) => canDo(state, counter, id)).length,
  };
}

/** One of the reserve opens when it is sent for, which the run decides. */
function opensInOf({ status, readyAt }: Counter, now: Instant): number {
  if (status === 'open') return 0;
  return status === 'opening' ? Math.max(0, (readyAt ?? now) - now) : Infinity;
}

/** Rule K4, for a counter as it is or would be. */
function canDo(state: BranchDay, { id, tellerId }: Counter, service: ServiceId): boolean {
  if (tellerId !== undefined) return personCanDo(state, tellerId, service);
  return state.index.servicesOfDevice.get(id)?.has(service) ?? false;
}

function inHandOf(state: BranchDay, counter: Counter, pace: number, now: Instant): ModelCounter['inHand'] {
  const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  if (ticket === undefined) return undefined;
  const first = ticket.services[0] ?? '';
  const meanMs = (loadOf(state, ticket) * pace * MINUTE) / rateOf(state, counter.tellerId, first);
  const atCounter = ticket.periods.findLast(({ kind }) => kind === 'call') ?? ticket.periods.at(-1);
  return { meanMs, elapsedMs: Math.max(0, now - (atCounter?.from ?? now)) };
}

/** All services of a ticket together, measured in its first one. That a counter may not be able to do all is left out. */
function loadOf(state: BranchDay, ticket: Ticket | undefined): number {
  if (ticket === undefined || ticket.services.length < 2) return 1;
  const minutes = ticket.services.map((id) => state.index.services.get(id)?.minutes ?? 0);
  const first = minutes[0] ?? 0;
  return first > 0 ? minutes.reduce((sum, each) => sum + each, 0) / first : 1;
}

/** Where an ordinary customer of each service would wait. */
function ordinarySegments(state: BranchDay): ReadonlyMap<ServiceId, SegmentId> {
  const segmentOf = (id: ServiceId) => segmentFor(state, { services: [id], careNeeds: [] }).segment;
  return new Map(state.config.services.map(({ id }) => [id, segmentOf(id)]));
}
