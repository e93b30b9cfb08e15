import type { Locale, Text } from '../domain/config.ts';
import type { WaitRange } from '../domain/views/views.ts';

/** A text of the branch in the screen's language; English, then Chinese, where a translation was left empty. */
export function textIn(text: Text, locale: Locale): string {
  return text[locale] || text.en || text['zh-CN'];
}

/** A duration in ms as a running clock: "3:41", "1:03:41" past an hour, never negative. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The branch's time of day: "10:24", or "10:24:31" with seconds. */
export function clock(instant: number, timeZone: string, locale: Locale, options: { seconds?: boolean } = {}): string {
  return formatter(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(options.seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(instant);
}

/** The branch's date as people say it: "11月24日 周二", "Tue 24 Nov". */
export function dateWords(instant: number, timeZone: string, locale: Locale): string {
  const date = formatter(locale, { timeZone, month: locale === 'en' ? 'short' : 'long', day: 'numeric' }).format(
    instant,
  );
  const weekday = formatter(locale, { timeZone, weekday: 'short' }).format(instant);
  return locale === 'en' ? `${weekday} ${date}` : `${date} ${weekday}`;
}

/** "15–20", or "15" when both ends are the same. Whole minutes. */
export function rangeDigits(range: WaitRange): string {
  return range.fromMinutes === range.toMinutes ? String(range.toMinutes) : `${range.fromMinutes}–${range.toMinutes}`;
}

/** From here on nobody wants minutes. */
const LONG_MINUTES = 120;

/** "约 15–20 分钟", or that there is no wait, or hours where it is very long. */
export function rangeWords(t: (key: string, named: Record<string, unknown>) => string, range: WaitRange): string {
  if (range.toMinutes === 0) return t('common.now', {});
  if (range.toMinutes > LONG_MINUTES) return t('common.hours', { n: Math.max(1, Math.floor(range.fromMinutes / 60)) });
  return t('common.minutes', { range: rangeDigits(range) });
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs about a hundred times more than using it, and clocks tick. */
function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options);
  formatters.set(key, made);
  return made;
}
