import type { Quote } from '../events.ts';
import { MINUTE } from '../ids.ts';

/** The waits of many people in many futures, in ms. */
export class Sample {
  readonly #waits: Float64Array;
  readonly #own: Float64Array;
  readonly #people: number;
  #futures = 0;

  constructor(people: number, futures: number) {
    this.#people = people;
    this.#waits = new Float64Array(people * futures);
    this.#own = new Float64Array(futures);
  }

  /** One future: the wait of each person. */
  add(waits: Float64Array): void {
    this.#waits.set(waits, this.#futures * this.#people);
    this.#futures += 1;
  }

  /** Once every future is there. */
  quoteOf(person: number): Quote {
    const own = this.#own;
    let sum = 0;
    for (let future = 0; future < own.length; future += 1) {
      const wait = this.#waits[future * this.#people + person] ?? 0;
      own[future] = wait;
      sum += wait;
    }
    own.sort();
    const mean = sum / own.length / MINUTE;
    return { mean, p10: this.#at(0.1), p50: this.#at(0.5), p80: this.#at(0.8), p90: this.#at(0.9), by: 'forward' };
  }

  /** So that one more future would be below it with this probability, however few there are (Weibull's plotting position). */
  #at(share: number): number {
    const own = this.#own;
    const place = Math.min(own.length - 1, Math.max(0, share * (own.length + 1) - 1));
    const low = own[Math.floor(place)] ?? 0;
    const high = own[Math.ceil(place)] ?? low;
    return (low + (high - low) * (place % 1)) / MINUTE;
  }
}
