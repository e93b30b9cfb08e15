import { Temporal } from 'temporal-polyfill';
import type { BusinessDay, Instant } from '../../domain/ids.ts';
import type { SubscriptionWish } from '../../protocol/report-subscriptions.ts';
import type { RelativePeriod } from '../../protocol/subscription-lists.ts';

/** When a report comes. */
export type Rhythm = Pick<SubscriptionWish, 'period' | 'day' | 'hour'>;

export interface Occasion {
  /** On which day it comes. */
  readonly day: BusinessDay;
  readonly at: Instant;
}

const STEP: Readonly<Record<RelativePeriod, Temporal.DurationLike>> = {
  yesterday: { days: 1 },
  'last-week': { weeks: 1 },
  'last-month': { months: 1 },
  'last-quarter': { months: 3 },
};

/** The last one until `now`, and the one after it, on the clock of `timeZone`: an hour that the clocks skip comes after the jump. */
export function occasionsAround(
  now: Instant,
  rhythm: Rhythm,
  timeZone: string,
): { readonly last: Occasion; readonly next: Occasion } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const plainTime = new Temporal.PlainTime(rhythm.hour);
  const occasion = (date: Temporal.PlainDate): Occasion => {
    return { day: date.toString(), at: date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds };
  };
  const step = STEP[rhythm.period];
  const inThisPeriod = dateIn(today, rhythm);
  return occasion(inThisPeriod).at <= now
    ? { last: occasion(inThisPeriod), next: occasion(inThisPeriod.add(step)) }
    : { last: occasion(inThisPeriod.subtract(step)), next: occasion(inThisPeriod) };
}

/** The days that a report is of which comes on `day`: the last whole ones before it. */
export function daysBefore(
  period: RelativePeriod,
  day: BusinessDay,
): { readonly from: BusinessDay; readonly to: BusinessDay } {
  const start = startOf(period, Temporal.PlainDate.from(day));
  return { from: start.subtract(STEP[period]).toString(), to: start.subtract({ days: 1 }).toString() };
}

/** On which day it comes in the day, week, month or quarter that `today` is in. */
function dateIn(today: Temporal.PlainDate, { period, day = 1 }: Rhythm): Temporal.PlainDate {
  return startOf(period, today).add({ days: period === 'yesterday' ? 0 : day - 1 });
}

function startOf(period: RelativePeriod, date: Temporal.PlainDate): Temporal.PlainDate {
  switch (period) {
    case 'yesterday':
      return date;
    case 'last-week':
      return date.subtract({ days: date.dayOfWeek - 1 });
    case 'last-month':
      return date.with({ day: 1 });
    case 'last-quarter':
      return date.with({ day: 1, month: 3 * Math.floor((date.month - 1) / 3) + 1 });
  }
}
