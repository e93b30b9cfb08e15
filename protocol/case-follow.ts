import { z } from 'zod';
import type { CaseClock, CaseNumber, CaseOutcome, CaseRemedy, CaseStatus } from '../domain/cases/case.ts';
import type { Locale, Text } from '../domain/config.ts';
import type { BusinessDay, Instant } from '../domain/ids.ts';
import { caseTextSchema } from './cases.ts';

/**
 * The same case as its customer sees it, by number and key. A wrong key and a number that does not exist get the same answer.
 * `POST /api/case-follow`            ← `{ number, key }` → CaseFollow
 * `POST /api/case-follow/acts`       ← CaseFollowAct → CaseFollow, or `{ ok: false, rejection }`
 * `PUT  /api/case-follow/files`      ← the file, with `X-Case-Number`, `X-Case-Key`, `X-File-Name` → CaseFollow, or a rejection
 * `POST /api/case-follow/letter`     ← `{ number, key }` → the letter
 */
export const caseKeySchema = z.strictObject({
  number: z.string().trim().toUpperCase().max(20),
  key: z.string().trim().max(64),
});

export const caseFollowActSchema = caseKeySchema.extend({
  act: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('Answer'),
      answer: z.enum(['satisfied', 'not-satisfied']),
      text: caseTextSchema.optional(),
    }),
    z.strictObject({ type: z.literal('Withdraw'), text: caseTextSchema.optional() }),
    z.strictObject({ type: z.literal('Add'), text: caseTextSchema }),
  ]),
});
export type CaseFollowAct = z.input<typeof caseFollowActSchema>;

/** No word of staff but the decision's; no name of theirs. */
export interface CaseFollow {
  readonly ok: true;
  readonly number: CaseNumber;
  readonly branchName: Text;
  readonly timeZone: string;
  readonly status: CaseStatus;
  readonly receivedAt: Instant;
  /** Until when the customer hears the decision; absent when they have, or it is over. */
  readonly due?: Instant | undefined;
  /** More time was taken. */
  readonly allowance: CaseClock['allowance'];
  readonly outcome?: CaseOutcome | undefined;
  readonly remedies: readonly CaseRemedy[];
  readonly decisionText?: string | undefined;
  readonly hasLetter: boolean;
  readonly may: readonly CaseFollowAct['act']['type'][];
  /** What the customer wrote so far, and which files they gave. */
  readonly own: readonly {
    readonly at: Instant;
    readonly text?: string | undefined;
    readonly file?: string | undefined;
  }[];
  /** What happened, in the order in which it did. `by` when it is due for what is to come. */
  readonly steps: readonly { readonly status: CaseStatus; readonly at: Instant }[];
  readonly language?: Locale | undefined;
  readonly day?: BusinessDay | undefined;
}
