import type { StaffId } from '../ids.ts';

/** What staff can do with something that a customer said. */
export type InboxMove = 'take' | 'answer' | 'close' | 'make-case';
export type InboxState = 'new' | 'taken' | 'done';
export type InboxRefusal = 'done-already' | 'case-made-already' | 'not-taken' | 'taken-by-other';

export interface InboxStand {
  readonly state: InboxState;
  readonly takenBy?: StaffId | undefined;
  readonly caseNumber?: string | undefined;
}

/** @returns why this may not be done now; undefined when it may */
export function inboxRefusal(stand: InboxStand, move: InboxMove, by: StaffId): InboxRefusal | undefined {
  if (stand.caseNumber !== undefined) return 'case-made-already';
  if (stand.state === 'done') return 'done-already';
  // Taking from somebody else is how an item is handed over: the audit has both.
  if (move === 'take') return undefined;
  if (stand.takenBy === undefined) return 'not-taken';
  return stand.takenBy === by ? undefined : 'taken-by-other';
}

/** Days, of the calendar, until an answer is promised to whoever left a way to be told. */
const ANSWER_DAYS = 15;
const DAY_MS = 86_400_000;

export function answerPromisedBy(at: number): number {
  return at + ANSWER_DAYS * DAY_MS;
}
