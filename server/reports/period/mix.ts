import type { ServiceId, StaffId } from '../../../domain/ids.ts';
import type { PeriodFigures } from '../../../protocol/period-report.ts';
import { MIX_MINIMUM } from '../../../protocol/report-scale.ts';

/** 95 % of a normal law lie within so many standard errors. */
const Z = 1.96;

interface Sums {
  count: number;
  sum: number;
  squares: number;
}

/**
 * How long a teller takes, corrected for what they were asked for: indirect standardisation (Breslow & Day, Statistical Methods
 * in Cancer Research II, 1987, section 2.3). The expected time of a service is its mean over all tellers, so a teller's ratio is
 * what their services took over what the same services take everybody: r = Σy / Σx, with y a service of theirs and x the
 * mean of its kind. Its variance is that of a ratio estimator (Cochran, Sampling Techniques, 1977, formula 6.13, no finite
 * population correction): Σ(y − r·x)² / (n − 1) · n / (Σx)²; the interval is r ± 1.96 standard errors, a normal law, which a
 * sum of `MIX_MINIMUM` services or more is near enough to.
 */
export class ServiceMix {
  readonly #all = new Map<ServiceId, Sums>();
  readonly #tellers = new Map<StaffId, Map<ServiceId, Sums>>();

  /** @param counted false for one who is only there to compare with */
  add(tellerId: StaffId, service: ServiceId, minutes: number, counted: boolean): void {
    addTo(this.#all, service, minutes);
    if (!counted) return;
    const own = this.#tellers.get(tellerId) ?? new Map<ServiceId, Sums>();
    this.#tellers.set(tellerId, own);
    addTo(own, service, minutes);
  }

  of(tellerId: StaffId): PeriodFigures['mix'] {
    let [n, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
    for (const [service, { count, sum, squares }] of this.#tellers.get(tellerId) ?? []) {
      const all = this.#all.get(service);
      const expected = all === undefined ? 0 : all.sum / all.count;
      n += count;
      x += count * expected;
      y += sum;
      xx += count * expected ** 2;
      xy += sum * expected;
      yy += squares;
    }
    if (n < MIX_MINIMUM || x === 0) return undefined;
    const ratio = y / x;
    const squares = Math.max(0, yy - 2 * ratio * xy + ratio ** 2 * xx);
    const error = Math.sqrt((squares / (n - 1)) * n) / x;
    return { ratio, low: ratio - Z * error, high: ratio + Z * error };
  }
}

function addTo(sums: Map<ServiceId, Sums>, service: ServiceId, minutes: number): void {
  const known = sums.get(service);
  if (known === undefined) sums.set(service, { count: 1, sum: minutes, squares: minutes ** 2 });
  else {
    known.count += 1;
    known.sum += minutes;
    known.squares += minutes ** 2;
  }
}
