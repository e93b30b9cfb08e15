import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';
import type { Scores, Survey, SurveyCell, SurveyId } from '../domain/surveys/survey.ts';

/** Surveys, and what was answered: each answer by itself, so that every figure is counted from single ones. */

export interface KeptSurvey extends Survey {
  readonly answers: number;
  readonly createdAt: Instant;
  readonly startedAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
  readonly importedAt?: Instant | undefined;
}

export interface GivenAnswer {
  readonly surveyId: SurveyId;
  /** Digest of who answers, a ticket or a browser, kept apart from the answer. */
  readonly token: string;
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  /** Of a survey that is not anonymous. */
  readonly ticketId?: string | undefined;
  readonly scores: Scores;
}

export interface SurveyRecords {
  add(survey: Survey, at: Instant): Promise<void>;
  all(): Promise<readonly KeptSurvey[]>;
  find(id: SurveyId): Promise<KeptSurvey | undefined>;
  /** Only of a draft. @returns false when it is none any more */
  change(survey: Survey): Promise<boolean>;
  /** Only a draft. @returns false when it is none any more */
  remove(id: SurveyId): Promise<boolean>;
  /** Draft to running, running to ended. @returns false when it was not so any more */
  turn(id: SurveyId, to: 'running' | 'ended', at: Instant): Promise<boolean>;
  /** Both or nothing: the answer, and that this token has answered. */
  answer(answer: GivenAnswer, quota: number | undefined): Promise<'kept' | 'answered-already' | 'full'>;
  cells(id: SurveyId): Promise<readonly SurveyCell[]>;
  /** Takes the place of what was imported before. */
  keepImport(id: SurveyId, cells: readonly SurveyCell[], at: Instant): Promise<void>;
  imported(id: SurveyId): Promise<readonly SurveyCell[]>;
  /** What was said of the sides of a service at the counter and on the phone; `overall` of it as a whole. */
  ratings(branches: readonly BranchId[], from: BusinessDay, to: BusinessDay): Promise<readonly SurveyCell[]>;
}
