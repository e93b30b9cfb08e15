import { z } from 'zod';
import type { BranchId, BusinessDay, Instant, StaffId } from '../domain/ids.ts';
import type { InboxMove, InboxRefusal as StandRefusal, InboxState } from '../domain/inbox/moves.ts';
import {
  INBOX_KINDS,
  INBOX_NATURES,
  INBOX_OUTCOMES,
  INBOX_STATES,
  type InboxKind,
  type InboxNature,
  type InboxOutcome,
} from './inbox-lists.ts';

/**
 * What customers said, in one inbox for every way it came in.
 * `GET  /api/inbox?state=new&branches=central` → InboxList, newest first; branches outside the asker's reach are never in it
 * `GET  /api/inbox/:id`                       → InboxItem
 * `POST /api/inbox`                           ← InboxEntry: typed in by staff, from the book, the counter or the regulator
 * `PUT  /api/inbox/:id/page`                  ← the photo of the page, as its own type · `GET` gives it back
 * `POST /api/inbox/:id/take`                  ← {} · somebody looks after it
 * `POST /api/inbox/:id/answer`                ← InboxAnswer: what the customer is told, sent by mail where there is an address
 * `POST /api/inbox/:id/close`                 ← InboxClosing: what was done about it
 * `POST /api/inbox/:id/make-case`             ← {} · a complaint case with clocks is made of it, which closes the item
 * Each of the last four → InboxItem as it is now, or 409 with `reason`: an InboxRefusal.
 */

export type { InboxKind, InboxNature, InboxOutcome, InboxState };
/** How it is known who wrote: by a code sent to their mail, by the link of their ticket, by nothing, or nobody is named. */
export type InboxIdentity = 'mail-verified' | 'ticket' | 'unverified' | 'anonymous';
/** Beside those of the item's state: another was first, so read it again. */
export type InboxRefusal = StandRefusal | 'changed-meanwhile';

/** Characters. */
export const INBOX_TEXT = 4_000;
const text = z.string().trim().min(1).max(INBOX_TEXT);
const id = z.string().min(1).max(64);

export const contactSchema = z.strictObject({
  name: z.string().trim().min(1).max(60).optional(),
  mail: z.email().max(120).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d -]{4,24}$/)
    .optional(),
});
export type InboxContact = z.infer<typeof contactSchema>;

export interface InboxItem {
  readonly id: string;
  /** What the customer was told, such as `V26-00017`. */
  readonly number: string;
  readonly branchId: BranchId;
  readonly kind: InboxKind;
  readonly nature: InboxNature;
  readonly at: Instant;
  readonly identity: InboxIdentity;
  /** The day of the visit, and the ticket as the customer knows it. */
  readonly visit?: { readonly day: BusinessDay; readonly ticketNumber?: string | undefined } | undefined;
  /** The ticket's id, where it is known for sure: it leads to wait, counter and teller. */
  readonly ticketId?: string | undefined;
  /** Of a questionnaire. */
  readonly surveyId?: string | undefined;
  readonly state: InboxState;
  readonly takenBy?: StaffId | undefined;
  readonly takenAt?: Instant | undefined;
  readonly done?:
    | { readonly outcome: InboxOutcome; readonly text?: string | undefined; readonly by: string; readonly at: Instant }
    | undefined;
  readonly answeredAt?: Instant | undefined;
  /** Until when the customer was promised an answer; of anonymous ones absent. */
  readonly answerBy?: Instant | undefined;
  readonly caseNumber?: string | undefined;
  /** The photo of a page of the book. */
  readonly hasPage: boolean;
  /** What the asker may do with it now. */
  readonly may: readonly InboxMove[];
  /** Absent when it was erased: by its time, or because the person asked for it. */
  readonly text?: string | undefined;
  readonly contact?: InboxContact | undefined;
  readonly answer?: string | undefined;
}

/** As it stands in an address; lists with commas. */
export const inboxQuerySchema = z.object({
  branches: list(id),
  states: list(z.enum(INBOX_STATES)),
  kinds: list(z.enum(INBOX_KINDS)),
  natures: list(z.enum(INBOX_NATURES)),
  /** Days in the branch's own time, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** `me`, or a staff number. */
  takenBy: id.optional(),
  /** In the text, the number, the case number. */
  words: z.string().trim().max(80).optional(),
  /** `next` of the page before. */
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type InboxQuery = z.infer<typeof inboxQuerySchema>;

export interface InboxList {
  readonly items: readonly InboxItem[];
  /** How many there are of each state, under the same query without its states. */
  readonly counts: Readonly<Record<InboxState, number>>;
  /** The same of each kind, without its kinds. */
  readonly kinds: Readonly<Record<InboxKind, number>>;
  /** Absent on the last page. */
  readonly next?: string | undefined;
}

/** Typed in by staff. */
export const inboxEntrySchema = z.strictObject({
  branchId: id,
  kind: z.enum(['suggestion-book', 'complaint', 'regulator']),
  nature: z.enum(INBOX_NATURES),
  text,
  /** When the customer wrote it; now, where it is not said. Not in the future. */
  day: z.iso.date().optional(),
  ticketNumber: z.string().trim().min(1).max(10).optional(),
  contact: contactSchema.default({}),
});
export type InboxEntry = z.input<typeof inboxEntrySchema>;

export const inboxAnswerSchema = z.strictObject({ text });
export type InboxAnswer = z.infer<typeof inboxAnswerSchema>;

export const inboxClosingSchema = z.strictObject({
  outcome: z.enum(INBOX_OUTCOMES).exclude(['case-made']),
  text: text.optional(),
});
export type InboxClosing = z.infer<typeof inboxClosingSchema>;

/** `a,b,c`; none, or an empty one: all. */
function list<T extends z.ZodType<string, string>>(of: T) {
  return z
    .string()
    .default('')
    .transform((value) => value.split(',').filter((entry) => entry !== ''))
    .pipe(z.array(of).max(500));
}
