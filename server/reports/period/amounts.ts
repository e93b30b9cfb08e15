import { MINUTE } from '../../../domain/ids.ts';
import type { Histogram, Spread } from '../../../protocol/period-report.ts';

const FIRST_ROOM = 16;
/** Histograms end here: the last bar is "that and longer". */
const LAST_MINUTE = 60;
const NONE: Spread = { count: 0, mean: 0, p50: 0, p90: 0, max: 0 };

/** Lengths of time, ms: every single one is kept, because percentiles cannot be had from anything less (rule B3). */
export class Amounts {
  #values = new Int32Array(FIRST_ROOM);
  #count = 0;

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = ms;
    this.#count += 1;
  }

  spread(): Spread {
    const values = this.#values.subarray(0, this.#count).sort();
    if (values.length === 0) return NONE;
    const minutesAt = (index: number) => (values[index] ?? 0) / MINUTE;
    /** The smallest that at least this share does not exceed. */
    const quantile = (share: number) => minutesAt(Math.ceil(share * values.length) - 1);
    return {
      count: values.length,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length / MINUTE,
      p50: quantile(0.5),
      p90: quantile(0.9),
      max: minutesAt(values.length - 1),
    };
  }

  /** From minute 0 to the longest, each minute once. */
  histogram(): Histogram {
    const counts: number[] = [];
    for (const ms of this.#values.subarray(0, this.#count)) {
      const minute = Math.min(LAST_MINUTE, Math.floor(ms / MINUTE));
      counts[minute] = (counts[minute] ?? 0) + 1;
    }
    return Array.from(counts, (count = 0, minute) => ({ minute, count }));
  }
}
