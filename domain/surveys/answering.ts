import type { BranchId, BusinessDay } from '../ids.ts';
import { answersTo, type Scores, type Survey } from './survey.ts';

export type SurveyClosed = 'not-started' | 'not-yet' | 'over' | 'full' | 'other-branch' | 'other-way';
export type AnswerFault = SurveyClosed | 'no-answer' | 'no-such-answer';

/** @returns why nobody can answer now; undefined when they can */
export function surveyClosed(
  survey: Survey,
  at: { readonly branchId?: BranchId | undefined; readonly day: BusinessDay; readonly answers: number },
): SurveyClosed | undefined {
  if (survey.state === 'draft') return 'not-started';
  if (survey.state === 'ended' || at.day > survey.to) return 'over';
  if (at.day < survey.from) return 'not-yet';
  if (survey.quota !== undefined && at.answers >= survey.quota) return 'full';
  if (at.branchId !== undefined && !survey.branches.includes(at.branchId)) return 'other-branch';
  return undefined;
}

/** @param texts how many questions were answered in words @returns why these answers are not taken */
export function answerFault(
  survey: Survey,
  given: { readonly way: 'link' | 'ticket'; readonly scores: Scores; readonly texts: readonly string[] },
): AnswerFault | undefined {
  if (!survey.ways.includes(given.way)) return 'other-way';
  const fits = ([question, answer]: readonly [string, number]) =>
    Number.isInteger(answer) && answer >= 1 && answer <= answersTo(survey, question);
  const inWords = (question: string) => survey.own.some(({ id, kind }) => id === question && kind === 'text');
  if (!Object.entries(given.scores).every(fits) || !given.texts.every(inWords)) return 'no-such-answer';
  return Object.keys(given.scores).length + given.texts.length === 0 ? 'no-answer' : undefined;
}
