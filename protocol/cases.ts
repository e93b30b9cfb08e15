import { z } from 'zod';
import type {
  CaseChannel,
  CaseClock,
  CaseDecision,
  CaseFileId,
  CaseLink,
  CaseNumber,
  CaseOffer,
  CaseOutcome,
  CaseSource,
  CaseStatus,
  RootCauseId,
  SecondAnswer,
} from '../domain/cases/case.ts';
import type { CaseAct } from '../domain/cases/commands.ts';
import type { CaseFact } from '../domain/cases/events.ts';
import type { CaseRejection } from '../domain/cases/rejections.ts';
import type { Locale, Text } from '../domain/config.ts';
import type { ActorId, BranchId, Instant, StaffId } from '../domain/ids.ts';
import {
  CASE_CHANNELS,
  CASE_OUTCOMES,
  CASE_REMEDIES,
  CASE_SOURCES,
  CASE_STATUSES,
  CASE_TIMES,
  SECOND_ANSWERS,
  type CaseTime,
} from './case-lists.ts';

/**
 * Complaint cases, as staff read and handle them.
 * `GET  /api/branches/:id/case-choices`            → CaseChoices: what the forms offer
 * `POST /api/branches/:id/cases`                   ← CaseIntake → CaseReceipt
 * `GET  /api/branches/:id/case-visit?number=A012&day=…` → CaseLink: what a complaint about this ticket would be linked to
 * `GET  /api/cases?branch=…&status=…&owner=…&…`    → CaseList, of all branches that the asker may see
 * `GET  /api/cases/:number`                        → CaseView
 * `POST /api/cases/:number/acts`                   ← CaseActRequest → CaseAnswer
 * `PUT  /api/cases/:number/files`                  ← the file itself, its name in `X-File-Name` (percent-encoded) → CaseAnswer
 * `GET  /api/cases/:number/files/:fileId`          → the file
 * `GET  /api/cases/:number/letter?language=…`      → the letter as it would be sent now; attached by `InformCustomer`
 */

const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const satisfies readonly Locale[];

export const CASE_TEXT_LIMIT = 4_000;
const id = z.string().min(1).max(64);
export const caseTextSchema = z.string().trim().min(1).max(CASE_TEXT_LIMIT);
const reference = z.string().trim().min(1).max(60);
const channel = z.enum(CASE_CHANNELS);

/** Of the customer. Kept apart, erased by its time or on demand. */
export const caseContactSchema = z.strictObject({
  name: z.string().trim().max(60).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d -]{4,24}$/)
    .optional(),
  email: z.email().max(120).optional(),
  /** In which the letter is written, and the page of the case shown first. */
  language: z.enum(LOCALES).optional(),
});
export type CaseContact = z.output<typeof caseContactSchema>;

export const caseIntakeSchema = z.strictObject({
  source: z.enum(CASE_SOURCES),
  text: caseTextSchema,
  contact: caseContactSchema.default({}),
  /** The visit that it is about: the number on the ticket and its day, or the ticket's id. Wait, counter and teller are looked up. */
  day: z.iso.date().optional(),
  ticketNumber: z.string().trim().min(1).max(10).optional(),
  ticketId: id.optional(),
  counterId: id.optional(),
  tellerId: id.optional(),
  /** Whom the complaint is about: they may not handle it. */
  about: z.array(id).max(10).default([]),
  /** Of the regulator that it comes from. */
  reference: reference.optional(),
});
export type CaseIntake = z.input<typeof caseIntakeSchema>;

/** `followKey` is shown once and given to the customer; the server keeps a digest. `/feedback/case/<number>#<followKey>` */
export interface CaseReceipt {
  readonly ok: true;
  readonly number: CaseNumber;
  readonly followKey: string;
  /** Until when the customer hears the decision. */
  readonly due: Instant;
}

/** `text` is what is written down with the act: why, what was found, what was said. It is kept apart from the record of acts. */
export const caseActSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('TakeCase') }),
  z.strictObject({ type: z.literal('AcknowledgeCase'), channel, text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('StartInvestigation'), text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('ExtendCase'), channel, text: caseTextSchema }),
  z.strictObject({ type: z.literal('AskExtension'), text: caseTextSchema }),
  z.strictObject({ type: z.literal('ApproveExtension'), channel, text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('RefuseExtension'), text: caseTextSchema }),
  z.strictObject({ type: z.literal('SetRootCause'), rootCause: id, text: caseTextSchema }),
  z.strictObject({
    type: z.literal('DecideCase'),
    outcome: z.enum(CASE_OUTCOMES),
    remedies: z.array(z.enum(CASE_REMEDIES)).min(1).max(CASE_REMEDIES.length),
    rootCause: id.optional(),
    /** What was found and what is done: it stands in the letter. */
    text: caseTextSchema,
  }),
  /** The letter is made and attached by the server. */
  z.strictObject({ type: z.literal('InformCustomer'), channel, text: caseTextSchema.optional() }),
  z.strictObject({
    type: z.literal('NoteSecondContact'),
    channel,
    answer: z.enum(SECOND_ANSWERS),
    text: caseTextSchema.optional(),
  }),
  z.strictObject({ type: z.literal('CloseCase'), text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('WithdrawCase'), text: caseTextSchema }),
  z.strictObject({ type: z.literal('OfferCase'), to: id, text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('AcceptOffer') }),
  z.strictObject({ type: z.literal('DeclineOffer'), text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('RecusePerson'), staffId: id, text: caseTextSchema }),
  z.strictObject({ type: z.literal('MarkRegulator'), reference, text: caseTextSchema.optional() }),
  z.strictObject({ type: z.literal('AddNote'), text: caseTextSchema }),
]);

/** `version` is that of the view which the person saw: a case that was changed meanwhile is not changed blindly. */
export const caseActRequestSchema = z.strictObject({ version: z.number().int().min(1), act: caseActSchema });
export type CaseActRequest = z.input<typeof caseActRequestSchema>;

/** `changed-meanwhile`: another was first; read the case again. The file's ones are about what was sent. */
/** What is wrong beside the state of the case. */
export type CaseTrouble = 'changed-meanwhile' | 'no-visit' | 'unknown-person' | CaseFileRefusal;
export type CaseRefusal = CaseRejection | { readonly code: CaseTrouble };
export type CaseFileRefusal = 'file-too-large' | 'file-type' | 'file-name' | 'file-not-its-type' | 'too-many-files';
/** Refused: 409. */
export type CaseAnswer =
  { readonly ok: true; readonly version: number } | { readonly ok: false; readonly rejection: CaseRefusal };

/** A file that lies with the case. */
export interface CaseFile {
  readonly id: CaseFileId;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly at: Instant;
  readonly by: ActorId;
  /** The letter that the customer was informed with. */
  readonly letter?: boolean | undefined;
}

/** One line of the timeline, oldest first. `text` is what was written with it; absent when nothing was, or it is erased. */
export type CaseStep = CaseFact & {
  readonly version: number;
  readonly at: Instant;
  readonly by: ActorId;
  readonly text?: string | undefined;
};

/** One row of the list. */
export interface CaseRow {
  readonly number: CaseNumber;
  readonly branchId: BranchId;
  readonly source: CaseSource;
  readonly receivedAt: Instant;
  readonly status: CaseStatus;
  readonly ownerId?: StaffId | undefined;
  /** Until when it is to be decided and the customer informed. */
  readonly due: Instant;
  readonly allowance: CaseClock['allowance'];
  readonly time: CaseTime;
  /** Share of the time that is used, by the server's clock: above 1 it is over; of a resting one where it stands. */
  readonly usedShare: number;
  readonly escalations: number;
  readonly regulator: boolean;
  /** It is offered to this person. */
  readonly offeredTo?: StaffId | undefined;
  readonly extensionAsked: boolean;
  readonly outcome?: CaseOutcome | undefined;
  readonly rootCause?: RootCauseId | undefined;
  /** The first words of the complaint; absent when it is erased. */
  readonly opening?: string | undefined;
}

/** As it stands in an address. Lists come with commas: `status=received,acknowledged`. */
const listOf = <T extends z.ZodType<string, string>>(of: T) =>
  z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(of).min(1).max(50));
export const caseQuerySchema = z.strictObject({
  branch: listOf(id).optional(),
  status: listOf(z.enum(CASE_STATUSES)).optional(),
  /** `me`, `none`, or a person. */
  owner: id.optional(),
  time: listOf(z.enum(CASE_TIMES)).optional(),
  /** Part of the number. */
  number: z.string().trim().min(1).max(20).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Rows after this one, which is the last that was read. */
  after: z.string().max(20).optional(),
});
export type CaseQuery = z.output<typeof caseQuerySchema>;

/** Most urgent first: those whose time runs by their deadline, then the others by their number, newest first. */
export interface CaseList {
  readonly now: Instant;
  readonly rows: readonly CaseRow[];
  readonly more: boolean;
  /** How many of the branches asked for are in each state, whatever else is asked for. */
  readonly counts: Readonly<Record<CaseStatus, number>>;
  readonly names: StaffNames;
}

/** Of everybody of the bank whose number is in the answer, as far as their account is there. */
export type StaffNames = Readonly<Record<StaffId, string>>;

export type CaseActType = CaseAct['type'];

export interface CaseView extends CaseRow {
  readonly now: Instant;
  readonly version: number;
  readonly link: CaseLink;
  /** What the customer wrote or said. */
  readonly text?: string | undefined;
  readonly contact?: CaseContact | undefined;
  /** Who the customer is was checked when it came in. */
  readonly verified: boolean;
  readonly recused: readonly StaffId[];
  readonly reference?: string | undefined;
  readonly acknowledgeBy: Instant;
  readonly acknowledgedAt?: Instant | undefined;
  readonly clock: CaseClock;
  readonly offer?: CaseOffer | undefined;
  readonly asked?: { readonly at: Instant; readonly by: StaffId } | undefined;
  readonly decision?: (CaseDecision & { readonly text?: string | undefined }) | undefined;
  readonly informed?: { readonly at: Instant; readonly channel: CaseChannel; readonly letter: CaseFileId } | undefined;
  readonly attempts: number;
  readonly answer?: SecondAnswer | undefined;
  readonly round: 1 | 2;
  readonly endedAt?: Instant | undefined;
  readonly files: readonly CaseFile[];
  readonly steps: readonly CaseStep[];
  readonly names: StaffNames;
  /** What the asker may do now. Whatever else stands in the way is said by the refusal. */
  readonly may: readonly CaseActType[];
  /** What they may not do now, and why: for buttons that are shown and cannot be pressed. */
  readonly mayNot: Readonly<Partial<Record<CaseActType, CaseRejection>>>;
}

/** What the forms offer. */
export interface CaseChoices {
  readonly rootCauses: readonly { readonly id: RootCauseId; readonly name: Text }[];
  /** Who of the branch, or for all branches, can be asked to take a case over; and who may be complained about. */
  readonly handlers: readonly { readonly staffId: StaffId; readonly name: string }[];
  readonly people: readonly { readonly staffId: StaffId; readonly name: string }[];
  readonly days: {
    readonly acknowledge: number;
    readonly normal: number;
    readonly complex: number;
    readonly longest: number;
  };
  /** Days are working days. */
  readonly workingDays: boolean;
  readonly files: { readonly maxBytes: number; readonly maxCount: number; readonly endings: readonly string[] };
}
