import { writeFileSync } from 'node:fs';
import { atEqualHours } from './equal-hours.ts';
import { progressBar } from './progress-bar.ts';
import { htmlOf } from './report/html.ts';
import { jsonOf } from './report/json.ts';
import { tableOf } from './report/table.ts';
import { compare } from './run/compare.ts';
import { loadScenario } from './scenario/load.ts';
import { policySchema, readPolicy } from './scenario/policy.ts';
import { searchPlan } from './search-plan.ts';
import { readSimulateOptions, USAGE, type SimulateOptions } from './simulate-options.ts';

/** `npm run simulate`: exit 0 when all invariants held, 1 when one did not, 2 when the question was wrong. */

function run({ scenario: file, policies: names, json, html, searchPlan: hours, ...options }: SimulateOptions): void {
  const scenario = loadScenario(file, options.changes);
  const { days = scenario.run.days, seed = scenario.run.seed } = options;
  if (hours.length > 0) {
    const found = searchPlan(scenario, hours, { days, seed });
    for (const one of found) process.stdout.write(`${JSON.stringify(one)}\n`);
    return;
  }
  const asked =
    names.length === 0
      ? [{ name: 'as the scenario says', settings: policySchema.parse(scenario.policy) }]
      : names.map((name) => readPolicy(name, scenario.policy, scenario.policies));
  const progress = progressBar(process.stderr);
  const policies = options.equalHours ? atEqualHours(scenario, asked, { days, seed, progress }) : asked;
  const results = compare(scenario, policies, { days, seed, progress });
  process.stdout.write(json ? jsonOf(scenario, results, seed) : tableOf(scenario, results, seed));
  if (html !== undefined) writeFileSync(html, htmlOf(scenario, results, seed));
  if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}

const read = readSimulateOptions(process.argv.slice(2));
if ('help' in read) process.stdout.write(USAGE);
else {
  const errors = 'errors' in read ? read.errors : [];
  try {
    if ('options' in read) run(read.options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
  if (errors.length > 0) {
    process.stderr.write(`${errors.join('\n')}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}
