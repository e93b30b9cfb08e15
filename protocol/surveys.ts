import { z } from 'zod';
import type { Locale, Text } from '../domain/config.ts';
import type { BranchId, Instant } from '../domain/ids.ts';
import type { FaultyRow } from '../domain/surveys/agency-results.ts';
import type { AnswerFault, SurveyClosed } from '../domain/surveys/answering.ts';
import type { ScoreFigures, Trend } from '../domain/surveys/results.ts';
import type { OwnQuestion, Survey, SurveyOwner } from '../domain/surveys/survey.ts';
import { RATING_DIMENSIONS } from './rating-scale.ts';

/**
 * Surveys, as staff write them and read what came of them.
 * `GET    /api/surveys`                → SurveyList: those of the branches that the asker may see, newest first
 * `POST   /api/surveys`                ← SurveyDraft → SurveyRow, a draft
 * `PUT    /api/surveys/:id`            ← SurveyDraft → SurveyRow; only a draft changes
 * `DELETE /api/surveys/:id`            a draft that nobody wants
 * `POST   /api/surveys/:id/start|end`  ← {} → SurveyRow
 * `GET    /api/surveys/:id/results`    → SurveyResults
 * `GET    /api/surveys/:id/export.csv` → counts by branch, month and question, without small groups
 * `POST   /api/surveys/:id/import`     ← text/csv in the same form → { cells }, or 409 `{ reason: 'rows', faults }`
 * As the public page has them, without signing in:
 * `GET  /api/surveys/:id/form`    → SurveyForm
 * `POST /api/surveys/:id/answers` ← SurveyAnswer → { ok: true }, or 409 with a reason: AnswerRefusal
 * `GET  /api/ticket-survey?branch=central` → { id? }: what is asked after a visit there today
 */

const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const satisfies readonly Locale[];
export const SURVEY_OWNERS = ['head-office', 'branch', 'third-party'] as const satisfies readonly SurveyOwner[];
export const QUESTION_KINDS = ['scale', 'choice', 'text'] as const satisfies readonly OwnQuestion['kind'][];
export const OWN_QUESTIONS = 5;
export const SURVEY_TEXT = 1_000;

const id = z.string().min(1).max(64);
const words = (most: number) =>
  z
    .strictObject({
      'zh-CN': z.string().trim().max(most).default(''),
      'zh-TW': z.string().trim().max(most).default(''),
      en: z.string().trim().max(most).default(''),
    })
    .refine((text) => LOCALES.some((locale) => text[locale] !== ''), { message: 'needs words in one language' });

const questionSchema = z
  .strictObject({
    id: z.string().regex(/^q[1-9]$/),
    kind: z.enum(QUESTION_KINDS),
    text: words(200),
    choices: z.array(words(80)).max(10).default([]),
  })
  .refine(({ kind, choices }) => (kind === 'choice' ? choices.length >= 2 : choices.length === 0), {
    message: 'a choice has two to ten answers, the others have none',
    path: ['choices'],
  });

export const surveyDraftSchema = z
  .strictObject({
    name: words(80),
    owner: z.enum(SURVEY_OWNERS),
    branches: z.array(id).min(1).max(500),
    from: z.iso.date(),
    to: z.iso.date(),
    languages: z.array(z.enum(LOCALES)).min(1).max(3),
    dimensions: z
      .array(z.enum(RATING_DIMENSIONS))
      .max(RATING_DIMENSIONS.length)
      .default([...RATING_DIMENSIONS]),
    own: z.array(questionSchema).max(OWN_QUESTIONS).default([]),
    ways: z
      .array(z.enum(['link', 'ticket']))
      .min(1)
      .max(2),
    anonymous: z.boolean(),
    quota: z.number().int().min(1).max(1_000_000).optional(),
  })
  .refine(({ from, to }) => from <= to, { message: 'ends before it begins', path: ['to'] })
  .refine(({ dimensions, own }) => dimensions.length + own.length > 0, { message: 'asks nothing', path: ['own'] })
  .refine(({ own }) => new Set(own.map((question) => question.id)).size === own.length, {
    message: 'two questions have the same id',
    path: ['own'],
  });
export type SurveyDraft = z.input<typeof surveyDraftSchema>;

export interface SurveyRow extends Survey {
  readonly answers: number;
  readonly createdAt: Instant;
  readonly startedAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
  /** Of the agency's file that was taken last. */
  readonly importedAt?: Instant | undefined;
  /** Whether the asker may change, start and end it. */
  readonly mine: boolean;
}
export interface SurveyList {
  readonly surveys: readonly SurveyRow[];
}
/** `not-draft`: it was started, so it does not change. `not-running`: it cannot be ended. */
export type SurveyRefusal = 'not-draft' | 'not-running' | 'changed-meanwhile';
export interface ImportRefusal {
  readonly reason: 'rows';
  readonly faults: readonly FaultyRow[];
}

/** `few`: fewer than five, so no figure is shown. */
export type ShownFigures = { readonly count: number; readonly few: true } | (ScoreFigures & { readonly few: false });

/** One question over one branch, or over all of them. */
export interface ScaleResult {
  readonly question: string;
  readonly all: ShownFigures;
  readonly byBranch: readonly { readonly branchId: BranchId; readonly figures: ShownFigures }[];
  /** Oldest first; a month without answers is missing. */
  readonly byMonth: readonly { readonly month: string; readonly figures: ShownFigures }[];
  /** Of the last month to the one before it. */
  readonly trend?: Trend | undefined;
  /** What customers said of the same side at the counter and on the phone, in the same branches and days. */
  readonly ratings?: ShownFigures | undefined;
}
export interface ChoiceResult {
  readonly question: string;
  readonly count: number;
  /** How many chose each; absent where fewer than five answered. */
  readonly counts?: readonly number[] | undefined;
}
export interface SurveyResults {
  readonly survey: SurveyRow;
  readonly scales: readonly ScaleResult[];
  readonly choices: readonly ChoiceResult[];
  /** Part of what is counted that came from an agency's file. */
  readonly imported: number;
}

/** As a customer sees it. */
export interface SurveyForm {
  readonly id: string;
  readonly name: Text;
  readonly languages: readonly Locale[];
  readonly branches: readonly { readonly branchId: BranchId; readonly name: Text }[];
  readonly dimensions: readonly string[];
  readonly own: readonly OwnQuestion[];
  readonly anonymous: boolean;
  readonly closed?: SurveyClosed | undefined;
}

export const surveyAnswerSchema = z.strictObject({
  /** Of this browser and this survey, made by chance: it answers once. */
  token: z.string().regex(/^[\w-]{22}$/),
  branchId: id,
  /** From the ticket's page: each ticket answers once. */
  ticketId: id.optional(),
  scores: z.record(id, z.number().int().min(1).max(10)),
  texts: z.record(id, z.string().trim().min(1).max(SURVEY_TEXT)).default({}),
  language: z.enum(LOCALES),
});
export type SurveyAnswer = z.input<typeof surveyAnswerSchema>;
export type AnswerRefusal = AnswerFault | 'answered-already' | 'no-visit';
