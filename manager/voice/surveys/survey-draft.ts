import type { Text } from '../../../domain/config.ts';
import type { OwnQuestion } from '../../../domain/surveys/survey.ts';
import { RATING_DIMENSIONS } from '../../../protocol/rating-scale.ts';
import type { SurveyDraft, SurveyRow } from '../../../protocol/surveys.ts';

/** A survey while it is written. */

export type Words = { -readonly [L in keyof Text]: string };
export interface QuestionDraft {
  readonly id: string;
  kind: OwnQuestion['kind'];
  text: Words;
  choices: Words[];
}
export interface Draft {
  name: Words;
  owner: SurveyRow['owner'];
  branches: string[];
  from: string;
  to: string;
  languages: (keyof Text)[];
  dimensions: (typeof RATING_DIMENSIONS)[number][];
  own: QuestionDraft[];
  ways: ('link' | 'ticket')[];
  anonymous: boolean;
  /** Empty: as many as come. */
  quota: number | '';
}

export const MOST_QUESTIONS = 5;
export const noWords = (): Words => ({ 'zh-CN': '', 'zh-TW': '', en: '' });

/** @param everywhere whoever works for all branches asks for the head office */
export function newDraft(branchId: string, everywhere: boolean): Draft {
  return {
    ...{ name: noWords(), owner: everywhere ? 'head-office' : 'branch', branches: [branchId], from: '', to: '' },
    ...{ languages: ['zh-CN', 'zh-TW', 'en'], dimensions: [...RATING_DIMENSIONS], own: [] },
    ...{ ways: ['link'], anonymous: true, quota: '' },
  };
}

export function draftOf(survey: SurveyRow): Draft {
  const copy = structuredClone(survey) as SurveyRow & Draft;
  const { name, owner, branches, from, to, languages, dimensions, own, ways, anonymous, quota } = copy;
  return { name, owner, branches, from, to, languages, dimensions, own, ways, anonymous, quota: quota ?? '' };
}

/** As it is sent: without an empty quota, and choices only where there is something to choose. */
export function sentDraft({ quota, own, ...draft }: Draft): SurveyDraft {
  return {
    ...draft,
    own: own.map((question) => ({ ...question, choices: question.kind === 'choice' ? question.choices : [] })),
    ...(quota !== '' && { quota }),
  };
}

/** @returns the same questions with one more of this kind; each keeps its id, under which its answers are counted */
export function withQuestion(own: readonly QuestionDraft[], kind: QuestionDraft['kind']): QuestionDraft[] {
  const free = [1, 2, 3, 4, 5].map((n) => `q${n}`).find((id) => own.every((question) => question.id !== id));
  if (free === undefined) return [...own];
  return [...own, { id: free, kind, text: noWords(), choices: kind === 'choice' ? [noWords(), noWords()] : [] }];
}

export type Missing = 'name' | 'days' | 'branches' | 'languages' | 'ways' | 'questions' | 'choices';

/** @returns what is to be written before it can be kept */
export function missingOf(draft: Draft): readonly Missing[] {
  const said = (words: Words) => draft.languages.every((locale) => words[locale].trim() !== '');
  const faults: Readonly<Record<Missing, boolean>> = {
    name: !said(draft.name),
    days: draft.from === '' || draft.to === '' || draft.from > draft.to,
    branches: draft.branches.length === 0,
    languages: draft.languages.length === 0,
    ways: draft.ways.length === 0,
    questions: draft.dimensions.length + draft.own.length === 0 || !draft.own.every(({ text }) => said(text)),
    choices: draft.own.some(
      ({ kind, choices }) => kind === 'choice' && (choices.length < 2 || !choices.every((choice) => said(choice))),
    ),
  };
  return (Object.keys(faults) as Missing[]).filter((name) => faults[name]);
}
