import type { FactsOfDay } from '../../../domain/figures/facts.ts';
import type { BranchId } from '../../../domain/ids.ts';
import type { PeriodReport } from '../../../protocol/period-report.ts';
import { counterKey } from './spots.ts';

/** What filters can be chosen from: all that occurs, whatever is filtered now. */
export class Choices {
  readonly #segments = new Set<string>();
  readonly #services = new Set<string>();
  readonly #counters = new Set<string>();
  readonly #tellers = new Set<string>();

  add(branchId: BranchId, { segments, services, places }: FactsOfDay): void {
    for (const segment of segments) this.#segments.add(segment);
    for (const service of services) this.#services.add(service);
    for (const [counter, teller] of places) {
      this.#counters.add(counterKey(branchId, counter));
      if (teller !== null) this.#tellers.add(teller);
    }
  }

  lists(): PeriodReport['choices'] {
    return {
      segments: [...this.#segments].sort(),
      services: [...this.#services].sort(),
      counters: [...this.#counters].sort(),
      tellers: [...this.#tellers].sort(),
    };
  }
}
