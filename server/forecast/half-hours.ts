import { Temporal } from 'temporal-polyfill';
import type { HalfHours } from '../../domain/forecast/forecast.ts';
import { MINUTE, type BusinessDay } from '../../domain/ids.ts';
import type { Arrivals, IssuedTicket } from '../ports.ts';

const HALF_HOUR = 30 * MINUTE;

/** The half hours of a calendar date in an IANA time zone, each an instant: 46 or 50 where the clocks change, else 48. */
export function halfHoursOf(day: BusinessDay, timeZone: string): HalfHours {
  const date = Temporal.PlainDate.from(day);
  const from = date.toZonedDateTime({ timeZone }).epochMilliseconds;
  const until = date.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
  const clock = Array.from({ length: Math.ceil((until - from) / HALF_HOUR) }, (_, slot) => {
    const at = Temporal.Instant.fromEpochMilliseconds(from + slot * HALF_HOUR).toZonedDateTimeISO(timeZone);
    return at.hour * 2 + Math.floor(at.minute / 30);
  });
  return { from, clock };
}

/** Tickets by the half hour in which they were taken and the segment that they were issued for. */
export function arrivalsOf(
  tickets: readonly IssuedTicket[],
  { from, clock }: HalfHours,
  segments: readonly string[],
): Arrivals {
  const none = () => new Array<number>(clock.length).fill(0);
  const arrivals: Record<string, number[]> = Object.fromEntries(segments.map((segment) => [segment, none()]));
  for (const { segment, at } of tickets) {
    const slots = (arrivals[segment] ??= none());
    // One that was decided in the moment of midnight belongs to the day that it was asked of.
    const slot = Math.max(0, Math.min(clock.length - 1, Math.floor((at - from) / HALF_HOUR)));
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return arrivals;
}
