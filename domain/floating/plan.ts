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

const RATE_MINUTES = 5;
/** Decisions are taken once a minute. */
const DECIDE_MINUTES = 1;
const MOST_IN_LINES = 70;
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

export function solve(model: PlanModel): Plan {
  const mixes = mixesOf(model);
  const size = MOST_IN_LINES + 1;
  const opens = rateOf(model.openingMinutes);
  const unlocks = rateOf(model.lockedMinutes);
  let value = terminal(mixes, size);
  let next = new Float64Array(value.length);
  const decide = (from: Float64Array, to: Float64Array) => {
    for (const [index, mix] of mixes.entries())
      for (let n = 0; n < size; n += 1) to[index * size + n] = best(from, mix, index, n).cost;
  };
  const best = (from: Float64Array, mix: Mix, index: number, n: number): { cost: number; move: Move } => {
    let cost = from[index * size + n] ?? 0;
    let move: Move = 'nothing';
    if (mix.withOne !== index) {
      const opened = (from[mix.withOne * size + n] ?? 0) + model.openingCost;
      if (opened < cost) [cost, move] = [opened, 'open'];
    }
    if (mix.withoutOne !== index && n <= mix.servers) {
      const closed = from[mix.withoutOne * size + n] ?? 0;
      if (closed < cost) [cost, move] = [closed, 'close'];
    }
    return { cost, move };
  };
  const fastest = Math.max(...mixes.map(({ servers, each }) => servers * each));
  for (let minute = model.horizonMinutes - DECIDE_MINUTES; minute >= 0; minute -= DECIDE_MINUTES) {
    if (minute + DECIDE_MINUTES < model.horizonMinutes) {
      decide(value, next);
      [value, next] = [next, value];
    }
    const rate = model.rates[Math.min(Math.floor(minute / RATE_MINUTES), model.rates.length - 1)] ?? 0;
    // Short enough that no two things happen in one step.
    const steps = Math.max(4, Math.ceil((rate + fastest + model.floating * Math.max(opens, unlocks)) * DECIDE_MINUTES));
    for (let step = 0; step < steps; step += 1) {
      back(value, next, mixes, size, { rate, opens, unlocks, dt: DECIDE_MINUTES / steps });
      [value, next] = [next, value];
    }
  }
  const at = (n: number, opening: number, locked: number, free: number) => {
    const index = mixes.findIndex((mix) => mix.opening === opening && mix.locked === locked && mix.free === free);
    const mix = mixes[index];
    if (mix === undefined) return { cost: Infinity, move: 'nothing' as const };
    return best(value, mix, index, Math.min(n, MOST_IN_LINES));
  };
  return {
    move: (n, opening, locked, free) => at(n, opening, locked, free).move,
    cost: (n, opening, locked, free) => at(n, opening, locked, free).cost,
  };
}

/** One step back in time: what `from` costs after it, and what happens in it. */
function back(
  from: Float64Array,
  to: Float64Array,
  mixes: readonly Mix[],
  size: number,
  { rate, opens, unlocks, dt }: { rate: number; opens: number; unlocks: number; dt: number },
): void {
  const comes = rate * dt;
  for (const [index, mix] of mixes.entries()) {
    const start = index * size;
    const { servers } = mix;
    const opened = mix.opened * size;
    const unlocked = mix.unlocked * size;
    const opening = mix.opening * opens * dt;
    const unlocking = mix.locked * unlocks * dt;
    const done = mix.each * dt;
    const paid = mix.price * dt;
    for (let n = 0; n < size; n += 1) {
      const here = from[start + n] as number;
      const busy = n < servers ? n : servers;
      let cost = here + paid + (n - busy) * dt;
      if (n < size - 1) cost += comes * ((from[start + n + 1] as number) - here);
      if (n > 0) cost += busy * done * ((from[start + n - 1] as number) - here);
      if (opening > 0) cost += opening * ((from[opened + n] as number) - here);
      if (unlocking > 0) cost += unlocking * ((from[unlocked + n] as number) - here);
      to[start + n] = cost;
    }
  }
}

function terminal(mixes: readonly Mix[], size: number): Float64Array<ArrayBuffer> {
  const value = new Float64Array(mixes.length * size);
  for (const [index, { servers }] of mixes.entries())
    for (let n = 0; n < size; n += 1) value[index * size + n] = LEFT_OVER * Math.max(0, n - servers) ** 2;
  return value;
}

function mixesOf({ windows, speed, floating, floatingSpeed, serviceMinutes, price }: PlanModel): Mix[] {
  const all: { opening: number; locked: number; free: number }[] = [];
  for (let opening = 0; opening <= floating; opening += 1)
    for (let locked = 0; opening + locked <= floating; locked += 1)
      for (let free = 0; opening + locked + free <= floating; free += 1) all.push({ opening, locked, free });
  const find = (opening: number, locked: number, free: number, otherwise: number) => {
    const index = all.findIndex((mix) => mix.opening === opening && mix.locked === locked && mix.free === free);
    return index < 0 ? otherwise : index;
  };
  return all.map(({ opening, locked, free }, index) => {
    const servers = windows + locked + free;
    const speeds = speed + (locked + free) * floatingSpeed;
    return {
      ...{ opening, locked, free, servers },
      each: servers === 0 ? 0 : speeds / (servers * serviceMinutes),
      price: price * (opening + locked + free),
      opened: find(opening - 1, locked + 1, free, index),
      unlocked: find(opening, locked - 1, free + 1, index),
      withOne: find(opening + 1, locked, free, index),
      withoutOne: find(opening, locked, free - 1, index),
    };
  });
}

/** Something that takes no time is done within a few seconds. */
function rateOf(minutes: number): number {
  return 1 / Math.max(minutes, 0.25);
}
