import { dayFacts, shifted, type Calendar } from '../forecast/calendar.ts';
import type { BusinessDay } from '../ids.ts';

/** Which days count. */
export interface CaseCalendar {
  /** Working days: no Saturday, Sunday or holiday, but a weekend on which people work. Else every day counts. */
  readonly working: boolean;
  readonly holidays: Calendar['holidays'];
  readonly workingWeekends: readonly BusinessDay[];
}

/** G4: the last of so many days after `from`, which is not one of them. With 0 it is `from` itself. */
export function lastDayOf(from: BusinessDay, days: number, calendar: CaseCalendar): BusinessDay {
  let day = from;
  for (let left = days; left > 0;) {
    day = shifted(day, 1);
    if (!calendar.working || works(day, calendar)) left -= 1;
  }
  return day;
}

function works(day: BusinessDay, { holidays, workingWeekends }: CaseCalendar): boolean {
  const { weekday, holiday = false } = dayFacts(day, { holidays, workingWeekends, paydays: [] });
  return weekday <= 5 && !holiday;
}
