import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance by seed. Each actor has its own stream, so that one who draws more does not change the others. */
export class Chance {
  readonly #generator;

  /** @param name of the actor; the same seed and name give the same draws */
  constructor(seed: number, name: string) {
    this.#generator = xoroshiro128plus(mixed(seed, name));
  }

  /** At least 0 and below 1. */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  happens(probability: number): boolean {
    return this.uniform() < probability;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** @param variation standard deviation divided by the mean */
  lognormal(mean: number, variation: number): number {
    const variance = Math.log(1 + variation ** 2);
    return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * this.normal());
  }

  /** Mean 0, standard deviation 1: two uniform draws make one (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** One of the items, each as likely as its weight. Nothing when there are none. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T | undefined {
    let left = this.uniform() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return items.at(-1)?.[0];
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.uniform() * items.length)];
  }
}

/** FNV-1a over the name, begun with the seed. */
function mixed(seed: number, name: string): number {
  let hash = (2_166_136_261 ^ seed) | 0;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return hash;
}
