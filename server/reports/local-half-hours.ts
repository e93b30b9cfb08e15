import type { HalfHours } from '../../domain/forecast/forecast.ts';
import type { BusinessDay } from '../../domain/ids.ts';
import { dayAfter } from '../business-day.ts';
import { halfHoursOf } from '../forecast/half-hours.ts';

/** The half hours of a branch's day and of the next one: a day that is closed late goes on past midnight. */
export function localHalfHours(day: BusinessDay, timeZone: string): HalfHours {
  const { from, clock } = halfHoursOf(day, timeZone);
  return { from, clock: [...clock, ...halfHoursOf(dayAfter(day), timeZone).clock] };
}
