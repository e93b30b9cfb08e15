import { compare } from './run/compare.ts';
import type { NamedPolicy } from './scenario/policy.ts';
import type { Scenario } from './scenario/schema.ts';

/** The price of a teller minute is looked for between these, so often, until the hours differ by no more than this share. */
const PRICES = { from: 0.1, to: 100 };
const MOST_ROUNDS = 14;
const NEAR_ENOUGH = 0.002;

export interface EqualHoursOptions {
  readonly days: number;
  readonly seed: number;
  /** Told after each day of each round. */
  readonly progress?: (done: number, all: number) => void;
}

/**
 * Policies are compared fairly when they cost the same: every rolling plan gets the price of a teller minute at which its
 * floating hours are those of the first policy on these days. Only hours are looked at, never waits. The others stay.
 */
export function atEqualHours(
  scenario: Scenario,
  policies: readonly NamedPolicy[],
  { days, seed, progress }: EqualHoursOptions,
): NamedPolicy[] {
  const plans = policies.filter(({ settings }) => settings.floating === 'rolling-plan').length;
  const all = (1 + plans * MOST_ROUNDS) * days;
  let done = 0;
  const hoursOf = (policy: NamedPolicy): number => {
    const count = () => progress?.((done += 1), all);
    const [result] = compare(scenario, [policy], { days, seed, progress: count });
    return result?.metrics.get('windows.hours')?.value ?? 0;
  };
  const [first] = policies;
  const wanted = first === undefined ? 0 : hoursOf(first);
  const equal = policies.map((policy, place) => {
    if (place === 0 || policy.settings.floating !== 'rolling-plan') return policy;
    let [low, high] = [PRICES.from, PRICES.to];
    let best = policy;
    let closest = Infinity;
    for (let round = 0; round < MOST_ROUNDS && closest > NEAR_ENOUGH * wanted; round += 1) {
      // The first guess is what the scenario says; hours fall as the price rises.
      const price = round === 0 ? policy.settings.price : Number(Math.sqrt(low * high).toPrecision(4));
      const priced = { name: `${policy.name} at price ${price}`, settings: { ...policy.settings, price } };
      const hours = hoursOf(priced);
      if (Math.abs(hours - wanted) < closest) [best, closest] = [priced, Math.abs(hours - wanted)];
      if (hours > wanted) low = price;
      else high = price;
    }
    return best;
  });
  progress?.(all, all);
  return equal;
}
