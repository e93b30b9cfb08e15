import type { DayFacts } from '../forecast/calendar.ts';
import type { BusinessDay } from '../ids.ts';

/** A calendar month, `2026-11`, and a quarter, `2026-Q4`. */
export type Month = string;
export type Quarter = string;

/** Rule J1. */
export function isWorkingDay({ weekday, holiday }: DayFacts): boolean {
  return weekday <= 5 && holiday !== true;
}

/**
 * Rule J1: the month whose pack is due, if it is time for it.
 * @param days from the first of this month until today
 * @param nth the working day of the month from which on it is due, from 1
 */
export function packDue(days: readonly DayFacts[], nth: number): Month | undefined {
  const [first] = days;
  if (first === undefined || days.filter(isWorkingDay).length < nth) return undefined;
  return monthBefore(monthOf(first.day));
}

export function monthOf(day: BusinessDay): Month {
  return day.slice(0, 7);
}

export function monthBefore(month: Month): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 2;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** Its first and its last day. */
export function daysOf(month: Month): { readonly from: BusinessDay; readonly to: BusinessDay } {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  const length = Math.round((Date.UTC(year, number, 1) - Date.UTC(year, number - 1, 1)) / 86_400_000);
  return { from: `${month}-01`, to: `${month}-${String(length).padStart(2, '0')}` };
}

export function quarterOf(month: Month): Quarter {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}

/** The three of them, in order. */
export function monthsOf(quarter: Quarter): readonly [Month, Month, Month] {
  const first = (Number(quarter.slice(6)) - 1) * 3;
  const name = (place: number) => `${quarter.slice(0, 4)}-${String(first + place).padStart(2, '0')}`;
  return [name(1), name(2), name(3)];
}
