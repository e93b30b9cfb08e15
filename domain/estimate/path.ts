import { CallOrder } from './call-order.ts';
import { Crowd } from './crowd.ts';
import { STANDS, type HallModel, type ModelCounter } from './hall-model.ts';
import type { Stream } from './stream.ts';

/** A future of a full hall takes some thousands. */
const MOST_STEPS = 50_000;
/** A wait longer than this is not followed further, ms: nobody is told more than "hours". */
export const HORIZON_MS = 4 * 60 * 60_000;
const NONE = new Int32Array();

/**
 * Runs the hall forward from the present state, one random future at a time. Who is asked for is a ghost: it is noted when it would be
 * called, and takes no counter from anybody. Until it is called it changes nothing for others, so its wait is exact,
 * and one future answers for any number of them.
 */
export class PathRunner {
  readonly #model: HallModel;
  readonly #chance: Stream;
  readonly #mostArrivals: number;
  readonly #crowd: Crowd;
  readonly #order: CallOrder;
  /** How many first services each of those who wait brings. */
  readonly #loads: Float64Array;
  /** When each counter looks for somebody: at the end of its service; idle, when the first it may help with becomes late. */
  readonly #looksAt: Float64Array;
  readonly #idle: Uint8Array;
  readonly #idleSince: Float64Array;
  /** Of each counter: the kinds that are asked for and that it may call. */
  readonly #ghostsAt: readonly Int32Array[];
  /** ms until each waiting customer, lane by lane, was called in the latest run; and until one more of each kind would be. */
  readonly waits: Float64Array;
  readonly ghosts: Float64Array;
  /** When the next customer comes, and how many more may. */
  #arrival = Infinity;
  #toCome = 0;
  /** Who waits in the lines that floating windows are for; windows for them; how many of the reserve were sent for, and when last. */
  #inLines = 0;
  #windows = 0;
  #sentFor = 0;
  #lastReview = -1;
  readonly #begunInLines: number;
  /** How many of those who wait and of the ghosts somebody can call at all, and are not called yet. */
  readonly #reachable: number;
  readonly #ghostsReachable: number;
  #left = 0;
  #ghostsLeft = 0;

  /** @param mostArrivals nobody comes any more after so many */
  constructor(model: HallModel, chance: Stream, mostArrivals: number) {
    const { kinds, counters, waiting, inLines } = model;
    this.#model = model;
    this.#chance = chance;
    this.#mostArrivals = mostArrivals;
    const since = waiting.map((lane) => lane.map((each) => each.since));
    this.#crowd = new Crowd(since, kinds.length, mostArrivals);
    this.#order = new CallOrder(model, this.#crowd);
    this.#loads = Float64Array.from(waiting.flatMap((lane) => lane.map(({ load }) => load)));
    this.#looksAt = new Float64Array(counters.length);
    this.#idle = new Uint8Array(counters.length);
    this.#idleSince = new Float64Array(counters.length);
    this.waits = new Float64Array(this.#loads.length);
    this.ghosts = new Float64Array(kinds.length);
    const asked = [...new Set(model.asked)];
    const { neither } = STANDS;
    this.#ghostsAt = counters.map(({ stands }) => Int32Array.from(asked.filter((kind) => stands[kind] !== neither)));
    const count = (counts: (kind: number) => boolean) =>
      waiting.reduce((sum, { length }, kind) => sum + (counts(kind) ? length : 0), 0);
    const isReachable = (kind: number) => counters.some(({ stands }) => stands[kind] !== neither);
    this.#begunInLines = count((kind) => inLines[kind] ?? false);
    this.#reachable = count(isReachable);
    this.#ghostsReachable = asked.filter(isReachable).length;
  }

  /** One future. @param everybody also those who wait, not only those who are asked for */
  run(everybody: boolean): void {
    this.#reset();
    for (let counter = 0; counter < this.#idle.length; counter += 1)
      if (this.#idle[counter] === 1) this.#callNext(counter, 0);
    this.#review(0);
    // The limit is never met; should a fault stop time, a quote is wrong and the hall goes on.
    for (let steps = 0; steps < MOST_STEPS && (this.#ghostsLeft > 0 || (everybody && this.#left > 0)); steps += 1) {
      const counter = this.#nextToLook();
      const t = this.#looksAt[counter] ?? Infinity;
      if (Math.min(t, this.#arrival) > HORIZON_MS) return;
      if (this.#arrival < t) this.#letIn(t);
      else this.#callNext(counter, t);
    }
  }

  #reset(): void {
    const { counters, reserve, arrivals } = this.#model;
    this.#crowd.reset();
    this.#order.reset();
    for (let place = 0; place < counters.length; place += 1) {
      const { inHandMs = 0, elapsedMs = 0, opensIn = Infinity } = counters[place] ?? {};
      const waits = opensIn > 0 ? opensIn : Infinity;
      this.#looksAt[place] = inHandMs > 0 ? this.#chance.rest(inHandMs, elapsedMs) : waits;
      this.#idle[place] = inHandMs === 0 && opensIn <= 0 ? 1 : 0;
    }
    this.#idleSince.fill(0);
    this.waits.fill(HORIZON_MS);
    this.ghosts.fill(HORIZON_MS);
    this.#left = this.#reachable;
    this.#ghostsLeft = this.#ghostsReachable;
    this.#inLines = this.#begunInLines;
    this.#windows = reserve?.windows ?? 0;
    this.#sentFor = 0;
    this.#lastReview = -1;
    arrivals.begin();
    this.#toCome = this.#mostArrivals;
    this.#arrival = arrivals.next();
  }

  #nextToLook(): number {
    const looksAt = this.#looksAt;
    let first = 0;
    for (let place = 1; place < looksAt.length; place += 1)
      if ((looksAt[place] ?? Infinity) < (looksAt[first] ?? Infinity)) first = place;
    return first;
  }

  /** Those who come before `t`, the next look of a counter; up to the first who makes one look sooner. */
  #letIn(t: number): void {
    const { arrivals } = this.#model;
    let sooner = false;
    while (this.#arrival < t && !sooner) {
      sooner = this.#arrive(arrivals.kind(), this.#arrival);
      this.#toCome -= 1;
      this.#arrival = this.#toCome > 0 ? arrivals.next() : Infinity;
    }
  }

  /** The floating policy sends for one more window at the next review, if the queue is long enough now (rule F8). @returns whether it did */
  #review(t: number): boolean {
    const { reserve, counters } = this.#model;
    if (reserve === undefined || this.#sentFor === reserve.counters.length) return false;
    if (this.#inLines <= reserve.openAbove * Math.max(1, this.#windows)) return false;
    const { nextReviewIn, reviewMs, openingMs } = reserve;
    const review = nextReviewIn + Math.max(0, Math.ceil((t - nextReviewIn) / reviewMs)) * reviewMs;
    if (review <= this.#lastReview) return false;
    this.#looksAt[counters.length - reserve.counters.length + this.#sentFor] = review + openingMs;
    this.#sentFor += 1;
    this.#windows += 1;
    this.#lastReview = review;
    return true;
  }

  #callNext(counter: number, t: number): void {
    const at = this.#model.counters[counter];
    if (at === undefined) return;
    const order = this.#order;
    order.choose(at, t);
    if (this.#ghostsLeft > 0) this.#callGhosts(at, t, this.#ghostsAt[counter]);
    if (order.kind >= 0) return this.#seat(counter, order.kind, t);
    if (this.#idle[counter] === 0) this.#idleSince[counter] = t;
    this.#idle[counter] = 1;
    // Rounding could make it "late" only after the moment that was reckoned: time has to go on.
    this.#looksAt[counter] = Math.max(order.wake, t + 1);
  }

  /** Notes every ghost that this counter would call before the one that it found. */
  #callGhosts(at: ModelCounter, t: number, kinds: Int32Array | undefined): void {
    if (kinds === undefined) return;
    for (let place = 0; place < kinds.length; place += 1) {
      const kind = kinds[place] ?? 0;
      if (this.ghosts[kind] !== HORIZON_MS || !this.#order.wouldTake(at, t, kind)) continue;
      this.ghosts[kind] = t;
      this.#ghostsLeft -= 1;
    }
  }

  #seat(counter: number, kind: number, t: number): void {
    const { counters, inLines } = this.#model;
    const customer = this.#crowd.take(kind);
    this.#order.count(kind);
    if (inLines[kind]) this.#inLines -= 1;
    let load = 1;
    if (customer < this.waits.length) {
      this.waits[customer] = t;
      this.#left -= 1;
      load = this.#loads[customer] ?? 1;
    }
    this.#idle[counter] = 0;
    this.#looksAt[counter] = t + this.#chance.service((counters[counter]?.meanMs[kind] ?? 0) * load);
  }

  /** To the idle counter with the fewest skills, or else into the queue. @returns whether a counter looks sooner than it would have */
  #arrive(kind: number, t: number): boolean {
    const { counters, inLines, lateHelpers } = this.#model;
    this.#crowd.join(kind, t);
    if (inLines[kind]) this.#inLines += 1;
    const taker = this.#idleTaker(kind);
    if (taker >= 0) {
      this.#seat(taker, kind, t);
      return true;
    }
    let sooner = this.#review(t);
    // An idle counter that may not help with it yet looks again when it is late.
    const helpers = lateHelpers[kind] ?? NONE;
    for (let place = 0; place < helpers.length; place += 1) {
      const helper = helpers[place] ?? 0;
      const at = counters[helper];
      if (at === undefined || this.#idle[helper] === 0) continue;
      this.#looksAt[helper] = Math.min(this.#looksAt[helper] ?? Infinity, t + this.#order.lateAfter(at, kind));
      sooner = true;
    }
    return sooner;
  }

  /** Of several with as few skills the one that has been idle longest; -1 for nobody. */
  #idleTaker(kind: number): number {
    const { counters, takers } = this.#model;
    const those = takers[kind] ?? NONE;
    let chosen = -1;
    for (let place = 0; place < those.length; place += 1) {
      const taker = those[place] ?? 0;
      if (this.#idle[taker] === 0) continue;
      if (chosen < 0) chosen = taker;
      else if ((counters[taker]?.breadth ?? 0) > (counters[chosen]?.breadth ?? 0)) break;
      else if ((this.#idleSince[taker] ?? 0) < (this.#idleSince[chosen] ?? 0)) chosen = taker;
    }
    return chosen;
  }
}
