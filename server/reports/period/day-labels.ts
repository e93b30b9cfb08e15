import { Temporal } from 'temporal-polyfill';
import type { BusinessDay } from '../../../domain/ids.ts';

export interface DayLabels {
  readonly day: BusinessDay;
  /** 1 Monday to 7. */
  readonly weekday: number;
  /** ISO 8601: `2026-W01` begins on Monday, 29 December 2025. */
  readonly week: string;
  readonly month: string;
}

const known = new Map<BusinessDay, DayLabels>();

export function labelsOf(day: BusinessDay): DayLabels {
  const found = known.get(day);
  if (found !== undefined) return found;
  const date = Temporal.PlainDate.from(day);
  const { dayOfWeek: weekday, weekOfYear = 0, yearOfWeek = 0 } = date;
  const labels = {
    day,
    weekday,
    week: `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`,
    month: day.slice(0, 7),
  };
  known.set(day, labels);
  return labels;
}

export const SLOTS = 48;

/** A local half hour as people write it: 19 is `09:30`. */
export function slotLabel(slot: number): string {
  return `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
}
