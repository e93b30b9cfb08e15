import type { CaseTime } from '../../../protocol/case-lists.ts';

/** The time that there is to decide and inform, as the bar shows it. */
export interface ShownClock {
  /** Filled part of the bar, 0 to 1. */
  readonly share: number;
  readonly tone: 'calm' | 'warn' | 'over' | 'still';
  /** Key of the sentence, and its number; of one that is over or stands still it may be another. */
  readonly words: 'left' | 'leftHours' | 'over' | 'overHours' | 'resting';
  readonly n: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Under so much, hours are said. */
const HOURS_BELOW_MS = 2 * DAY_MS;

const TONES = { running: 'calm', warned: 'warn', over: 'over', resting: 'still' } as const satisfies Record<
  CaseTime,
  ShownClock['tone']
>;

/** @param usedShare of the time that there is; more than 1 once the deadline has passed */
export function shownClock(of: {
  readonly time: CaseTime;
  readonly usedShare: number;
  readonly due: number;
  readonly now: number;
}): ShownClock {
  const share = Math.min(Math.max(of.usedShare, 0), 1);
  const tone = TONES[of.time];
  if (of.time === 'resting') return { share, tone, words: 'resting', n: 0 };
  const apart = Math.abs(of.due - of.now);
  const words = of.time === 'over' ? 'over' : 'left';
  if (apart >= HOURS_BELOW_MS) return { share, tone, words, n: Math.floor(apart / DAY_MS) };
  return { share, tone, words: `${words}Hours`, n: Math.floor(apart / HOUR_MS) };
}
