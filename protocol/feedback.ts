import { z } from 'zod';
import type { Locale, Text } from '../domain/config.ts';
import type { BranchId, Instant } from '../domain/ids.ts';
import type { InboxState } from '../domain/inbox/moves.ts';
import { INBOX_NATURES } from './inbox-lists.ts';
import { contactSchema, INBOX_TEXT, type InboxIdentity, type InboxNature } from './inbox.ts';

/**
 * What a customer says by themselves, on the public pages. Nobody signs in.
 * `GET  /api/feedback`        → FeedbackTerms
 * `POST /api/feedback/codes`  ← { mail, language } → { challenge }: six digits are on their way to the address
 * `POST /api/feedback`        ← Feedback → FeedbackReceipt, or 409 with a reason: FeedbackRefusal
 * `POST /api/feedback/follow` ← { number, key } → FeedbackFollow; an unknown number and a wrong key get the same answer
 */

const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const satisfies readonly Locale[];
const language = z.enum(LOCALES);
const id = z.string().min(1).max(64);
/** 128 random bits, made in the customer's browser: a form that is sent twice is one item, and only they follow it. */
const key = z.string().regex(/^[\w-]{22}$/);

export interface FeedbackTerms {
  /** An address is verified by a code; false: the branch will verify who wrote. */
  readonly mail: boolean;
  readonly codeMinutes: number;
  readonly textLimit: number;
}

export const codeWishSchema = z.strictObject({ mail: z.email().max(120), language });

export const feedbackSchema = z.strictObject({
  key,
  branchId: id,
  nature: z.enum(INBOX_NATURES),
  text: z.string().trim().min(1).max(INBOX_TEXT),
  /** Of the visit. */
  day: z.iso.date().optional(),
  ticketNumber: z.string().trim().min(1).max(10).optional(),
  /** From the ticket's page: whoever has its link was there. */
  ticketId: id.optional(),
  contact: contactSchema.default({}),
  language,
  /** The code that came by mail. */
  proof: z.strictObject({ challenge: id, code: z.string().regex(/^\d{6}$/) }).optional(),
});
export type Feedback = z.input<typeof feedbackSchema>;

/**
 * `contact-needed`: a complaint is answered, so it must say how. `code-needed`: the address is not verified yet.
 * `wrong-code` with `left` tries. `code-over`: its time or its tries are over, ask for another.
 */
export type FeedbackRefusal = 'contact-needed' | 'code-needed' | 'wrong-code' | 'code-over';

/** Followed at `/feedback/case/<number>#<key>` when it is a case, else at `/feedback/item/<number>#<key>`. */
export interface FeedbackReceipt {
  readonly ok: true;
  readonly number: string;
  readonly isCase: boolean;
  readonly identity: InboxIdentity;
  readonly answerBy?: Instant | undefined;
}

export const followKeySchema = z.strictObject({ number: z.string().trim().toUpperCase().max(20), key });

export interface FeedbackFollow {
  readonly ok: true;
  readonly number: string;
  readonly branchId: BranchId;
  readonly branchName: Text;
  readonly timeZone: string;
  readonly nature: InboxNature;
  readonly at: Instant;
  readonly state: InboxState;
  readonly answerBy?: Instant | undefined;
  readonly answer?: string | undefined;
  readonly answeredAt?: Instant | undefined;
  /** It became a case, which is followed with the same key. */
  readonly caseNumber?: string | undefined;
}
