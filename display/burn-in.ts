/** The pixels of a picture that never changes wear out: it moves by 4 px every three minutes, around a square (D9). */

export const SHIFT_MS = 180_000;
const SHIFTS = ['0 0', '4px 0', '4px 4px', '0 4px'] as const;

/** @param shown for how long the screen has been on, ms @returns a CSS `translate` */
export function shiftAfter(shown: number): string {
  return SHIFTS[Math.floor(shown / SHIFT_MS) % SHIFTS.length] ?? SHIFTS[0];
}
