import type { Logger } from 'pino';
import type { LoadedBranch } from '../config/branch.schema.ts';
import { dayFacts, type DayFacts } from '../domain/forecast/calendar.ts';
import type { BusinessDay } from '../domain/ids.ts';
import { dayAfter } from './business-day.ts';

type Land = NonNullable<LoadedBranch['holidaysOf']>;

const DAY_MS = 86_400_000;

/**
 * What each day is in a branch's calendar (rule X1): by its file, and by the public holidays of its country, from a library. That takes
 * a quarter of a second to load, so it is loaded when a day is first asked for, and only if a branch names its country.
 */
export class PublicHolidays {
  readonly #years = new Map<string, Promise<readonly BusinessDay[]>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  async factsOf(
    { calendar, holidaysOf }: Pick<LoadedBranch, 'calendar' | 'holidaysOf'>,
    day: BusinessDay,
  ): Promise<DayFacts> {
    if (holidaysOf === undefined) return dayFacts(day, calendar);
    const years = await Promise.all(yearsAround(day).map((year) => this.ofYear(holidaysOf, year)));
    return dayFacts(day, { ...calendar, holidays: [...calendar.holidays, ...years.flat()] });
  }

  /** The public holidays of a year, in any order. */
  ofYear(land: Land, year: number): Promise<readonly BusinessDay[]> {
    const key = `${land.country} ${land.region ?? ''} ${year}`;
    const known = this.#years.get(key) ?? this.#look(land, year);
    this.#years.set(key, known);
    return known;
  }

  async #look({ country, region = '' }: Land, year: number): Promise<readonly BusinessDay[]> {
    const { default: Holidays } = await import('date-holidays');
    // One whole day at least: half a day off for some changes little for a branch.
    const days = new Holidays(country, region)
      .getHolidays(year)
      .filter(({ type, start, end }) => (type === 'public' || type === 'bank') && daysFrom(start, end) > 0)
      .flatMap(({ date, start, end }) => datesFrom(date.slice(0, 10), daysFrom(start, end)));
    if (days.length === 0) this.#log.warn({ country, region, year }, 'no public holidays are known of it');
    return days;
  }
}

/** A holiday of last year can still be felt in January, and one of next year moves a payday in December. */
function yearsAround(day: BusinessDay): number[] {
  const year = Number(day.slice(0, 4));
  const month = day.slice(5, 7);
  return month === '01' ? [year - 1, year] : month === '12' ? [year, year + 1] : [year];
}

/** Of 23 hours too: the clocks may change in it. */
function daysFrom(start: Date, end: Date): number {
  return Math.round((end.getTime() - start.getTime()) / DAY_MS - 0.2);
}

function datesFrom(first: BusinessDay, count: number): BusinessDay[] {
  const dates = [first];
  while (dates.length < count) dates.push(dayAfter(dates.at(-1) ?? first));
  return dates;
}
