import type { Outlook } from './proposal.ts';

/** What is still as promised: customers, and minutes. A quarter of what was promised is, too. */
export const PROMISE_MARGINS: Readonly<Record<keyof Outlook, number>> = { waiting: 2, mean: 2, longest: 4 };
const QUARTER = 0.25;

/** Whether a figure came out as promised or better (rule F12). */
export function isKept(figure: keyof Outlook, promised: number, came: number): boolean {
  return came - promised <= Math.max(PROMISE_MARGINS[figure], QUARTER * promised);
}
