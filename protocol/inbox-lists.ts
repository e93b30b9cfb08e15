import type { InboxState } from '../domain/inbox/moves.ts';

// Apart from inbox.ts, for the screens do not carry zod.

/** The way it came in. */
export const INBOX_KINDS = ['questionnaire', 'suggestion-book', 'complaint', 'web-form', 'regulator'] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];
/** What it is; a complaint should become a case. */
export const INBOX_NATURES = ['suggestion', 'complaint', 'praise'] as const;
export type InboxNature = (typeof INBOX_NATURES)[number];
export const INBOX_STATES = ['new', 'taken', 'done'] as const satisfies readonly InboxState[];
/** What was done about it. `case-made` is written by make-case only. */
export const INBOX_OUTCOMES = [
  ...(['adopted', 'planned', 'passed-on', 'explained', 'thanked', 'no-action', 'duplicate'] as const),
  'case-made',
] as const;
export type InboxOutcome = (typeof INBOX_OUTCOMES)[number];
