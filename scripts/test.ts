import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openJobs } from '../server/jobs/open-jobs.ts';
import { openStore } from '../server/store/open-store.ts';

/**
 * `npm test`: sees to it that a browser, a PostgreSQL, a Redis and a proxy are there, runs Jest, then Playwright, and ends with one line
 * `N passed, N failed`. A runner that crashes or finds no test counts as one failed test.
 */

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const chromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium-headless-shell';
const postgresRoot = '/usr/lib/postgresql';
/** Programs that the tests start, and the packages that they come in. */
const programs: Readonly<Record<string, string>> = {
  'redis-server': 'redis-server',
  caddy: 'caddy',
  'espeak-ng': 'espeak-ng',
};

function missingPackages(): string[] {
  const hasPostgres =
    existsSync(postgresRoot) &&
    readdirSync(postgresRoot).some((version) => existsSync(path.join(postgresRoot, version, 'bin', 'postgres')));
  const others = Object.entries(programs).filter(([program]) => !existsSync(`/usr/bin/${program}`));
  return [
    ...(existsSync(chromium) ? [] : ['chromium-headless-shell', 'fonts-noto-cjk']),
    ...(hasPostgres ? [] : ['postgresql']),
    ...others.map(([, name]) => name),
  ];
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return status ?? 1;
}

/** Installs what is missing where that is allowed. Says what to do where it is not. */
function provide(): boolean {
  const packages = missingPackages();
  if (packages.length === 0) return true;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  console.log(`The tests need these Debian packages, which are not here: ${packages.join(', ')}.`);
  if (mayInstall) {
    run('sh', ['-c', command], { DEBIAN_FRONTEND: 'noninteractive' });
    if (missingPackages().length === 0) return true;
  }
  console.error(`Install them as root and start the tests again:\n  ${command}`);
  console.error('A Chromium in another place is found through CHROMIUM_PATH.');
  return false;
}

/** Reads a runner's report; no report, or one without any test, is a failure of the runner itself. */
function tallyOf(file: string, read: (report: unknown) => Tally): Tally {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const tally = read(JSON.parse(readFileSync(file, 'utf8')));
  return tally.passed + tally.failed === 0 ? { passed: 0, failed: 1 } : tally;
}

/** An embedded database with its tables and nothing in them. To make one takes longer than most tests: they copy this one. */
async function makeEmptyDatabase(folder: string): Promise<void> {
  const log = pino({ level: 'silent' });
  const database = await openStore({ folder, log });
  const jobs = await openJobs({ pool: database.pool, log });
  await jobs.stop();
  await database.close();
  process.env['LOBBYFLOW_TEST_DATABASE'] = path.join(folder, 'database');
}

function runJest(folder: string): Tally {
  const file = path.join(folder, 'jest.json');
  const status = run('npm', ['run', '--silent', 'test:jest', '--', '--json', `--outputFile=${file}`]);
  const tally = tallyOf(file, (report) => {
    const jest = report as { numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number };
    return { passed: jest.numPassedTests, failed: jest.numFailedTests + jest.numRuntimeErrorTestSuites };
  });
  return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function runPlaywright(folder: string): Tally {
  const file = path.join(folder, 'playwright.json');
  const status = run('npm', ['run', '--silent', 'test:browser', '--', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const tally = tallyOf(file, (report) => {
    const { stats, errors } = report as {
      stats: { expected: number; unexpected: number; flaky: number };
      errors: unknown[];
    };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
  });
  return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function runAll(): Promise<Tally> {
  if (!provide()) return { passed: 0, failed: 1 };
  if (run('npm', ['run', '--silent', 'build']) !== 0) return { passed: 0, failed: 1 };
  const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-tests-'));
  await makeEmptyDatabase(path.join(folder, 'empty'));
  const jest = runJest(folder);
  const playwright = runPlaywright(folder);
  rmSync(folder, { recursive: true });
  return { passed: jest.passed + playwright.passed, failed: jest.failed + playwright.failed };
}

const { passed, failed } = await runAll();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
