import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rangeScores } from '../../domain/estimate/corrections.ts';
import type { Visit } from '../../domain/visit.ts';
import { loadScenario } from '../scenario/load.ts';
import { policySchema } from '../scenario/policy.ts';
import { observeDay, type Observation } from './observe.ts';
import { fit, predict } from './regression.ts';
import { coverageTable, errorTable, type Guess } from './tables.ts';

/**
 * `node --import tsx simulator/estimators/compare.ts [--days N] [--seed S] [--scenario FILE] [--carry D]`: every estimator of
 * docs/estimates.md, on the same customers. The first 20 days teach the ones that learn; the rest is the test. The product's own
 * correction begins each day with what the last D days left to it, as the server does it; with `--carry 0` with none.
 */
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '170' },
    carry: { type: 'string', default: '5' },
    seed: { type: 'string', default: '7' },
    scenario: { type: 'string', default: fileURLToPath(new URL('hall.yaml', import.meta.url)) },
    forecast: { type: 'string', default: 'usual' },
  },
});

const scenario = loadScenario(values.scenario);
const settings = policySchema.parse({ ...scenario.policy, forecast: values.forecast, estimate: 'forward', paths: 200 });
const days = Number(values.days);
const carry = Number(values.carry);
const observations: Observation[] = [];
const past: (readonly Visit[])[] = [];
for (let day = 1; day <= days; day += 1) {
  const carried = carry > 0 ? rangeScores(past.slice(-carry)) : {};
  const observed = observeDay(scenario, settings, Number(values.seed), day, carried);
  observations.push(...observed.observations);
  past.push(observed.visits);
}

const taught = 20;
const training = observations.filter(({ day }) => day <= taught);
const test = observations.filter(({ day }) => day > taught);
const constant = training.reduce((sum, { waited }) => sum + waited, 0) / training.length;
const weights = fit(
  training.map(({ features }) => features),
  training.map(({ waited }) => waited),
);

const guesses: Readonly<Record<string, Guess>> = {
  constant: () => constant,
  ...Object.fromEntries(
    Object.keys(test[0]?.said ?? {}).map((name): [string, Guess] => [name, ({ said }) => said[name] ?? 0]),
  ),
  'linear regression': ({ features }) => predict(weights, features),
  'forward run, mean': ({ quote }) => quote.mean ?? quote.p50,
  'forward run, median': ({ quote }) => quote.p50,
};

const mean = test.reduce((sum, { waited }) => sum + waited, 0) / test.length;
console.log(
  `${test.length} customers who had to wait, on days ${taught + 1} to ${days}; they waited ${mean.toFixed(1)} minutes on average.\n`,
);
console.log(errorTable(test, guesses));
console.log(`\n${coverageTable(test)}`);
