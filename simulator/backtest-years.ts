import { Temporal } from 'temporal-polyfill';
import { dayFacts, type Calendar, type DayFacts } from '../domain/forecast/calendar.ts';
import type { FinishedDay } from '../domain/forecast/forecast.ts';
import { Chance } from './chance.ts';

/** Years of a branch that never was, to try forecasts on: what moves its volume is known here and nowhere else. */
const WORLD = {
  startsOn: '2023-01-02',
  tickets: 320,
  /** Monday to Sunday; closed on Sundays. */
  weekday: [1.15, 1, 0.94, 0.98, 1.12, 0.62, 0],
  payday: 1.35,
  afterPayday: 1.15,
  endOfMonth: 1.06,
  holiday: 0.4,
  /** Of the holidays, as many are days on which the branch is closed. */
  closedOnHoliday: 0.5,
  afterHoliday: 1.3,
  /** Standard deviation of the log-level from day to day. */
  drift: 0.015,
  /** A branch opens or closes next door, about once in a year. */
  jump: { each: 365, size: 0.12 },
  /** Coefficient of variation of a day around its expectation, before Poisson. */
  noise: 0.15,
} as const;

export const PAYDAYS = [10, 25] as const;
const HOLIDAYS = ['01-01', '01-29', '01-30', '04-04', '05-01', '06-10', '09-15', '10-01', '10-02', '10-03', '12-25'];

/** Share of the day's tickets in each half hour from 09:00, with a peak before noon and one in the afternoon. */
const OPENS_AT = 18;
const COURSE = [5, 8, 10, 10, 8, 6, 4, 4, 6, 8, 9, 8, 6, 5, 3].map((weight, _, all) => weight / sum(all));
const SEGMENTS = { vip: 0.06, cash: 0.52, 'non-cash': 0.42 } as const;

export interface Years {
  readonly calendar: Calendar;
  readonly days: readonly FinishedDay[];
  /** What each day was expected to bring, before chance: no forecast can know more. */
  readonly truth: readonly number[];
}

/** @param years of 365 days each; the same seed draws the same days */
export function syntheticYears(years: number, seed: number): Years {
  const first = Temporal.PlainDate.from(WORLD.startsOn);
  const dates = Array.from({ length: Math.round(years * 365) }, (_, index) => first.add({ days: index }));
  const holidays = dates.map(String).filter((date) => HOLIDAYS.includes(date.slice(5)));
  const calendar = { holidays, paydays: PAYDAYS };
  const chance = new Chance(seed, 'years');
  let level = Math.log(WORLD.tickets);
  const truth: number[] = [];
  const days = dates.map((date) => {
    level += WORLD.drift * chance.normal();
    if (chance.happens(1 / WORLD.jump.each)) level += WORLD.jump.size * (chance.happens(0.5) ? 1 : -1);
    const facts = dayFacts(date.toString(), calendar);
    const expected = Math.exp(level) * factorOf(facts, chance);
    truth.push(expected);
    const noise = gamma(1 / WORLD.noise ** 2, chance) * WORLD.noise ** 2;
    return { ...facts, arrivals: arrivalsOf(expected * noise, chance) };
  });
  return { calendar, days, truth };
}

export function ticketsOf({ arrivals }: FinishedDay): number {
  return sum(Object.values(arrivals).flat());
}

function factorOf(
  { weekday, dayOfMonth, holiday, afterHoliday, payday, afterPayday }: DayFacts,
  chance: Chance,
): number {
  if (holiday) return chance.happens(WORLD.closedOnHoliday) ? 0 : WORLD.holiday;
  const month = payday ? WORLD.payday : afterPayday ? WORLD.afterPayday : dayOfMonth >= 26 ? WORLD.endOfMonth : 1;
  return (WORLD.weekday[weekday - 1] ?? 0) * month * (afterHoliday ? WORLD.afterHoliday : 1);
}

function arrivalsOf(expected: number, chance: Chance): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(SEGMENTS).map(([segment, share]) => {
      const slots = new Array<number>(48).fill(0);
      COURSE.forEach((part, index) => (slots[OPENS_AT + index] = poisson(expected * share * part, chance)));
      return [segment, slots];
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

/** Counts gaps of mean 1 until `mean` is used up. */
function poisson(mean: number, chance: Chance): number {
  let count = -1;
  for (let left = mean; left >= 0; count += 1) left -= chance.exponential(1);
  return count;
}

/** Marsaglia and Tsang 2000, for a shape of at least 1; mean and variance are the shape. */
function gamma(shape: number, chance: Chance): number {
  const d = shape - 1 / 3;
  for (;;) {
    const x = chance.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && chance.exponential(1) > d * v - d - d * Math.log(v) - x ** 2 / 2) return d * v;
  }
}
