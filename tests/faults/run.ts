import { parseArgs } from 'node:util';
import { allFaults } from './kinds/all.ts';
import { campaign, type Outcome } from './support/campaign.ts';
import type { Mode } from './support/site.ts';

/**
 * `npm run faults -- --minutes 5 --seed 7 [--only kill-server,disk-full] [--mode embedded|shared] [--planted] [--json]`
 *
 * Lets faults happen to a hall in full swing, and holds what people were told and what screens showed against the log. The exit
 * code is 1 when anything is wrong. With `--planted` the embedded server acknowledges before it writes, which must be found.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    only: { type: 'string' },
    mode: { type: 'string' },
    planted: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

function fail(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(2);
}

const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes >= 0) || !Number.isInteger(seed)) fail('--minutes is a number, --seed a whole one.');
const names = values.only?.split(',');
const unknown = names?.filter((name) => !allFaults.some((fault) => fault.name === name)) ?? [];
if (unknown.length > 0)
  fail(`No such fault: ${unknown.join(', ')}. There are ${allFaults.map(({ name }) => name).join(', ')}.`);
if (values.mode !== undefined && values.mode !== 'embedded' && values.mode !== 'shared')
  fail('--mode is embedded or shared.');

const faults = allFaults.filter(({ name }) => names?.includes(name) ?? true);
const modes: readonly Mode[] = (['embedded', 'shared'] as const).filter(
  (mode) => (values.mode ?? mode) === mode && faults.some((fault) => fault.modes.includes(mode)),
);
say(`seed ${seed}, ${minutes} minutes, ${modes.join(' and ')}: ${faults.map(({ name }) => name).join(', ')}`);
const outcomes: Outcome[] = [];
for (const mode of modes)
  outcomes.push(await campaign({ seed, mode, faults, minutes: minutes / modes.length, planted: values.planted, say }));

if (values.json) process.stdout.write(`${JSON.stringify({ seed, minutes, outcomes }, undefined, 2)}\n`);
else {
  const rows = outcomes.map(({ mode, faults: count, acknowledged, found }) => [
    mode,
    { faults: count, acknowledged, ...found },
  ]);
  console.table(Object.fromEntries(rows));
  for (const { mode, heard, skipped } of outcomes) {
    const told = Object.entries(heard).map(([code, count]) => `${code} ${count}`);
    say(`${mode}: besides "done" people heard: ${told.join(', ') || 'nothing'}`);
    if (skipped.length > 0) say(`${mode}: skipped, because this user may not mount a disk: ${skipped.join(', ')}`);
  }
}
process.exit(outcomes.every(({ words }) => words.length === 0) ? 0 : 1);
