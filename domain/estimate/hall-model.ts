import { segmentsOfFloating } from '../floating/lines.ts';
import { MINUTE, type Instant, type SegmentId, type ServiceId, type TicketId } from '../ids.ts';
import type { Lane } from '../queue.ts';
import { must } from '../records.ts';
import { standing } from '../routing/call-order.ts';
import type { Prospect } from '../routing/policies.ts';
import { counterCanDo, personCanDo, rateOf } from '../routing/skills.ts';
import { limitsOf } from '../routing/targets.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import type { ArrivalStream } from './arrival-stream.ts';
import { leaningsOf, type Leanings } from './leanings.ts';
import { reserveOf, type Reserve } from './reserve.ts';
import type { Stream } from './stream.ts';
import type { Waiter } from './waiter.ts';
import { whoComes } from './who-comes.ts';

/** Customers that are alike for every counter: waiting ones, those still to come, and those whose wait is asked for. */
export type Kind = Omit<Lane, 'entries'>;

/** Rules R2, R3; a ceiling is seen when it is reached. The smallest goes first. */
export const STEP = { ceiling: 0, prioritised: 1, careFirst: 2, policy: 3 } as const;

export const STANDS = { neither: 0, own: 1, help: 2 } as const;

/** A counter that takes customers, or will. Indices are those of `HallModel.kinds`. */
export interface ModelCounter extends Leanings {
  /** Kinds that it may call: so many that it serves first, and behind them those that it helps with. */
  readonly serves: Int32Array;
  readonly owned: number;
  /** It helps when nobody of its own waits; and whoever is past the target (rule R8). */
  readonly helpsFree: boolean;
  readonly helpsLate: boolean;
  /** Mean time of a customer of each kind, ms; 0 where it cannot serve it. */
  readonly meanMs: Float64Array;
  /** How it stands to each kind. */
  readonly stands: Uint8Array;
  /** Of the customer in hand: mean of the whole service, 0 when there is none, and how long it has lasted. */
  readonly inHandMs: number;
  readonly elapsedMs: number;
  /** Not before; ms from now. */
  readonly opensIn: number;
  /** How many services it can do. */
  readonly breadth: number;
}

/** The hall as the forward run sees it: lanes, counters and coming customers as numbers. Times are ms from now. */
export interface HallModel {
  readonly kinds: readonly Kind[];
  readonly targetMs: Float64Array;
  readonly ceilingMs: Float64Array;
  readonly steps: Uint8Array;
  /** Open and opening ones, then those of the reserve. */
  readonly counters: readonly ModelCounter[];
  /** For each kind: which idle counters take one who comes, those with the fewest skills first; and which only help when it is late. */
  readonly takers: readonly Int32Array[];
  readonly lateHelpers: readonly Int32Array[];
  readonly reserve: Reserve | undefined;
  /** Which kinds wait in the lines that floating windows are for. */
  readonly inLines: readonly boolean[];
  /** For each kind: since when each customer waits (0 or less), oldest first, and how many services it brings in first ones. */
  readonly waiting: readonly (readonly { readonly since: number; readonly load: number; readonly id: TicketId }[])[];
  /** The kinds of those who are asked for, in the order of the question. */
  readonly asked: readonly number[];
  readonly arrivals: ArrivalStream;
  /** Under `ratio`, for each kind: whose index a call of it lowers, and by how much (rule R10). Nothing under other policies. */
  readonly turns: readonly { readonly kinds: readonly number[]; readonly cost: number }[] | undefined;
}

export function hallModel(state: BranchDay, now: Instant, asked: readonly Waiter[], chance: Stream): HallModel {
  const lanes = [...state.queue.lanes()];
  const coming = whoComes(state, now, ordinarySegments(state));
  const kinds: Kind[] = [...lanes];
  // Who comes joins those who are alike, behind them; so would those who are asked for.
  const places = new Map(kinds.map((kind, place) => [keyOf(kind), place]));
  const placeOf = (kind: Kind) => {
    const key = keyOf(kind);
    const place = places.get(key) ?? kinds.push(kind) - 1;
    places.set(key, place);
    return place;
  };
  const comes = coming.kinds.map(placeOf);
  const ghosts = asked.map((waiter) => placeOf(askedKind(waiter)));
  const limits = kinds.map(({ segment, care }) => limitsOf(state, segment, care));
  const pace = paceOf(state);
  const working = [...state.counters.values()].filter(({ status }) => status === 'open' || status === 'opening');
  const reserve = reserveOf(state, now);
  const lines = segmentsOfFloating(state);
  const counters = [...working, ...(reserve?.counters ?? [])].map((each) =>
    modelCounter(state, each, kinds, pace, now),
  );
  return {
    kinds,
    targetMs: Float64Array.from(limits, ({ targetMs }) => targetMs),
    ceilingMs: Float64Array.from(limits, ({ ceilingMs }) => ceilingMs),
    steps: Uint8Array.from(kinds, (kind) => stepOf(state, kind)),
    counters,
    takers: kinds.map((_, kind) => takersOf(counters, kind)),
    lateHelpers: kinds.map((_, kind) =>
      placesOf(counters, ({ stands, helpsFree }) => stands[kind] === STANDS.help && !helpsFree),
    ),
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
    arrivals: coming.stream(comes, chance),
    turns:
      state.config.routing.policy === 'ratio' ? kinds.map(({ segment }) => turnOf(state, kinds, segment)) : undefined,
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
  const prospects = kinds.map((kind, place) => {
    const stands = profile && standing(counter, profile, kind);
    if (stands === undefined || !canDo(state, counter, kind.service)) return undefined;
    const rate = rateOf(state, counter.tellerId, kind.service);
    meanMs[place] = (pace * MINUTE) / rate;
    (stands === 'own' ? own : help).push(place);
    standsTo[place] = STANDS[stands];
    return prospectOf(state, kind, rate);
  });
  const { base, slope } = leaningsOf(state.config.routing, prospects);
  const { inHandMs, elapsedMs } = inHandOf(state, counter, pace, now);
  const helpWhen = profile?.helpWhen ?? 'free';
  // One literal: every counter has the same shape then, which a run of a hundred thousand steps depends on.
  return {
    base,
    slope,
    serves: Int32Array.from([...own, ...help]),
    owned: own.length,
    helpsFree: helpWhen !== 'late',
    helpsLate: helpWhen !== 'free',
    meanMs,
    stands: standsTo,
    inHandMs,
    elapsedMs,
    opensIn: opensInOf(counter, now),
    breadth: state.config.services.filter(({ id }) => canDo(state, counter, id)).length,
  };
}

/** An idle counter has nobody of its own waiting. */
function takersOf(counters: readonly ModelCounter[], kind: number): Int32Array {
  const breadth = (place: number) => counters[place]?.breadth ?? 0;
  return placesOf(
    counters,
    ({ stands, helpsFree }) => stands[kind] === STANDS.own || (stands[kind] === STANDS.help && helpsFree),
  ).sort((one, other) => breadth(one) - breadth(other));
}

function placesOf(counters: readonly ModelCounter[], holds: (counter: ModelCounter) => boolean): Int32Array {
  return Int32Array.from(counters.flatMap((counter, place) => (holds(counter) ? [place] : [])));
}

function turnOf(state: BranchDay, kinds: readonly Kind[], id: SegmentId) {
  const alike = kinds.flatMap(({ segment }, place) => (segment === id ? [place] : []));
  return { kinds: alike, cost: 1 / must(state.index.segments.get(id), id).weight };
}

/** After a wait of a minute: any would do. */
function prospectOf(state: BranchDay, { segment: id, care }: Kind, rate: number): Prospect {
  const segment = must(state.index.segments.get(id), id);
  const { targetMs } = limitsOf(state, id, care);
  return { waitedMs: MINUTE, targetMs, rate, segment, segmentCalls: state.ratioCalls.get(id) ?? 0 };
}

/** One of the reserve opens when it is sent for, which the run decides. */
function opensInOf({ status, readyAt }: Counter, now: Instant): number {
  if (status === 'open') return 0;
  return status === 'opening' ? Math.max(0, (readyAt ?? now) - now) : Infinity;
}

/** Rule K4, for a counter as it is or would be. */
function canDo(state: BranchDay, { id, tellerId }: Counter, service: ServiceId): boolean {
  return tellerId === undefined ? counterCanDo(state, id, service) : personCanDo(state, tellerId, service);
}

function inHandOf(state: BranchDay, counter: Counter, pace: number, now: Instant) {
  const ticket = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  if (ticket === undefined) return { inHandMs: 0, elapsedMs: 0 };
  const first = ticket.services[0] ?? '';
  const inHandMs = (loadOf(state, ticket) * pace * MINUTE) / rateOf(state, counter.tellerId, first);
  const atCounter = ticket.periods.findLast(({ kind }) => kind === 'call') ?? ticket.periods.at(-1);
  return { inHandMs, elapsedMs: Math.max(0, now - (atCounter?.from ?? now)) };
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
