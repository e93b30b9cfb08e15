import type { PolicyResult } from '../run/compare.ts';
import type { Scenario } from '../scenario/schema.ts';
import { difference, type Estimate } from './estimates.ts';

/** What machines read; docs/simulator.md documents it. */
export function jsonOf(scenario: Scenario, results: readonly PolicyResult[], seed: number): string {
  const [first, ...others] = results;
  const output = {
    scenario: scenario.name,
    days: first?.days.length ?? 0,
    seed,
    policies: results.map(({ name, settings, metrics, faults, days, stories }) => ({
      name,
      settings,
      metrics: Object.fromEntries([...metrics].map(([metric, found]) => [metric, numbersOf(found)])),
      invariantsHeld: faults.length === 0,
      faults,
      cpuMsPerDay: days.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / days.length,
      ...(scenario.report.customers && {
        customers: stories.map((day) =>
          day.map(({ customer, waits, fate, endedAt }) => ({
            arrival: customer.arrival,
            segment: customer.segment,
            waits: waits.map(rounded),
            fate,
            endedAt: rounded(endedAt),
          })),
        ),
      }),
    })),
    differences: others.map((other) => ({
      of: other.name,
      from: first?.name,
      metrics: Object.fromEntries(
        [...other.metrics].flatMap(([metric, found]) => {
          const one = first?.metrics.get(metric);
          return one === undefined ? [] : [[metric, numbersOf(difference(one, found))]];
        }),
      ),
    })),
  };
  return `${JSON.stringify(output, undefined, 1)}\n`;
}

/** Instants of this century carry a quarter of a microsecond. */
function rounded(minutes: number): number {
  return Math.round(minutes * 1e6) / 1e6;
}

function numbersOf({ value, se, halfWidth }: Estimate): { value: number; se: number; halfWidth95: number } {
  return { value, se, halfWidth95: halfWidth };
}
