import type { Locale, Text } from '../config.ts';
import type { BranchId, BusinessDay } from '../ids.ts';

export type SurveyId = string;
export type SurveyState = 'draft' | 'running' | 'ended';
/** Who asks: the bank, one branch, or an agency that works for the bank. */
export type SurveyOwner = 'head-office' | 'branch' | 'third-party';

/** `scale`: 1 to 5. `choice`: one of `choices`. `text`: a few words, which go into the inbox. */
export interface OwnQuestion {
  readonly id: string;
  readonly kind: 'scale' | 'choice' | 'text';
  readonly text: Text;
  readonly choices: readonly Text[];
}

/** What is asked, whom, and how long. */
export interface SurveyPlan {
  readonly name: Text;
  readonly owner: SurveyOwner;
  readonly branches: readonly BranchId[];
  /** Both included. */
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly languages: readonly Locale[];
  /** Of the sides that every survey asks about, in the order in which they are asked. */
  readonly dimensions: readonly string[];
  readonly own: readonly OwnQuestion[];
  /** By a link or a code that hangs in the hall; on the page of a ticket after its visit. */
  readonly ways: readonly ('link' | 'ticket')[];
  /** No answer leads to a ticket; else those by ticket are kept with it. */
  readonly anonymous: boolean;
  /** So many answers are enough. */
  readonly quota?: number | undefined;
}

export interface Survey extends SurveyPlan {
  readonly id: SurveyId;
  readonly state: SurveyState;
}

/** One customer's answers, by the id of the question: 1 to 5, or which choice from 1 on. */
export type Scores = Readonly<Record<string, number>>;

/** How often each answer was given to one question, of one branch in one month `2026-11`. */
export interface SurveyCell {
  readonly branchId: BranchId;
  readonly month: string;
  readonly question: string;
  /** The first is how often 1 was answered. */
  readonly counts: readonly number[];
}

export const SCALE = 5;

/** How many answers there are to choose from; none of a text. */
export function answersTo({ dimensions, own }: SurveyPlan, question: string): number {
  if (dimensions.includes(question)) return SCALE;
  const found = own.find(({ id }) => id === question);
  if (found === undefined || found.kind === 'text') return 0;
  return found.kind === 'scale' ? SCALE : found.choices.length;
}
