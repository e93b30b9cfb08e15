import type { BusinessDay } from '../../domain/ids.ts';
import type { ForecastReport } from '../../protocol/reports.ts';

/** Tickets by weekday and half hour, over some finished days. */

/** 0 is Monday. */
export interface HeatCell {
  readonly weekday: number;
  readonly slot: number;
  /** Mean of the days of that weekday; tickets. */
  readonly tickets: number;
}

export interface Heat {
  readonly cells: readonly HeatCell[];
  readonly weekdays: readonly number[];
  readonly slots: readonly number[];
  readonly busiest: HeatCell | undefined;
  readonly days: number;
}

/** A half hour with fewer tickets on average is not shown for its own sake at the edges of the day. */
const WORTH_SHOWING = 0.25;

export function heatOf(reports: readonly Pick<ForecastReport, 'day' | 'came'>[]): Heat {
  const sums = new Map<number, { days: number; slots: number[] }>();
  for (const { day, came } of reports) {
    const lists = Object.values(came ?? {});
    if (lists.every((list) => list.every((count) => count === 0))) continue;
    const weekday = weekdayOf(day);
    const sum = sums.get(weekday) ?? { days: 0, slots: [] };
    sums.set(weekday, sum);
    sum.days += 1;
    for (const list of lists) list.forEach((count, slot) => (sum.slots[slot] = (sum.slots[slot] ?? 0) + count));
  }
  const weekdays = [...sums.keys()].sort((one, other) => one - other);
  const means = (weekday: number) => {
    const { days, slots } = sums.get(weekday) ?? { days: 1, slots: [] };
    return slots.map((count) => count / days);
  };
  const busy = weekdays.flatMap((weekday) =>
    means(weekday).flatMap((mean, slot) => (mean >= WORTH_SHOWING ? [slot] : [])),
  );
  const first = Math.min(...busy);
  const slots =
    busy.length === 0 ? [] : Array.from({ length: Math.max(...busy) - first + 1 }, (_, place) => first + place);
  const cells = weekdays.flatMap((weekday) => {
    const own = means(weekday);
    return slots.map((slot) => ({ weekday, slot, tickets: own[slot] ?? 0 }));
  });
  const busiest = cells.reduce<HeatCell | undefined>(
    (most, cell) => (most && most.tickets >= cell.tickets ? most : cell),
    undefined,
  );
  return { cells, weekdays, slots, busiest, days: [...sums.values()].reduce((sum, { days }) => sum + days, 0) };
}

/** Of a calendar date; 1970-01-01 was a Thursday. */
function weekdayOf(day: BusinessDay): number {
  return (Math.floor(Date.parse(day) / 86_400_000) + 3) % 7;
}
