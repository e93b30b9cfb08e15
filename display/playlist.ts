import type { DisplaySettings, PlaylistItem, Weekday } from '../protocol/display.ts';

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The hour and the weekday in the branch. */
export interface LocalTime {
  /** `HH:MM`. */
  readonly time: string;
  readonly weekday: Weekday;
}

export function localTime(now: number, timeZone: string): LocalTime {
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(now);
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now).split('-').map(Number);
  const weekday = WEEKDAYS[new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day)).getUTCDay()];
  return { time, weekday: weekday ?? 'mon' };
}

/** @param missing addresses of what could not be shown: they are passed over */
export function playable(
  playlist: DisplaySettings['playlist'],
  { time, weekday }: LocalTime,
  missing: ReadonlySet<string>,
): readonly PlaylistItem[] {
  return playlist.filter(
    ({ src, days, from = '00:00', to = '24:00' }) =>
      !missing.has(src) && (days === undefined || days.includes(weekday)) && from <= time && time < to,
  );
}

/** The one after `shown` in the order of the playlist; the first when that is not among them any more. */
export function following(items: readonly PlaylistItem[], shown: PlaylistItem | undefined): PlaylistItem | undefined {
  const at = items.findIndex(({ src }) => src === shown?.src);
  return items[(at + 1) % Math.max(1, items.length)];
}
