import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { z } from 'zod';
import { readEnv } from '../config/env.ts';
import { loadBranches } from '../config/load.ts';
import type { BusinessDay } from '../domain/ids.ts';
import { businessDayAt } from '../server/business-day.ts';
import { Forecasts } from '../server/forecast/forecasts.ts';
import { PublicHolidays } from '../server/public-holidays.ts';
import { openStore } from '../server/store/open-store.ts';
import { progressBar, timeLeft } from '../simulator/progress-bar.ts';
import { writeNetwork } from '../simulator/year/network.ts';
import { fillVoice } from './fill-voice.ts';
import { fillYear, type YearWish } from './fill-year.ts';
import { workedOut } from './lay-down.ts';
import type { YearDay, YearOrder } from './year-days.ts';

/**
 * A year of a network of 13 branches, about 900,000 visits, to look at reports with:
 *
 *   npm run demo:year [-- --days 365] [--log-days 14] [--seed 1]
 *
 * Each day is played by the product itself. The whole log, the visits and the ratings are kept of the last days only, what reports need
 * of all. Stopped in the middle, the next run goes on. Where it is kept, the environment says: LOBBYFLOW_DATA (data/year) or
 * DATABASE_URL; the branch files are LOBBYFLOW_BRANCHES (`branches` in the data folder, written when they are not there).
 */

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '365' },
    'log-days': { type: 'string', default: '14' },
    seed: { type: 'string', default: '1' },
  },
});
/** Of a year of thirteen branches. */
const CASES = 600;
const REMARKS = 1_500;
const TEMPLATES = 'config/branches';
/** Where there is no terminal, a line is written this often. */
const LINE_EVERY = 0.05;

const source = { LOBBYFLOW_DATA: 'data/year', ...process.env };
const read = readEnv({ LOBBYFLOW_BRANCHES: join(source.LOBBYFLOW_DATA, 'branches'), ...source });
if (!read.ok) throw new Error(read.errors.join('\n'));
const { env } = read;
const { dataFolder, branchesFolder } = env;
if (!existsSync(branchesFolder)) writeNetwork(TEMPLATES, branchesFolder);
const { branches } = loadBranches(branchesFolder);
const log = pino({ level: 'warn' });
const database = await openStore({ databaseUrl: env.databaseUrl, folder: dataFolder, log });
try {
  const wish = await wished();
  const holidays = new PublicHolidays(log);
  const begun = performance.now();
  const filled = await fillYear(wish, {
    ...{ branches, database, progress: shownProgress() },
    factsOf: (branch, day) => holidays.factsOf(branch, day),
    play: (order, take) => workedOut<YearOrder, YearDay>('year-of-branch.ts', order, take),
  });
  const known = branches.map((branch) => {
    const { config } = branch;
    return [config.branchId, { config, calendarFacts: (day: BusinessDay) => holidays.factsOf(branch, day) }] as const;
  });
  const forecasts = new Forecasts({ branches: new Map(known), records: database.records, log });
  for (const { config } of branches) {
    const { day } = businessDayAt(Date.now(), config.timeZone);
    await forecasts.prepareTomorrow(config.branchId, day, day);
  }
  const voice = (await isSilent()) ? await voiceOf(wish) : undefined;
  const seconds = Math.round((performance.now() - begun) / 1000);
  say(
    '',
    `${filled.days} days of ${branches.length} branches are there; ${filled.added} of them, with ${filled.visits} visits, were played now, in ${seconds} s.`,
    `Of the last ${wish.logDays} days the whole log is kept (tickets, events, ratings), of all others what reports need of each visit.`,
    ...(voice === undefined
      ? []
      : [`${voice.cases} complaints and ${voice.remarks} suggestions were written and worked on.`]),
    `Look at it: LOBBYFLOW_DEMO=1 LOBBYFLOW_DATA=${dataFolder} LOBBYFLOW_BRANCHES=${branchesFolder} npm start`,
    'and sign in at /manager/ as the network manager.',
  );
} finally {
  await database.close();
}

/** The first run decides which year it is; what it decided is kept in the data folder. */
async function wished(): Promise<YearWish> {
  const file = join(dataFolder, 'year.json');
  const kept = z.object({ begun: z.number(), days: z.number(), logDays: z.number(), seed: z.number() });
  if (existsSync(file)) return { ...kept.parse(JSON.parse(readFileSync(file, 'utf8'))), branchesFolder };
  for (const { config } of branches)
    if ((await database.records.openedDays(config.branchId, undefined, '9999-12-31')).length > 0)
      throw new Error(
        `${config.branchId} has days of its own: choose an empty LOBBYFLOW_DATA or DATABASE_URL for the year`,
      );
  const days = Number(values.days);
  const wish = {
    begun: Date.now(),
    days,
    logDays: Math.min(days, Number(values['log-days'])),
    seed: Number(values.seed),
  };
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(wish));
  return { ...wish, branchesFolder };
}

/** Nobody has written anything yet. */
async function isSilent(): Promise<boolean> {
  const some = { natures: [], states: [], kinds: [], limit: 1 };
  return (await database.inbox.list(some)).length === 0;
}

function voiceOf({ begun, seed, days }: YearWish) {
  say('Complaints and suggestions ...');
  const share = (branches.length * days) / (13 * 365);
  return fillVoice({
    ...{ branches, database, log, seed, until: begun },
    daysOf: (branchId) => database.dayFacts.days(branchId),
    cases: Math.round(CASES * share),
    remarks: Math.round(REMARKS * share),
  });
}

/** A bar on a terminal, else lines. */
function shownProgress(): (done: number, all: number) => void {
  if (process.stdout.isTTY) return progressBar(process.stdout);
  const left = timeLeft();
  let said = 0;
  return (done, all) => {
    const words = left(done, all);
    if (done < all && done / all < said + LINE_EVERY) return;
    said = done / all;
    say(`${done} of ${all} days${words}`);
  };
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
