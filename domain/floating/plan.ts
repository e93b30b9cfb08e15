/** The rolling plan's dynamic programme. Minutes, and customers. */

export interface PlanModel {
  /** Expected arrivals a minute, for each 5 minutes to come; the last one goes on. */
  readonly rates: readonly number[];
  readonly serviceMinutes: number;
  readonly windows: number;
  readonly speed: number;
  readonly floating: number;
  readonly floatingSpeed: number;
  /** From the decision to the first customer, and from there for how long it may not be closed. */
  readonly openingMinutes: number;
  readonly lockedMinutes: number;
  /** What a minute of a floating window costs, and an opening, in minutes of waiting customers. */
  readonly price: number;
  readonly openingCost: number;
  readonly horizonMinutes: number;
}

export type Move = 'open' | 'close' | 'nothing';

export interface Plan {
  /** The best move now, with `n` in the lines and so many floating windows opening, locked and free. */
  move(n: number, opening: number, locked: number, free: number): Move;
  /** What the horizon costs from there, if the plan is followed. */
  cost(n: number, opening: number, locked: number, free: number): number;
}

/** The table that is read lasts for a few minutes; how far the hall may fill up by then, beyond what it holds now. */
const ROOM = 20;

const RATE_MINUTES = 5;
/** Decisions are taken once a minute; further on than this it is enough to think of them less often, minutes. */
const NEAR = 15;
const STEP = { near: 1, far: 2.5 };
/** A queue at the end of the horizon costs so much times its square: who is left there still has to wait. */
const LEFT_OVER = 2;

interface Mix {
  readonly opening: number;
  readonly locked: number;
  readonly free: number;
  readonly servers: number;
  /** Completions a minute with `n` in the lines are min(n, servers) times this. */
  readonly each: number;
  readonly price: number;
  /** Where it goes to when an opening is done, a lock ends, one is opened, one is closed; itself when it cannot. */
  readonly opened: number;
  readonly unlocked: number;
  readonly withOne: number;
  readonly withoutOne: number;
}

/** Costs by mix, and within a mix by the number in the lines. */
type Costs = Float64Array<ArrayBuffer>;

export function solve(model: PlanModel): Plan {
  const mixes = mixesOf(model);
  const tables = new Map<number, Costs>();
  const costsFor = (n: number): { costs: Costs; size: number } => {
    const size = ROOM * (1 + Math.ceil(Math.max(n, model.windows + model.floating) / ROOM)) + 1;
    const costs = tables.get(size) ?? costsNow(model, mixes, size);
    tables.set(size, costs);
    return { costs, size };
  };
  const at = (n: number, opening: number, locked: number, free: number): { cost: number; move: Move } => {
    const index = mixes.findIndex((mix) => mix.opening === opening && mix.locked === locked && mix.free === free);
    const mix = mixes[index];
    if (mix === undefined) return { cost: Infinity, move: 'nothing' };
    const { costs, size } = costsFor(n);
    const costOf = (other: number) => costs[other * size + n] as number;
    let best: { cost: number; move: Move } = { cost: costOf(index), move: 'nothing' };
    const better = (cost: number, move: Move) => {
      if (cost < best.cost) best = { cost, move };
    };
    if (mix.withOne !== index) better(costOf(mix.withOne) + model.openingCost, 'open');
    if (mix.withoutOne !== index && n <= mix.servers) better(costOf(mix.withoutOne), 'close');
    return best;
  };
  return {
    move: (n, opening, locked, free) => at(n, opening, locked, free).move,
    cost: (n, opening, locked, free) => at(n, opening, locked, free).cost,
  };
}

/** What the horizon costs from now on when nothing is decided at once, and the best is decided at each step after. */
function costsNow(model: PlanModel, mixes: readonly Mix[], size: number): Costs {
  let costs = left(mixes, size);
  let next = new Float64Array(costs.length);
  const pivots = new Float64Array(costs.length);
  let pace: Pace | undefined;
  let minute = model.horizonMinutes;
  while (minute > 0) {
    const step = minute > NEAR ? STEP.far : STEP.near;
    minute = Math.max(0, minute - step);
    const rate = model.rates[Math.min(Math.floor(minute / RATE_MINUTES), model.rates.length - 1)] ?? 0;
    if (pace?.rate !== rate || pace.step !== step) pace = paceOf(rate, step, model, mixes, size, pivots);
    back(costs, next, mixes, size, pace, model.openingCost);
    [costs, next] = [next, costs];
  }
  return costs;
}

function left(mixes: readonly Mix[], size: number): Costs {
  const costs = new Float64Array(mixes.length * size);
  for (const [index, { servers }] of mixes.entries())
    for (let n = 0; n < size; n += 1) costs[index * size + n] = LEFT_OVER * Math.max(0, n - servers) ** 2;
  return costs;
}

/** What moves in a step at one rate of arrivals; `pivots` are those of the elimination in `back`, inverted. */
interface Pace {
  readonly rate: number;
  /** Minutes. */
  readonly step: number;
  readonly comes: number;
  readonly opens: number;
  readonly unlocks: number;
  readonly pivots: Costs;
}

function paceOf(
  rate: number,
  step: number,
  model: PlanModel,
  mixes: readonly Mix[],
  size: number,
  pivots: Costs,
): Pace {
  const comes = rate * step;
  const opens = rateOf(model.openingMinutes) * step;
  const unlocks = rateOf(model.lockedMinutes) * step;
  for (const [index, { opening, locked, servers, each }] of mixes.entries()) {
    const leaves = 1 + opening * opens + locked * unlocks;
    let before = 0;
    for (let n = 0; n < size; n += 1) {
      const goes = Math.min(n, servers) * each * step;
      before = 1 / (leaves + (n < size - 1 ? comes : 0) + goes - goes * comes * before);
      pivots[index * size + n] = before;
    }
  }
  return { rate, step, comes, opens, unlocks, pivots };
}

/**
 * One step back in time: what happens in it, and after it the best of opening a window, closing a free one and doing
 * nothing. Implicit Euler, so that a step may be long: exact for one that lasts so long on average, with an exponential
 * law. Each mix is a chain in `n` (Thomas' elimination); the mixes that it leads to by itself have been dealt with before it.
 */
function back(from: Costs, to: Costs, mixes: readonly Mix[], size: number, pace: Pace, openingCost: number): void {
  const { step, comes, opens, unlocks, pivots } = pace;
  const last = size - 1;
  for (let index = 0; index < mixes.length; index += 1) {
    const mix = mixes[index] as Mix;
    const { servers } = mix;
    const start = index * size;
    const withOne = mix.withOne * size;
    const withoutOne = mix.withoutOne * size;
    const opened = mix.opened * size;
    const unlocked = mix.unlocked * size;
    const opening = mix.opening * opens;
    const unlocking = mix.locked * unlocks;
    const each = mix.each * step;
    const paid = mix.price * step;
    const all = servers * each;
    let sum = 0;
    // With a window for everybody: who is served is few, nobody waits, and one window less may do.
    for (let n = 0; n <= servers; n += 1) {
      let best = from[start + n] as number;
      const one = (from[withOne + n] as number) + openingCost;
      if (one < best) best = one;
      const without = from[withoutOne + n] as number;
      if (without < best) best = without;
      const right = best + paid + opening * (to[opened + n] as number) + unlocking * (to[unlocked + n] as number);
      sum = (right + n * each * sum) * (pivots[start + n] as number);
      to[start + n] = sum;
    }
    let waits = 0;
    for (let n = servers + 1; n < size; n += 1) {
      waits += step;
      let best = from[start + n] as number;
      const one = (from[withOne + n] as number) + openingCost;
      if (one < best) best = one;
      let right = best + (paid + waits);
      if (opening > 0) right += opening * (to[opened + n] as number);
      if (unlocking > 0) right += unlocking * (to[unlocked + n] as number);
      // Beyond the table costs go on as a parabola: who comes then waits behind all the others.
      if (n === last) {
        const [before, earlier] = [from[start + n - 1] as number, from[start + n - 2] as number];
        right += comes * (2 * (from[start + n] as number) - 3 * before + earlier);
      }
      sum = (right + all * sum) * (pivots[start + n] as number);
      to[start + n] = sum;
    }
    for (let n = last - 1; n >= 0; n -= 1) {
      sum = (to[start + n] as number) + comes * (pivots[start + n] as number) * sum;
      to[start + n] = sum;
    }
  }
}

function mixesOf({ windows, speed, floating, floatingSpeed, serviceMinutes, price }: PlanModel): Mix[] {
  const mixes: Mix[] = [];
  // In this order a mix comes after those that it leads to by itself.
  const places = new Map<number, number>();
  const key = (opening: number, locked: number, free: number) =>
    (opening * (floating + 1) + locked) * (floating + 1) + free;
  for (let opening = 0; opening <= floating; opening += 1)
    for (let locked = 0; opening + locked <= floating; locked += 1)
      for (let free = 0; opening + locked + free <= floating; free += 1)
        places.set(key(opening, locked, free), places.size);
  for (let opening = 0; opening <= floating; opening += 1)
    for (let locked = 0; opening + locked <= floating; locked += 1)
      for (let free = 0; opening + locked + free <= floating; free += 1) {
        const own = mixes.length;
        const servers = windows + locked + free;
        const full = opening + locked + free === floating;
        const place = (o: number, l: number, f: number) => places.get(key(o, l, f)) ?? own;
        mixes.push({
          opening,
          locked,
          free,
          servers,
          each: servers === 0 ? 0 : (speed + (locked + free) * floatingSpeed) / (servers * serviceMinutes),
          price: price * (opening + locked + free),
          opened: opening > 0 ? place(opening - 1, locked + 1, free) : own,
          unlocked: locked > 0 ? place(opening, locked - 1, free + 1) : own,
          withOne: full ? own : place(opening + 1, locked, free),
          withoutOne: free > 0 ? place(opening, locked, free - 1) : own,
        });
      }
  return mixes;
}

/** Something that takes no time is done within a few seconds. */
function rateOf(minutes: number): number {
  return 1 / Math.max(minutes, 0.25);
}
