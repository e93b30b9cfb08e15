import { dateWords } from '../../client/format.ts';
import type { Locale } from '../../domain/config.ts';
import type { BusinessDay } from '../../domain/ids.ts';

/** A calendar date as people say it: "Tue 24 Nov", "11月24日 周二". */
export function dayWords(day: BusinessDay, locale: Locale): string {
  return dateWords(Date.parse(`${day}T12:00:00Z`), 'UTC', locale);
}
