import { readFileSync } from 'node:fs';
import { compare, type PolicyResult } from '../../simulator/run/compare.ts';
import type { Core } from '../../simulator/run/hall.ts';
import { scenarioOf } from '../../simulator/scenario/load.ts';
import { policySchema } from '../../simulator/scenario/policy.ts';
import type { ScenarioInput } from '../../simulator/scenario/schema.ts';
import { oracleScenarios } from './oracle-scenarios.ts';

export interface OracleCase {
  readonly id: string;
  readonly model: string;
  readonly expected: Readonly<Record<string, number>>;
  readonly optimal_policy?: { readonly table: Record<string, [number | null, number | null]> };
}

const file = JSON.parse(readFileSync(new URL('oracles.json', import.meta.url), 'utf8')) as {
  cases: readonly OracleCase[];
};
export const CASES: ReadonlyMap<string, OracleCase> = new Map(file.cases.map((one) => [one.id, one]));

/** `LOBBYFLOW_ORACLE_EFFORT=20` runs twenty times as many replications. */
const EFFORT = Number(process.env['LOBBYFLOW_ORACLE_EFFORT'] ?? 1);
export const SCENARIOS = oracleScenarios(
  EFFORT,
  Object.fromEntries(file.cases.map(({ id, optimal_policy }) => [id, optimal_policy?.table])),
);

/** Standard errors that a figure may be off. */
export const TOLERANCE = 4;

export function runCase(input: ScenarioInput, core?: Core): PolicyResult {
  const scenario = scenarioOf(input);
  const policy = { name: 'oracle', settings: policySchema.parse(scenario.policy) };
  const [result] = compare(scenario, [policy], core === undefined ? {} : { core });
  if (result === undefined) throw new Error('no result');
  return result;
}

export interface Off {
  readonly name: string;
  readonly value: number;
  readonly expected: number;
  /** In standard errors. */
  readonly off: number;
}

/** How far each figure of a case is from what it should be. */
export function offBy(
  { metrics }: PolicyResult,
  expected: OracleCase['expected'],
  figures: Readonly<Record<string, string>>,
): Off[] {
  return Object.entries(figures).map(([name, metric]) => {
    const found = metrics.get(metric);
    const exact = expected[name];
    if (found === undefined || exact === undefined) throw new Error(`no figure ${metric} for ${name}`);
    return { name, value: found.value, expected: exact, off: (found.value - exact) / found.se };
  });
}
