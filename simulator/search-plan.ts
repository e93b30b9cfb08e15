import { summarise, metricsOf } from './report/summary.ts';
import { Hall } from './run/hall.ts';
import { drawDay, type DayDraw } from './scenario/day-draw.ts';
import { readPolicy, type PolicySettings } from './scenario/policy.ts';
import type { Scenario } from './scenario/schema.ts';

/**
 * The best static plan of floating windows that a search finds: slot by slot the window that saves most waiting on the
 * training days, and at each wanted number of hours slots are moved as long as that helps. A yardstick: what planning alone can do.
 */

const SLOT_MINUTES = 15;

class PlanSearch {
  readonly counts: number[];
  readonly #settings: PolicySettings;
  readonly #most: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly days: readonly (() => DayDraw)[],
  ) {
    this.counts = new Array<number>(Math.ceil(scenario.run.minutes / SLOT_MINUTES)).fill(0);
    this.#settings = readPolicy('plan', scenario.policy, {}).settings;
    this.#most = scenario.counters.reduce((sum, { kind, count }) => sum + (kind === 'floating' ? count : 0), 0);
  }

  meanWait(counts: readonly number[]): number {
    const plan = counts.flatMap((count, slot): [number, number, number][] =>
      count === 0 ? [] : [[slot * SLOT_MINUTES, (slot + 1) * SLOT_MINUTES, count]],
    );
    const settings = { ...this.#settings, plan };
    const days = this.days.map((draw) =>
      summarise(this.scenario, settings, new Hall(this.scenario, settings, draw()).run()),
    );
    return metricsOf(days).get('wait.mean')?.value ?? Infinity;
  }

  /** Adds the slot that helps most. */
  grow(): void {
    this.#take(this.#changes([1]));
  }

  /** Moves single slots while that helps. */
  improve(): void {
    let best = this.meanWait(this.counts);
    for (let round = 0; round < this.counts.length; round += 1) {
      const worst = this.#changes([-1])[0];
      if (worst === undefined) return;
      const without = this.counts.map((count, slot) => count + (slot === worst.slot ? -1 : 0));
      const moved = this.#changes([1], without)[0];
      if (moved === undefined || moved.wait >= best) return;
      best = moved.wait;
      this.counts.splice(0, this.counts.length, ...without.map((count, slot) => count + (slot === moved.slot ? 1 : 0)));
    }
  }

  #take([best]: readonly { readonly slot: number }[]): void {
    if (best !== undefined) this.counts[best.slot] = (this.counts[best.slot] ?? 0) + 1;
  }

  /** Every slot in which one window more (or less) is possible, the best first. */
  #changes([by]: readonly [1 | -1], counts: readonly number[] = this.counts): { slot: number; wait: number }[] {
    return counts
      .flatMap((count, slot) => {
        if (count + by < 0 || count + by > this.#most) return [];
        return [{ slot, wait: this.meanWait(counts.map((other, place) => other + (place === slot ? by : 0))) }];
      })
      .sort((one, other) => one.wait - other.wait);
  }
}

/** @returns for each number of floating hours, smallest first, the mean wait on the training days and the plan */
export function searchPlan(
  scenario: Scenario,
  hours: readonly number[],
  { days, seed }: { readonly days: number; readonly seed: number },
): { readonly hours: number; readonly meanWait: number; readonly plan: PolicySettings['plan'] }[] {
  const draws = Array.from({ length: days }, (_, day) => () => drawDay(scenario, seed, day + 1));
  const search = new PlanSearch(scenario, draws);
  let slots = 0;
  return [...hours]
    .sort((one, other) => one - other)
    .map((wanted) => {
      for (; slots < Math.round((wanted * 60) / SLOT_MINUTES); slots += 1) search.grow();
      search.improve();
      return { hours: wanted, meanWait: search.meanWait(search.counts), plan: planOf(search.counts) };
    });
}

/** Neighbouring slots with the same count as one line. */
function planOf(counts: readonly number[]): [number, number, number][] {
  const plan: [number, number, number][] = [];
  for (const [slot, count] of counts.entries()) {
    const last = plan.at(-1);
    if (last?.[2] === count && last[1] === slot * SLOT_MINUTES) last[1] += SLOT_MINUTES;
    else if (count > 0) plan.push([slot * SLOT_MINUTES, (slot + 1) * SLOT_MINUTES, count]);
  }
  return plan;
}
