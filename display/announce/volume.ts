import type { DisplaySettings } from '../../protocol/display.ts';

/** @param time local time `HH:MM` @returns 0 to 1 */
export function volumeAt({ volume, quietHours }: Pick<DisplaySettings, 'volume' | 'quietHours'>, time: string): number {
  const quiet = quietHours.find(({ from, to }) => from <= time && time < to);
  return (quiet?.volume ?? volume) / 100;
}
