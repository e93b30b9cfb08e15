import type { BranchProfile } from '../domain/views/views.ts';

export type DayPhase = 'before' | 'open' | 'after';

/**
 * @param open whether the branch day is open; when it is not, the branch's hours say on which side of the day we are
 * @param now server time in ms
 */
export function dayPhase(open: boolean, profile: Pick<BranchProfile, 'hours' | 'timeZone'>, now: number): DayPhase {
  if (open) return 'open';
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: profile.timeZone,
  }).format(now);
  return time < profile.hours.closes ? 'before' : 'after';
}
