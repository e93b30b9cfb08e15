import type { BusinessDay } from '../ids.ts';

/** What the volume of a day depends on, besides how busy the branch is at the time. */
export interface DayFacts {
  readonly day: BusinessDay;
  /** 1 is Monday, 7 is Sunday; of a working weekend the day that it counts as. */
  readonly weekday: number;
  readonly dayOfMonth: number;
  readonly holiday?: boolean;
  /** The first working days after a holiday, with the Saturday and Sunday between. */
  readonly afterHoliday?: boolean;
  /** Wages and pensions come today: the date itself, or the working day before it when it is none. */
  readonly payday?: boolean;
  /** The working day after it. */
  readonly afterPayday?: boolean;
}

/** What a branch's operator knows of its year. */
export interface Calendar {
  readonly holidays: readonly BusinessDay[];
  /** Days of the month, 1 to 31; a month that is shorter has it on its last day. */
  readonly paydays: readonly number[];
  /** Saturdays and Sundays on which people work, to make up for a holiday. */
  readonly workingWeekends?: readonly BusinessDay[];
}

/** Rules X1, X8. Only the calendar is looked at, so it holds for any day, past or to come. */
export function dayFacts(day: BusinessDay, { holidays, paydays, workingWeekends = [] }: Calendar): DayFacts {
  const isHoliday = (date: BusinessDay) => holidays.includes(date) && !workingWeekends.includes(date);
  const kindOf = (date: BusinessDay) =>
    workingWeekends.includes(date) ? nextToWeekend(weekdayOf(date)) : weekdayOf(date);
  const works = (date: BusinessDay) => kindOf(date) <= 5 && !isHoliday(date);
  const hasPayday = (date: BusinessDay) =>
    paydays.some((payday) => dayOfMonthOf(date) === Math.min(payday, lengthOfMonth(date)));
  /** A working day answers for itself and for the days after it on which nobody works. */
  const isPayday = (date: BusinessDay) =>
    works(date) && (hasPayday(date) || [...freeDaysAfter(date, works)].some(hasPayday));
  const before = (skip: (date: BusinessDay) => boolean) => {
    let date = shifted(day, -1);
    while (skip(date)) date = shifted(date, -1);
    return date;
  };

  const holiday = isHoliday(day);
  const payday = isPayday(day);
  return {
    day,
    weekday: kindOf(day),
    dayOfMonth: dayOfMonthOf(day),
    ...(holiday && { holiday }),
    ...(!holiday && isHoliday(before((date) => !isHoliday(date) && !works(date))) && { afterHoliday: true }),
    ...(payday && { payday }),
    ...(works(day) && !payday && isPayday(before((date) => !works(date))) && { afterPayday: true }),
  };
}

const DAY_MS = 86_400_000;

/** From one date to a later one, in calendar days. */
export function daysBetween(from: BusinessDay, to: BusinessDay): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function* freeDaysAfter(date: BusinessDay, works: (date: BusinessDay) => boolean): Generator<BusinessDay> {
  for (let next = shifted(date, 1); !works(next); next = shifted(next, 1)) yield next;
}

/** A Saturday counts as the Friday before it, a Sunday as the Monday after it. */
function nextToWeekend(weekday: number): number {
  return weekday === 6 ? 5 : weekday === 7 ? 1 : weekday;
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(date: BusinessDay): number {
  return ((daysBetween('1970-01-01', date) + 3) % 7) + 1;
}

function dayOfMonthOf(date: BusinessDay): number {
  return Number(date.slice(8));
}

function lengthOfMonth(date: BusinessDay): number {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return Math.round((Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY_MS);
}

/** The date one day later or earlier. */
export function shifted(date: BusinessDay, by: 1 | -1): BusinessDay {
  const dayOfMonth = dayOfMonthOf(date) + by;
  if (dayOfMonth >= 1 && dayOfMonth <= lengthOfMonth(date)) return `${date.slice(0, 8)}${padded(dayOfMonth)}`;
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + by;
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${padded((months % 12) + 1)}-01`;
  return by === 1 ? first : `${first.slice(0, 8)}${padded(lengthOfMonth(first))}`;
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
