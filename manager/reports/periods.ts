import type { BusinessDay } from '../../domain/ids.ts';

/** Calendar dates, as text: which days a period has. No clock: today is what the server says it is. */

export interface Days {
  readonly from: BusinessDay;
  /** Included. */
  readonly to: BusinessDay;
}

export const PRESETS = ['yesterday', 'last-7', 'this-month', 'last-month', 'quarter', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

const DAY_MS = 86_400_000;

/** @param days may be negative */
export function plusDays(day: BusinessDay, days: number): BusinessDay {
  return isoOf(Date.parse(day) + days * DAY_MS);
}

/** Quarter and year are those that today is in, until today. */
export function presetDays(preset: Preset, today: BusinessDay): Days {
  const [year = '', month = ''] = today.split('-');
  const begins = (of: number) => `${year}-${String(of).padStart(2, '0')}-01`;
  switch (preset) {
    case 'yesterday':
      return { from: plusDays(today, -1), to: plusDays(today, -1) };
    case 'last-7':
      return { from: plusDays(today, -7), to: plusDays(today, -1) };
    case 'this-month':
      return { from: begins(Number(month)), to: today };
    case 'last-month': {
      const last = plusDays(begins(Number(month)), -1);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    }
    case 'quarter':
      return { from: begins(Number(month) - ((Number(month) - 1) % 3)), to: today };
    case 'year':
      return { from: begins(1), to: today };
  }
}

/** Undefined for days of one's own. The first of several that are the same today. */
export function presetOf({ from, to }: Days, today: BusinessDay): Preset | undefined {
  return PRESETS.find((preset) => {
    const days = presetDays(preset, today);
    return days.from === from && days.to === to;
  });
}

/** Of `2026-W47`: Monday to Sunday. */
export function daysOfWeek(week: string): Days {
  const [year = '', number = ''] = week.split('-W');
  // The fourth of January is in week 1, by ISO 8601.
  const fourth = `${year}-01-04`;
  const from = plusDays(fourth, 1 - weekdayOf(fourth) + 7 * (Number(number) - 1));
  return { from, to: plusDays(from, 6) };
}

/** Of `2026-11`. */
export function daysOfMonth(month: string): Days {
  const from = `${month}-01`;
  return { from, to: plusDays(`${plusDays(from, 31).slice(0, 7)}-01`, -1) };
}

/** What both have; undefined when that is nothing. */
export function overlap(one: Days, other: Days): Days | undefined {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from <= to ? { from, to } : undefined;
}

/** 1 is Monday, 7 Sunday. 1970-01-01 was a Thursday. */
function weekdayOf(day: BusinessDay): number {
  return ((Date.parse(day) / DAY_MS + 3) % 7) + 1;
}

function isoOf(ms: number): BusinessDay {
  return new Date(ms).toISOString().slice(0, 10);
}
