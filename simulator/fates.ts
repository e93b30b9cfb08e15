import type { Chance } from './chance.ts';

/** Whether somebody who is called comes to the counter: at once, only when called again, or not at all. */
export type Fate = 'comes' | 'comes-late' | 'stays-away';

const FATES: readonly (readonly [Fate, number])[] = [
  ['comes', 90],
  ['comes-late', 7],
  ['stays-away', 3],
];

export function fateOf(chance: Chance): Fate {
  return chance.weighted(FATES) ?? 'comes';
}

/** Some run out of patience and leave the queue, after about so many minutes. */
export const IMPATIENT = 0.12;
export const PATIENCE_MINUTES = 25;
/** Some of those who missed their call come back, after about so many minutes. */
export const COMES_BACK = 0.4;
export const AWAY_MINUTES = 30;
