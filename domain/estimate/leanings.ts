import type { RoutingConfig } from '../config.ts';
import { POLICIES, type Prospect } from '../routing/policies.ts';

/**
 * A policy's index for each kind at one counter, bent so that it grows in a straight line: `base + slope * waitedMs` puts the kinds
 * into the same order as the policy does, and costs no power. A forward run asks for it a hundred thousand times.
 */
export interface Leanings {
  readonly base: Float64Array;
  /** Per ms. */
  readonly slope: Float64Array;
}

/** @param kinds as they would stand to the counter after any wait, the same for all or not; nothing for one that it does not serve */
export function leaningsOf({ policy, power }: RoutingConfig, kinds: readonly (Prospect | undefined)[]): Leanings {
  const index = POLICIES[policy];
  const base = new Float64Array(kinds.length);
  const slope = new Float64Array(kinds.length);
  if (policy === 'cost-of-delay' && power > 1) {
    // Its root is straight. Taken against the largest: of a power near 1 it would leave the range of numbers.
    const logs = kinds.map((kind) => (kind ? Math.log(index(kind, power)) / (power - 1) : -Infinity));
    const largest = Math.max(...logs);
    kinds.forEach((kind, place) => {
      if (kind) slope[place] = Math.exp((logs[place] ?? 0) - largest) / kind.waitedMs;
    });
  } else
    kinds.forEach((kind, place) => {
      if (kind === undefined) return;
      base[place] = index({ ...kind, waitedMs: 0 }, power);
      slope[place] = (index(kind, power) - (base[place] ?? 0)) / kind.waitedMs;
    });
  return { base, slope };
}
