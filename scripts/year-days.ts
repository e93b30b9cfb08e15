import type { LoadedBranch } from '../config/branch.schema.ts';
import type { Forecast } from '../domain/config.ts';
import type { DomainEvent } from '../domain/events.ts';
import { dayRecordOf } from '../domain/figures/day-record.ts';
import type { DayRecord } from '../domain/figures/facts.ts';
import type { DayFacts } from '../domain/forecast/calendar.ts';
import { lastLearned, type ForecastModel } from '../domain/forecast/forecast.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import { visitOf, type Visit } from '../domain/visit.ts';
import { instantOn } from '../server/business-day.ts';
import { halfHoursOf } from '../server/forecast/half-hours.ts';
import type { MadeForecast } from '../server/ports.ts';
import { localHalfHours } from '../server/reports/local-half-hours.ts';
import { playPastDays, type PastDay } from '../simulator/past-days.ts';
import { seasonOf, troubleOn } from '../simulator/year/level.ts';
import { busyOf } from '../simulator/year/network.ts';
import { ratingsOf, type GivenRating } from '../simulator/year/ratings.ts';

/** The days of one branch that are to be played. */
export interface YearOrder {
  readonly branchesFolder: string;
  readonly branchId: BranchId;
  /** Those on which it is open, oldest first. */
  readonly days: readonly DayFacts[];
  /** From here on the whole log is kept. */
  readonly logFrom: BusinessDay;
  readonly seed: number;
  /** Learned from the days before. */
  readonly model?: ForecastModel | undefined;
}

/** What is kept of a played day. */
export interface YearDay {
  readonly day: BusinessDay;
  readonly record: DayRecord;
  readonly came: Forecast['arrivals'];
  /** What the forecast knows after it. */
  readonly model: ForecastModel;
  readonly made?: MadeForecast | undefined;
  readonly log?:
    | {
        readonly events: readonly DomainEvent[];
        readonly visits: readonly Visit[];
        readonly ratings: readonly GivenRating[];
      }
    | undefined;
}

/** For days of which only the facts are kept: rougher quotes, at a third of the time. */
const QUICK = { paths: 16, reviewSeconds: 120 };

/** The same order gives the same days, also when it is given in two parts. */
export function* yearDays({ config }: LoadedBranch, order: YearOrder): Generator<YearDay> {
  const { seed, logFrom, days } = order;
  const { branchId, timeZone } = config;
  const windows = config.counters.filter(({ kind }) => kind === 'fixed').length;
  const facts = new Map(days.map((each) => [each.day, each]));
  const play = (dates: readonly BusinessDay[], model: ForecastModel | undefined, care?: typeof QUICK) =>
    playPastDays({
      ...{ config, days: dates, seed, model, care },
      factsOf: (day) => facts.get(day) ?? { day, weekday: 1, dayOfMonth: 1 },
      halfHoursOf: (day) => halfHoursOf(day, timeZone),
      instantOf: (day, time) => instantOn(day, time, timeZone),
      levelOf: (each) => busyOf(branchId) * seasonOf(each),
      troubleOn: (day) => troubleOn(seed, branchId, day, windows),
    });
  const dates = days.map(({ day }) => day);
  let { model } = order;
  for (const [own, care] of [
    [dates.filter((day) => day < logFrom), QUICK],
    [dates.filter((day) => day >= logFrom), undefined],
  ] as const)
    for (const past of play(own, model, care)) {
      yield keptOf(past, { timeZone, seed, knownUntil: model && lastLearned(model), withLog: past.day >= logFrom });
      model = past.model;
    }
}

function keptOf(
  { day, events, end, made, came, model }: PastDay,
  how: {
    readonly timeZone: string;
    readonly seed: number;
    readonly knownUntil: BusinessDay | undefined;
    readonly withLog: boolean;
  },
): YearDay {
  const { timeZone, seed, knownUntil, withLog } = how;
  const ratings = ratingsOf(end, seed);
  const visits = withLog ? [...end.tickets.values()].flatMap((ticket) => visitOf(ticket) ?? []) : [];
  return {
    ...{ day, came, model },
    record: dayRecordOf(events, { halfHours: localHalfHours(day, timeZone), ratings }),
    ...(made !== undefined && knownUntil !== undefined && { made: { ...made, knownUntil } }),
    ...(withLog && { log: { events, visits, ratings } }),
  };
}
