import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { pino } from 'pino';
import { readEnv } from '../config/env.ts';
import { loadBranches } from '../config/load.ts';
import { dayFacts } from '../domain/forecast/calendar.ts';
import type { BusinessDay } from '../domain/ids.ts';
import { businessDayAt } from '../server/business-day.ts';
import { Forecasts } from '../server/forecast/forecasts.ts';
import { halfHoursOf } from '../server/forecast/half-hours.ts';
import { openStore } from '../server/store/open-store.ts';
import { demoForecast } from '../simulator/demo-forecast.ts';
import { progressBar } from '../simulator/progress-bar.ts';
import { workedOut, writeLog } from './lay-down.ts';
import type { FinishedDay, PastDaysOrder } from './past-days-of-branch.ts';

/**
 * Lays finished days into the log of branches that have none, so that there is something to forecast from and to look back at:
 *
 *   past-days.ts [--days 7] [--seed 1] [--today 2026-11-24] [--branch harbour …] [--demo-speed 10 [--per-hour 60]]
 *
 * The days are played by the product itself and written as the server writes them. For the demo and for tests; it says nothing
 * and does nothing where a branch has finished days. Where the log is and which branches there are, the environment says. With a
 * speed of the demo, today's forecast is that of a hall that runs so fast from now on.
 */

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '7' },
    seed: { type: 'string', default: '1' },
    today: { type: 'string' },
    branch: { type: 'string', multiple: true },
    'demo-speed': { type: 'string' },
    'per-hour': { type: 'string' },
  },
});
const AT_ONCE = 2;
const DEMO_VARIATION = 0.1;

type Order = PastDaysOrder & { readonly today: BusinessDay };

const read = readEnv(process.env);
if (!read.ok) throw new Error(read.errors.join('\n'));
const { env } = read;
const branches = loadBranches(env.branchesFolder).branches.filter(
  ({ config }) => values.branch?.includes(config.branchId) ?? true,
);
const log = pino({ level: 'warn' });
const database = await openStore({ databaseUrl: env.databaseUrl, folder: env.dataFolder, log });
const { store, records } = database;
try {
  const orders: Order[] = [];
  for (const { config } of branches) {
    const today = values.today ?? businessDayAt(Date.now(), config.timeZone).day;
    if ((await records.openedDays(config.branchId, undefined, today)).length > 0) continue;
    const days = Array.from({ length: Number(values.days) }, (_, place) =>
      Temporal.PlainDate.from(today)
        .subtract({ days: Number(values.days) - place })
        .toString(),
    );
    const { branchesFolder } = env;
    orders.push({ branchesFolder, branchId: config.branchId, days, today, seed: Number(values.seed) });
  }
  const bar = progressBar(process.stdout);
  const all = orders.length * Number(values.days);
  let done = 0;
  const forecasts = new Forecasts({
    branches: new Map(
      branches.map(({ config, calendar }) => [
        config.branchId,
        { config, calendarFacts: (day: BusinessDay) => dayFacts(day, calendar) },
      ]),
    ),
    records,
    log,
  });
  const next = async (): Promise<void> => {
    const order = orders.shift();
    if (order === undefined) return;
    const last = await layDown(order, () => bar((done += 1), all));
    if (values['demo-speed'] !== undefined && last !== undefined)
      await forecastDemo(order, last, Number(values['demo-speed']));
    await forecasts.prepareTomorrow(order.branchId, order.today, order.today);
    return next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
} finally {
  await database.close();
}

/** The days come from a process of their own; they are written here, the oldest first. @returns the last */
async function layDown(order: PastDaysOrder, dayDone: () => void): Promise<FinishedDay | undefined> {
  let last: FinishedDay | undefined;
  await workedOut<PastDaysOrder, FinishedDay>('past-days-of-branch.ts', order, async (day) => {
    await write(order.branchId, day);
    last = day;
    dayDone();
  });
  return last;
}

/** The first forecast that is made from the same days stays. */
async function forecastDemo(
  { branchId, today }: Order,
  { day: knownUntil, made }: FinishedDay,
  speed: number,
): Promise<void> {
  const config = branches.find((branch) => branch.config.branchId === branchId)?.config;
  if (config === undefined || made === undefined) return;
  const forecast = demoForecast({
    config,
    halfHours: halfHoursOf(today, config.timeZone),
    begins: Date.now(),
    speed,
    perHour: values['per-hour'] === undefined ? undefined : Number(values['per-hour']),
    usual: made.forecast.arrivals,
  });
  const mean = Object.values(forecast.arrivals)
    .flat()
    .reduce((sum, count) => sum + count, 0);
  await records.keepForecast(branchId, today, { forecast, volume: { mean, variation: DEMO_VARIATION }, knownUntil });
}

async function write(branchId: string, { day, events, visits, made, knownUntil }: FinishedDay): Promise<void> {
  await writeLog(store, branchId, day, { events, visits });
  if (made !== undefined && knownUntil !== undefined)
    await records.keepForecast(branchId, day, { ...made, knownUntil });
}
