import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { benchAudit } from './audit.ts';
import type { CoreFigures } from './core.ts';
import { benchDoors } from './doors.ts';
import { benchFanOut } from './fan-out.ts';
import { benchLoadDay } from './load-day.ts';
import { once, startPostgres } from './private-postgres.ts';
import { benchReports } from './reports.ts';
import { machine, tables, verdicts, type Report } from './report.ts';
import { benchMemory, benchStart } from './size.ts';
import { benchTwo } from './two.ts';

/**
 * `npm run bench [-- --only doors,fanout] [--quick] [--json] [--year data/year]`: measures the targets, on servers, a PostgreSQL and senders that it
 * starts itself. Ratios are of one run: what is compared took turns. The targets that are missed are said so; the exit code is 0.
 */

const SECTIONS = ['core', 'doors', 'fanout', 'load', 'audit', 'memory', 'two', 'start', 'reports'] as const;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    year: { type: 'string' },
  },
});
const asked = values.only?.split(',') ?? SECTIONS;
const unknown = asked.filter((name) => !SECTIONS.some((section) => section === name));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; there are ${SECTIONS.join(', ')}.`);
const slices = values.quick ? { slices: 3, ms: 500 } : { slices: 7, ms: 1_000 };
const rounds = values.quick ? 9 : 40;

const where = machine();
const postgres = await startPostgres();
async function createDatabase(name: string): Promise<string> {
  await once(postgres.url, `create database ${name}`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function core(): Promise<CoreFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bench/core.ts', '--json']);
  return JSON.parse(stdout) as CoreFigures;
}

/** Runs a section when it was asked for. */
async function section<T>(name: (typeof SECTIONS)[number], run: () => Promise<T>): Promise<T | undefined> {
  if (!asked.includes(name)) return undefined;
  console.error(`${name} …`);
  return run();
}

try {
  const found = {
    core: await section('core', core),
    doors: await section('doors', async () => benchDoors(await createDatabase('doors'), slices)),
    fanOut: await section('fanout', () => benchFanOut({ rounds })),
    loadDay: await section('load', async () => benchLoadDay(await createDatabase('load'), { rounds: 9 })),
    audit: await section('audit', async () => benchAudit(await createDatabase('audit'))),
    memory: await section('memory', () => benchMemory(createDatabase)),
    two: await section('two', async () => benchTwo(await createDatabase('two'), slices)),
    start: await section('start', () => benchStart({ rounds: values.quick ? 3 : 5 })),
    reports: await section('reports', async () =>
      benchReports({ year: values.year, databaseUrl: await createDatabase('reports'), rounds: values.quick ? 3 : 7 }),
    ),
  };
  const measured = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  const report: Report = { machine: where, ...measured };
  console.log(values.json ? JSON.stringify({ verdicts: verdicts(report), ...report }, undefined, 2) : tables(report));
} finally {
  await postgres.stop();
}
