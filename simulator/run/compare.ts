import { metricsOf, summarise, type DaySummary, type Metrics } from '../report/summary.ts';
import { drawDay } from '../scenario/day-draw.ts';
import type { NamedPolicy } from '../scenario/policy.ts';
import type { Scenario } from '../scenario/schema.ts';
import { Hall, type Core } from './hall.ts';
import type { Story } from './meter.ts';

export interface PolicyResult extends NamedPolicy {
  readonly days: readonly DaySummary[];
  readonly metrics: Metrics;
  /** Broken invariants, with the day before each. */
  readonly faults: readonly string[];
  /** Of every day, when the scenario asks for them. */
  readonly stories: readonly (readonly Story[])[];
}

export interface RunOptions {
  readonly days?: number;
  readonly seed?: number;
  /** Told after each day of each policy: how many are done, of how many. */
  readonly progress?: (done: number, all: number) => void;
  readonly core?: Core;
}

/** Runs every policy on the same days with the same customers. */
export function compare(
  scenario: Scenario,
  policies: readonly NamedPolicy[],
  { days = scenario.run.days, seed = scenario.run.seed, progress, core }: RunOptions = {},
): PolicyResult[] {
  const results = policies.map((policy) => ({ policy, days: [] as DaySummary[], stories: [] as (readonly Story[])[] }));
  let done = 0;
  for (let day = 1; day <= days; day += 1)
    for (const { policy, days: summaries, stories } of results) {
      // Drawn again for each policy: the openings of one must not use up the draws of the other.
      const figures = new Hall(scenario, policy.settings, drawDay(scenario, seed, day), core).run();
      summaries.push(summarise(scenario, policy.settings, figures));
      if (scenario.report.customers) stories.push(figures.stories);
      progress?.((done += 1), days * policies.length);
    }
  return results.map(({ policy, days: summaries, stories }) => ({
    ...policy,
    days: summaries,
    metrics: metricsOf(summaries),
    faults: summaries.flatMap(({ faults }, index) => faults.map((fault) => `day ${index + 1}: ${fault}`)),
    stories,
  }));
}
