import { Temporal } from 'temporal-polyfill';
import type { BusinessDay, Instant } from '../domain/ids.ts';

/** The branch's calendar date at `now`, and when the next one begins, in its IANA time zone. */
export function businessDayAt(now: Instant, timeZone: string): { readonly day: BusinessDay; readonly until: Instant } {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  // The start of the next date, which where clocks change is not always 24 hours away, nor always 00:00.
  const next = local.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone });
  return { day: local.toPlainDate().toString(), until: next.epochMilliseconds };
}

/** The instant of a wall-clock time `HH:MM` of the branch's day. One that the clocks skip is taken after the jump. */
export function instantOn(day: BusinessDay, time: string, timeZone: string): Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds;
}

/** The next calendar date. */
export function dayAfter(day: BusinessDay): BusinessDay {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** The calendar date before. */
export function dayBefore(day: BusinessDay): BusinessDay {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
