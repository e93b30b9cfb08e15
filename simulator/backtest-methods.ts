import { dayFacts, type Calendar } from '../domain/forecast/calendar.ts';
import {
  EMPTY_MODEL,
  forecastDay,
  learnDay,
  type FinishedDay,
  type ForecastModel,
} from '../domain/forecast/forecast.ts';
import { likelyRange } from '../domain/forecast/volume.ts';
import { syntheticYears, ticketsOf, type Years } from './backtest-years.ts';

export const LEADS = [1, 7] as const;
export type Lead = (typeof LEADS)[number];

export const METHODS = [
  'seasonal naive',
  'mean of last 4',
  'mean of last 8',
  'forecast',
  'forecast, no calendar',
  'the truth',
] as const;
export type Method = (typeof METHODS)[number];

/** Mean absolute percentage errors of a day's tickets. */
export interface Row {
  readonly method: Method;
  readonly lead: Lead;
  /** Over all open days, and over those without a holiday on them or on the day that naive copies. */
  readonly mape: number;
  readonly mapeOrdinary: number;
}

export interface Backtest {
  readonly days: number;
  readonly ordinaryDays: number;
  readonly rows: readonly Row[];
  /** Share of days that ended within the forecast's 10 to 90 % range, one day ahead. */
  readonly coverage: number;
  /** Sum of the absolute errors of all half hours and segments over all tickets, one day ahead: the forecast, and last week copied. */
  readonly halfHours: { readonly forecast: number; readonly naive: number };
}

/** Learned from before the first error counts: what the mean of the last 8 needs. */
const WARM_UP = 57;

/** Every forecast knows the days up to `lead` before its own, and nothing after. The same years for every method. */
export function backtest(years: number, seed: number): Backtest {
  const history = syntheticYears(years, seed);
  const errors = new Map<string, { all: number; ordinary: number }>();
  const tally = { days: 0, ordinary: 0, covered: 0, tickets: 0, forecastMiss: 0, naiveMiss: 0 };
  const models = { forecast: modelsOf(history, history.calendar), blind: modelsOf(history, NO_CALENDAR) };

  history.days.forEach((day, index) => {
    const came = ticketsOf(day);
    if (index < WARM_UP || came === 0) return;
    const lastWeek = openDaysBefore(history.days, index, 1)[0];
    const ordinary = !day.holiday && !lastWeek?.holiday;
    tally.days += 1;
    if (ordinary) tally.ordinary += 1;
    for (const lead of LEADS) {
      const made = forecastOf(models.forecast[index - lead], day, history.calendar);
      const guesses: Record<Method, number> = {
        'seasonal naive': meanBefore(history.days, index, 1),
        'mean of last 4': meanBefore(history.days, index, 4),
        'mean of last 8': meanBefore(history.days, index, 8),
        forecast: made?.volume.mean ?? 0,
        'forecast, no calendar': forecastOf(models.blind[index - lead], day, NO_CALENDAR)?.volume.mean ?? 0,
        'the truth': history.truth[index] ?? 0,
      };
      for (const method of METHODS) {
        const error = Math.abs(guesses[method] - came) / came;
        const sums = errors.get(`${method} ${lead}`) ?? { all: 0, ordinary: 0 };
        errors.set(`${method} ${lead}`, {
          all: sums.all + error,
          ordinary: sums.ordinary + (ordinary ? error : 0),
        });
      }
      if (lead !== 1 || made === undefined) continue;
      const { low, high } = likelyRange(made.volume);
      if (came >= low && came <= high) tally.covered += 1;
      tally.tickets += came;
      tally.forecastMiss += missOf(day.arrivals, made.forecast.arrivals);
      tally.naiveMiss += missOf(day.arrivals, lastWeek?.arrivals ?? {});
    }
  });

  const rows = METHODS.flatMap((method) =>
    LEADS.map((lead): Row => {
      const sums = errors.get(`${method} ${lead}`) ?? { all: 0, ordinary: 0 };
      return { method, lead, mape: sums.all / tally.days, mapeOrdinary: sums.ordinary / tally.ordinary };
    }),
  );
  return {
    days: tally.days,
    ordinaryDays: tally.ordinary,
    rows,
    coverage: tally.covered / tally.days,
    halfHours: { forecast: tally.forecastMiss / tally.tickets, naive: tally.naiveMiss / tally.tickets },
  };
}

const NO_CALENDAR: Calendar = { holidays: [], paydays: [] };

/** After each day, what the model knows. */
function modelsOf({ days }: Years, calendar: Calendar): ForecastModel[] {
  let model = EMPTY_MODEL;
  return days.map(({ day, arrivals }) => (model = learnDay(model, { ...dayFacts(day, calendar), arrivals })));
}

function forecastOf(model: ForecastModel | undefined, { day, arrivals }: FinishedDay, calendar: Calendar) {
  const halfHours = { from: Date.parse(day), clock: Array.from({ length: 48 }, (_, index) => index) };
  return model && forecastDay(model, dayFacts(day, calendar), halfHours, Object.keys(arrivals));
}

/** The latest open days of the same weekday, latest first. All of them are known 7 days ahead too. */
function openDaysBefore(days: readonly FinishedDay[], index: number, count: number): FinishedDay[] {
  const found: FinishedDay[] = [];
  for (let at = index - 7; at >= 0 && found.length < count; at -= 7) {
    const day = days[at];
    if (day && ticketsOf(day) > 0) found.push(day);
  }
  return found;
}

function meanBefore(days: readonly FinishedDay[], index: number, count: number): number {
  const found = openDaysBefore(days, index, count);
  return found.reduce((sum, day) => sum + ticketsOf(day), 0) / Math.max(1, found.length);
}

function missOf(came: FinishedDay['arrivals'], guessed: FinishedDay['arrivals']): number {
  let miss = 0;
  for (const [segment, counts] of Object.entries(came))
    counts.forEach((count, slot) => (miss += Math.abs(count - (guessed[segment]?.[slot] ?? 0))));
  return miss;
}
