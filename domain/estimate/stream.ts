/** How finely the law of service times is cut: the last slice is what 1 of 2,048 customers takes. */
const SLICES = 2_048;
/** Standard deviation over mean of service times: close to 1 at bank counters, and lognormal (Brown et al., JASA 2005). */
const VARIATION = 1;
/** Lognormal service times with mean 1, ascending: the middle of each slice. */
const SERVICE = serviceLaw();

/** Exponential times with mean 1, cut alike. */
const GAP = Float64Array.from({ length: SLICES }, (_, slice) => -Math.log(1 - (slice + 0.5) / SLICES));

/** Random numbers by seed (Mulberry32): the same state gives the same estimate in every process. */
export class Stream {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** At least 0 and below 1. */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  exponential(mean: number): number {
    return mean * (GAP[(this.uniform() * SLICES) | 0] ?? 1);
  }

  /** About a gamma law with mean 1, for shapes that are not small. */
  level(shape: number): number {
    return Math.max(0, 1 + normal((this.uniform() * SLICES + 0.5) / (SLICES + 1)) / Math.sqrt(shape));
  }

  /** A service time with the given mean. */
  service(mean: number): number {
    return mean * at(this.uniform() * SLICES);
  }

  /** What is left of a service that has lasted for `elapsed`. Of one beyond every known length nothing is known: as if it began. */
  rest(mean: number, elapsed: number): number {
    const begun = elapsed / mean;
    const first = slicesBelow(begun);
    if (first >= SLICES) return this.service(mean);
    return mean * Math.max(0, at(first + this.uniform() * (SLICES - first)) - begun);
  }
}

function at(place: number): number {
  return SERVICE[place | 0] ?? 1;
}

function slicesBelow(value: number): number {
  let low = 0;
  let high = SLICES;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((SERVICE[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function serviceLaw(): Float64Array {
  const sigma = Math.sqrt(Math.log(1 + VARIATION ** 2));
  const law = Float64Array.from({ length: SLICES }, (_, slice) => Math.exp(sigma * normal((slice + 0.5) / SLICES)));
  const mean = law.reduce((sum, value) => sum + value, 0) / SLICES;
  return law.map((value) => value / mean);
}

/** Quantile of the normal law, within 5e-4 (Abramowitz and Stegun, 26.2.23). @param p between 0 and 1 */
function normal(p: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -z : z;
}
