import { availableParallelism } from 'node:os';
import { Temporal } from 'temporal-polyfill';
import type { LoadedBranch } from '../config/branch.schema.ts';
import { lastLearned } from '../domain/forecast/forecast.ts';
import type { DayFacts } from '../domain/forecast/calendar.ts';
import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';
import { businessDayAt } from '../server/business-day.ts';
import type { OpenStore } from '../server/store/open-store.ts';
import { writeLog } from './lay-down.ts';
import type { YearDay, YearOrder } from './year-days.ts';

/** Which days, of which branches, out of which seed. */
export interface YearWish {
  readonly branchesFolder: string;
  /** The year ends on the day before this moment's, in each branch's own time. */
  readonly begun: Instant;
  readonly days: number;
  /** Of so many of the last days the whole log is kept. */
  readonly logDays: number;
  readonly seed: number;
}

export interface YearParts {
  readonly branches: readonly LoadedBranch[];
  readonly database: Pick<OpenStore, 'store' | 'records' | 'ratings' | 'dayFacts'>;
  /** A branch is closed on its public holidays. */
  readonly factsOf: (branch: LoadedBranch, day: BusinessDay) => Promise<DayFacts>;
  /** Plays the days of an order, oldest first, and hands each over. */
  readonly play: (order: YearOrder, take: (day: YearDay) => Promise<void>) => Promise<void>;
  readonly progress: (done: number, all: number) => void;
}

export interface Filled {
  /** Of these how many are new, and how many visits there were on those. */
  readonly days: number;
  readonly added: number;
  readonly visits: number;
}

/**
 * Plays what is not there yet, several branches at a time. How far a branch has come, its forecast's model says: it is written
 * last of each day, so whatever stopped an earlier run, the day that was being written is written again.
 */
export async function fillYear(wish: YearWish, parts: YearParts): Promise<Filled> {
  const orders: YearOrder[] = [];
  let all = 0;
  for (const branch of parts.branches) {
    const { branchId, timeZone } = branch.config;
    const { branchesFolder, seed, logDays } = wish;
    const today = Temporal.PlainDate.from(businessDayAt(wish.begun, timeZone).day);
    const dates = Array.from({ length: wish.days }, (_, place) =>
      today.subtract({ days: wish.days - place }).toString(),
    );
    const facts = await Promise.all(dates.map((day) => parts.factsOf(branch, day)));
    const open = facts.filter(({ holiday }) => holiday !== true);
    const model = await parts.database.records.forecastModel(branchId);
    const known = (model && lastLearned(model)) ?? '';
    const days = open.filter(({ day }) => day > known);
    all += open.length;
    const logFrom = today.subtract({ days: logDays }).toString();
    if (days.length > 0) orders.push({ branchesFolder, branchId, days, logFrom, seed, model });
  }
  return playAll(orders, all, parts);
}

async function playAll(
  orders: readonly YearOrder[],
  all: number,
  { database, play, progress }: YearParts,
): Promise<Filled> {
  const added = orders.reduce((sum, { days }) => sum + days.length, 0);
  let done = all - added;
  let visits = 0;
  progress(done, all);
  const waiting = [...orders];
  const next = async (): Promise<void> => {
    const order = waiting.shift();
    if (order === undefined) return;
    await play(order, async (day) => {
      await keep(database, order.branchId, day);
      visits += day.record.tickets.ids.length;
      progress((done += 1), all);
    });
    return next();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return { days: all, added, visits };
}

async function keep(
  { store, records, ratings, dayFacts }: YearParts['database'],
  branchId: BranchId,
  { day, record, came, model, made, log }: YearDay,
): Promise<void> {
  if (log !== undefined) {
    for (const rating of log.ratings) await ratings.add({ ...rating, branchId, day });
    await writeLog(store, branchId, day, log);
  }
  await dayFacts.put(branchId, day, record, record.facts.until);
  if (made !== undefined) await records.keepForecast(branchId, day, made);
  await records.keepLesson(branchId, day, came, model);
}
