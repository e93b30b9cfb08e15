import type { Locale } from '../domain/config.ts';
import type { BusinessDay } from '../domain/ids.ts';

/** How days are written out. They are calendar dates already: no zone may move them. */

const dayIn = (day: BusinessDay, language: Locale, parts: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { timeZone: 'UTC', ...parts }).format(
    Date.parse(`${day}T00:00Z`),
  );

/** "24 November 2026", "2026年11月24日". */
export function writtenDay(language: Locale, day: BusinessDay): string {
  return dayIn(day, language, { dateStyle: 'long' });
}

/** "November 2026", "2026年11月". @param month as `2026-11` */
export function writtenMonth(language: Locale, month: string): string {
  return dayIn(`${month}-01`, language, { year: 'numeric', month: 'long' });
}
