import type { RoutingConfig, Segment } from '../config.ts';
import { POLICIES, type Policy } from '../routing/policies.ts';
import { STANDS, STEP, type HallModel, type ModelCounter } from './hall-model.ts';
import type { Stream } from './stream.ts';

// Bound here: a run reads them tens of thousands of times.
const { ceiling: CEILING, policy: BY_POLICY } = STEP;
const { own: OWN, help: HELP, neither: NEITHER } = STANDS;

/** A future of a full hall takes some thousands. */
const MOST_STEPS = 50_000;
/** A wait longer than this is not followed further, ms: nobody is told more than "hours". */
export const HORIZON_MS = 4 * 60 * 60_000;

/** What a counter would take next; reused, because a run makes tens of thousands of them. */
interface Best {
  kind: number;
  step: number;
  score: number;
  waited: number;
  helping: boolean;
  late: boolean;
}

/**
 * Runs the hall forward from the present state, one random future at a time. Who is asked for is a ghost: it is noted when it would be
 * called, and takes no counter from anybody. Until it is called it changes nothing for others, so its wait is exact,
 * and one future answers for any number of them.
 */
export class PathRunner {
  readonly #model: HallModel;
  readonly #policy: Policy;
  readonly #power: number;
  readonly #queues: { readonly since: number[]; readonly begun: number }[];
  readonly #heads: Int32Array;
  /** How many of each kind wait. */
  readonly #waiting: Int32Array;
  /** When each counter looks for somebody: at the end of its service; idle, when the first it may help with becomes late. */
  readonly #looksAt: Float64Array;
  readonly #idle: Uint8Array;
  readonly #idleSince: Float64Array;
  readonly #calls: Float64Array;
  readonly #ghostsAt: readonly (readonly { readonly ask: number; readonly kind: number; readonly own: boolean }[])[];
  readonly #best: Best = { kind: -1, step: 0, score: 0, waited: 0, helping: false, late: false };
  readonly #rival: Best = { kind: -1, step: 0, score: 0, waited: 0, helping: false, late: false };
  readonly #prospect: { waitedMs: number; targetMs: number; rate: number; segment: Segment; segmentCalls: number };
  readonly #chance: Stream;
  readonly #mostArrivals: number;
  /** ms until each waiting customer, lane by lane, was called in the latest run; and each that was asked for. */
  readonly waits: Float64Array;
  readonly ghosts: Float64Array;
  readonly #firstWait: readonly number[];
  #wake = Infinity;
  /** Who waits in the lines that floating windows are for; windows for them; how many of the reserve were sent for, and when last. */
  #inLines = 0;
  #windows = 0;
  #sentFor = 0;
  #lastReview = -1;
  readonly #begunInLines: number;
  #left = 0;
  /** How many of those who wait and of the ghosts somebody can call at all. */
  readonly #reachable: number;
  readonly #ghostsReachable: number;
  #ghostsLeft = 0;

  /** @param mostArrivals nobody comes any more after so many */
  constructor(model: HallModel, routing: RoutingConfig, chance: Stream, mostArrivals: number) {
    this.#model = model;
    this.#mostArrivals = mostArrivals;
    this.#policy = POLICIES[routing.policy];
    this.#power = routing.power;
    this.#chance = chance;
    const queueOf = (place: number) => (model.waiting[place] ?? []).map(({ since }) => since);
    this.#queues = model.kinds.map((_, place) => ({ since: queueOf(place), begun: queueOf(place).length }));
    this.#heads = new Int32Array(model.kinds.length);
    this.#waiting = new Int32Array(model.kinds.length);
    this.#looksAt = new Float64Array(model.counters.length);
    this.#idle = new Uint8Array(model.counters.length);
    this.#idleSince = new Float64Array(model.counters.length);
    this.#calls = new Float64Array(model.segments.length);
    let total = 0;
    this.#firstWait = model.waiting.map((lane) => (total += lane.length) - lane.length);
    this.waits = new Float64Array(total);
    this.ghosts = new Float64Array(model.asked.length);
    this.#ghostsAt = model.counters.map(({ stands }) =>
      model.asked.flatMap((kind, ask) => (stands[kind] === NEITHER ? [] : [{ ask, kind, own: stands[kind] === OWN }])),
    );
    this.#begunInLines = model.waiting.reduce((sum, lane, kind) => sum + (model.inLines[kind] ? lane.length : 0), 0);
    const isReachable = (kind: number) => model.counters.some(({ stands }) => stands[kind] !== NEITHER);
    this.#reachable = model.waiting.reduce((sum, lane, kind) => sum + (isReachable(kind) ? lane.length : 0), 0);
    this.#ghostsReachable = model.asked.filter(isReachable).length;
    const [segment] = model.segments;
    if (segment === undefined) throw new Error('a branch without segments');
    this.#prospect = { waitedMs: 0, targetMs: 1, rate: 1, segment, segmentCalls: 0 };
  }

  /** One future. @param everybody also those who wait, not only those who are asked for */
  run(everybody: boolean): void {
    this.#reset();
    const { arrivals, counters } = this.#model;
    for (let counter = 0; counter < counters.length; counter += 1)
      if (this.#idle[counter] === 1) this.#callNext(counter, 0);
    this.#review(0);
    let arrived = 0;
    const level = arrivals.level(this.#chance);
    let arrival = arrivals.after(0, level, this.#chance);
    // The limit is never met; should a fault stop time, a quote is wrong and the hall goes on.
    for (let steps = 0; steps < MOST_STEPS && (this.#ghostsLeft > 0 || (everybody && this.#left > 0)); steps += 1) {
      let counter = -1;
      let t = arrival;
      for (let place = 0; place < counters.length; place += 1) {
        const looks = this.#looksAt[place] ?? Infinity;
        if (looks < t) {
          t = looks;
          counter = place;
        }
      }
      if (t > HORIZON_MS) return;
      if (counter >= 0) this.#callNext(counter, t);
      else {
        this.#arrive(arrivals.kindAt(t, this.#chance), t);
        arrived += 1;
        arrival = arrived < this.#mostArrivals ? arrivals.after(t, level, this.#chance) : Infinity;
      }
    }
  }

  #reset(): void {
    const { counters, calls } = this.#model;
    this.#queues.forEach((queue, kind) => {
      queue.since.length = queue.begun;
      this.#waiting[kind] = queue.begun;
    });
    this.#heads.fill(0);
    calls.forEach((count, place) => (this.#calls[place] = count));
    counters.forEach(({ inHand, opensIn }, place) => {
      const rest = inHand === undefined ? undefined : this.#chance.rest(inHand.meanMs, inHand.elapsedMs);
      this.#looksAt[place] = rest ?? (opensIn > 0 ? opensIn : Infinity);
      this.#idle[place] = rest === undefined && opensIn <= 0 ? 1 : 0;
      this.#idleSince[place] = 0;
    });
    this.waits.fill(HORIZON_MS);
    this.ghosts.fill(HORIZON_MS);
    this.#left = this.#reachable;
    this.#ghostsLeft = this.#ghostsReachable;
    this.#inLines = this.#begunInLines;
    this.#windows = this.#model.reserve?.windows ?? 0;
    this.#sentFor = 0;
    this.#lastReview = -1;
  }

  /** The floating policy sends for one more window at the next review, if the queue is long enough now (rule F8). */
  #review(t: number): void {
    const { reserve, counters } = this.#model;
    if (reserve === undefined || this.#sentFor === reserve.counters.length) return;
    if (this.#inLines <= reserve.openAbove * Math.max(1, this.#windows)) return;
    const { nextReviewIn, reviewMs, openingMs } = reserve;
    const review = nextReviewIn + Math.max(0, Math.ceil((t - nextReviewIn) / reviewMs)) * reviewMs;
    if (review <= this.#lastReview) return;
    this.#looksAt[counters.length - reserve.counters.length + this.#sentFor] = review + openingMs;
    this.#sentFor += 1;
    this.#windows += 1;
    this.#lastReview = review;
  }

  #callNext(counter: number, t: number): void {
    this.#wake = Infinity;
    const found = this.#choose(counter, t);
    this.#callGhosts(counter, t, found);
    if (found) return this.#seat(counter, this.#best.kind, t);
    if (this.#idle[counter] === 0) this.#idleSince[counter] = t;
    this.#idle[counter] = 1;
    // Rounding could make it "late" only after the moment that was reckoned: time has to go on.
    this.#looksAt[counter] = Math.max(this.#wake, t + 1);
  }

  #seat(counter: number, kind: number, t: number): void {
    const { segmentNo, waiting, counters, inLines } = this.#model;
    const place = this.#heads[kind] ?? 0;
    this.#heads[kind] = place + 1;
    this.#waiting[kind] = (this.#waiting[kind] ?? 0) - 1;
    const segment = segmentNo[kind] ?? 0;
    this.#calls[segment] = (this.#calls[segment] ?? 0) + 1;
    if (inLines[kind]) this.#inLines -= 1;
    const begun = waiting[kind]?.[place];
    if (begun !== undefined) {
      this.waits[(this.#firstWait[kind] ?? 0) + place] = t;
      this.#left -= 1;
    }
    this.#idle[counter] = 0;
    this.#looksAt[counter] = t + this.#chance.service((counters[counter]?.meanMs[kind] ?? 0) * (begun?.load ?? 1));
  }

  /** To the idle counter with the fewest skills, of several the one that has been idle longest; else into the queue. */
  #arrive(kind: number, t: number): void {
    const { counters, inLines } = this.#model;
    this.#queues[kind]?.since.push(t);
    this.#waiting[kind] = (this.#waiting[kind] ?? 0) + 1;
    if (inLines[kind]) this.#inLines += 1;
    let chosen = -1;
    for (let place = 0; place < counters.length; place += 1) {
      const counter = counters[place];
      if (this.#idle[place] === 0 || counter === undefined || !takesAtOnce(counter, kind)) continue;
      const fewer = counter.breadth - (counters[chosen]?.breadth ?? Infinity);
      if (fewer < 0 || (fewer === 0 && (this.#idleSince[place] ?? 0) < (this.#idleSince[chosen] ?? 0))) chosen = place;
    }
    if (chosen >= 0) return this.#seat(chosen, kind, t);
    this.#review(t);
    // An idle counter that may not help with it yet looks again when it is late.
    for (let place = 0; place < counters.length; place += 1) {
      const counter = counters[place];
      if (this.#idle[place] === 1 && counter?.stands[kind] === HELP)
        this.#looksAt[place] = Math.min(this.#looksAt[place] ?? Infinity, t + this.#lateAfter(counter, kind));
    }
  }

  /** The wait after which a counter may help with a kind whatever else it has, ms (rule R8). */
  #lateAfter({ helpWhen }: ModelCounter, kind: number): number {
    const ceiling = this.#model.ceilingMs[kind] ?? Infinity;
    return helpWhen === 'free' ? ceiling : Math.min(ceiling, this.#model.targetMs[kind] ?? Infinity);
  }

  /** Rules R1–R8 on the first of each lane. @returns whether somebody was found; it is in `#best` then */
  #choose(counter: number, t: number): boolean {
    const at = this.#model.counters[counter];
    if (at === undefined) return false;
    this.#best.kind = -1;
    let ownWaits = false;
    const { own, help } = at;
    for (let place = 0; place < own.length; place += 1) {
      const kind = own[place] ?? 0;
      if (this.#waiting[kind] === 0) continue;
      ownWaits = true;
      this.#consider(this.#rival, at, kind, t - this.#headOf(kind), false);
      this.#keepBetter();
    }
    for (let place = 0; place < help.length; place += 1) {
      const kind = help[place] ?? 0;
      if (this.#waiting[kind] === 0) continue;
      const since = this.#headOf(kind);
      this.#consider(this.#rival, at, kind, t - since, true);
      if (mayHelp(this.#rival, at, ownWaits)) this.#keepBetter();
      else this.#wake = Math.min(this.#wake, since + this.#lateAfter(at, kind));
    }
    return this.#best.kind >= 0;
  }

  /** Since when the first of a kind waits. */
  #headOf(kind: number): number {
    return this.#queues[kind]?.since[this.#heads[kind] ?? 0] ?? 0;
  }

  #keepBetter(): void {
    const rival = this.#rival;
    const best = this.#best;
    if (best.kind >= 0 && !goesBefore(rival, best)) return;
    best.kind = rival.kind;
    best.step = rival.step;
    best.score = rival.score;
    best.waited = rival.waited;
    best.helping = rival.helping;
    best.late = rival.late;
  }

  /** Notes every ghost that this counter would call before the one that it found. */
  #callGhosts(counter: number, t: number, found: boolean): void {
    const at = this.#model.counters[counter];
    if (at === undefined || this.#ghostsLeft === 0) return;
    for (const { ask, kind, own } of this.#ghostsAt[counter] ?? []) {
      if (this.ghosts[ask] !== HORIZON_MS) continue;
      this.#consider(this.#rival, at, kind, t, !own);
      const ownWaits = found && !this.#best.helping;
      if (!own && !mayHelp(this.#rival, at, ownWaits)) {
        this.#wake = Math.min(this.#wake, this.#lateAfter(at, kind));
        continue;
      }
      const keepsFromHelping = own && found && this.#best.helping && !mayHelp(this.#best, at, true);
      if (found && !keepsFromHelping && !goesBefore(this.#rival, this.#best)) continue;
      this.ghosts[ask] = t;
      this.#ghostsLeft -= 1;
    }
  }

  #consider(into: Best, at: ModelCounter, kind: number, waited: number, helping: boolean): void {
    const { targetMs, ceilingMs, steps, segments, segmentNo } = this.#model;
    const target = targetMs[kind] ?? Infinity;
    const step = waited >= (ceilingMs[kind] ?? Infinity) ? CEILING : (steps[kind] ?? BY_POLICY);
    into.kind = kind;
    into.step = step;
    into.waited = waited;
    into.helping = helping;
    into.late = waited >= target;
    if (step === CEILING) into.score = waited / target;
    else if (step !== BY_POLICY) into.score = waited;
    else {
      const segment = segmentNo[kind] ?? 0;
      const prospect = this.#prospect;
      prospect.waitedMs = waited;
      prospect.targetMs = target;
      prospect.rate = 60_000 / (at.meanMs[kind] ?? Infinity);
      prospect.segment = segments[segment] ?? prospect.segment;
      prospect.segmentCalls = this.#calls[segment] ?? 0;
      into.score = this.#policy(prospect, this.#power);
    }
  }
}

/** Rule R8. */
function mayHelp(choice: Best, at: ModelCounter, ownWaits: boolean): boolean {
  if (!choice.helping || choice.step === CEILING) return true;
  return (choice.late && at.helpWhen !== 'free') || (!ownWaits && at.helpWhen !== 'late');
}

/** Rules R2, R3, R6. */
function goesBefore(one: Best, other: Best): boolean {
  if (one.step !== other.step) return one.step < other.step;
  if (one.score !== other.score) return one.score > other.score;
  return one.waited > other.waited;
}

/** An idle counter has nobody of its own waiting. */
function takesAtOnce(counter: ModelCounter, kind: number): boolean {
  const stands = counter.stands[kind];
  return stands === OWN || (stands === HELP && counter.helpWhen !== 'late');
}
