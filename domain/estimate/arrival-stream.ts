import type { Stream } from './stream.ts';

/** So many equal parts of chance have a short cut to where the search of a kind begins. */
const PARTS = 64;

/** A stretch of time with constant rates: the sum of the rates of all kinds up to each, per ms. */
export class Stretch {
  readonly until: number;
  /** Of all kinds. */
  readonly rate: number;
  readonly #upTo: Float64Array;
  readonly #begin = new Uint16Array(PARTS);

  /** @param rates of each kind, per ms */
  constructor(until: number, rates: readonly number[]) {
    this.until = until;
    let sum = 0;
    this.#upTo = Float64Array.from(rates, (rate) => (sum += rate));
    this.rate = sum;
    for (let part = 0, kind = 0; part < PARTS; part += 1) {
      while ((this.#upTo[kind] ?? Infinity) <= (part / PARTS) * sum) kind += 1;
      this.#begin[part] = kind;
    }
  }

  /** @param chance at least 0 and below 1 */
  kindAt(chance: number): number {
    let kind = this.#begin[(chance * PARTS) | 0] ?? 0;
    while ((this.#upTo[kind] ?? Infinity) <= chance * this.rate) kind += 1;
    return kind;
  }
}

/** Who comes next, and when. One future after the other: `begin`, and then `next` and `kind` in turn. Times are ms from now. */
export class ArrivalStream {
  readonly #stretches: readonly Stretch[];
  readonly #shape: number;
  readonly #places: readonly number[];
  readonly #chance: Stream;
  #level = 1;
  #stretch = 0;
  #at = 0;

  /** @param places of each kind of a stretch, in the hall */
  constructor(stretches: readonly Stretch[], shape: number, places: readonly number[], chance: Stream) {
    this.#stretches = stretches;
    this.#shape = shape;
    this.#places = places;
    this.#chance = chance;
  }

  /** How busy one future is against what is expected is drawn anew: nobody knows the day's level exactly. */
  begin(): void {
    this.#level = this.#chance.level(this.#shape);
    this.#stretch = 0;
    this.#at = 0;
  }

  /** When the next one comes; Infinity when nobody does any more. */
  next(): number {
    for (;;) {
      const stretch = this.#stretches[this.#stretch];
      if (stretch === undefined) return Infinity;
      const { until } = stretch;
      const rate = this.#level * stretch.rate;
      const next = rate > 0 ? this.#at + this.#chance.exponential(1 / rate) : Infinity;
      if (next < until) return (this.#at = next);
      // Without memory: what did not come in this stretch is drawn anew from the beginning of the next.
      this.#at = until;
      this.#stretch += 1;
    }
  }

  /** Of the one that `next` told of. */
  kind(): number {
    const kind = this.#stretches[this.#stretch]?.kindAt(this.#chance.uniform()) ?? 0;
    return this.#places[kind] ?? 0;
  }
}
