import { describe, expect, test } from '@jest/globals';
import { CASES, offBy, runCase, SCENARIOS, TOLERANCE } from './oracle-cases.ts';

/** An optimum is a bound: what runs the exact table may cost this much of it, and never less. */
const COST_SHARE = 1.03;

describe.each([...CASES.values()].map((one) => [one.id, one] as const))('%s', (id, { model, expected }) => {
  const asked = SCENARIOS[id];

  test(`${model}: within ${TOLERANCE} standard errors, and what must hold holds`, () => {
    if (asked === undefined) throw new Error('no scenario');
    const result = runCase(asked.scenario);
    expect(result.faults).toEqual([]);
    const off = offBy(result, expected, asked.figures);
    if (process.env['LOBBYFLOW_ORACLE_SHOW'] !== undefined) process.stderr.write(`${id} ${JSON.stringify(off)}\n`);
    expect(off.filter((one) => !(Math.abs(one.off) <= TOLERANCE))).toEqual([]);
    if (id.startsWith('prio-')) expectConservation(id, result.metrics);
    if (id.startsWith('optimal-control')) {
      const cost = result.metrics.get('cost.perMinute')?.value;
      expect(cost).toBeLessThanOrEqual((expected['optimal_cost_per_min'] ?? 0) * COST_SHARE);
    }
    if (id === 'trace-fcfs-2') {
      const stories = result.stories[0] ?? [];
      expect(stories.map(({ waits }) => Math.round(1e6 * (waits[0] ?? NaN)) / 1e6)).toEqual([0, 0, 3, 2, 3]);
      expect(stories.map(({ endedAt }) => Math.round(1e6 * endedAt) / 1e6)).toEqual([5, 5, 8, 7, 8]);
    }
  });
});

/** Kleinrock's law: the waits, weighted with the load of their class, sum up to what no order can change. */
function expectConservation(id: string, metrics: ReturnType<typeof runCase>['metrics']): void {
  const one = CASES.get(id);
  const sum = (weights: readonly number[]) =>
    weights.reduce(
      (total, weight, place) => total + weight * (metrics.get(`segment.k${place + 1}.wait.mean`)?.value ?? NaN),
      0,
    );
  const error = (weights: readonly number[]) =>
    Math.hypot(...weights.map((weight, place) => weight * (metrics.get(`segment.k${place + 1}.wait.mean`)?.se ?? NaN)));
  const [weights, exact] =
    id === 'prio-mg1-3'
      ? [[0.16, 0.25, 0.32], one?.expected['conservation_sum_rho_w']]
      : [[0.2, 0.8], one?.expected['mean_wait_all']];
  expect(Math.abs(sum(weights) - (exact ?? NaN))).toBeLessThanOrEqual(TOLERANCE * error(weights));
}
