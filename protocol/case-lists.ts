import type {
  CaseChannel,
  CaseOutcome,
  CaseRemedy,
  CaseSource,
  CaseStatus,
  SecondAnswer,
} from '../domain/cases/case.ts';

// Apart from cases.ts, for the screens do not carry zod.

export const CASE_STATUSES = [
  ...(['received', 'acknowledged', 'investigating', 'decided', 'informed', 'contacted'] as const),
  ...(['closed', 'withdrawn'] as const),
] as const satisfies readonly CaseStatus[];
export const CASE_SOURCES = [
  ...(['desk', 'phone', 'letter', 'survey', 'suggestion-book', 'web', 'regulator'] as const),
] as const satisfies readonly CaseSource[];
export const CASE_OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld'] as const satisfies readonly CaseOutcome[];
export const CASE_REMEDIES = [
  ...(['none', 'explanation', 'apology', 'correction', 'refund', 'compensation'] as const),
  ...(['better-process', 'training'] as const),
] as const satisfies readonly CaseRemedy[];
export const CASE_CHANNELS = [
  ...(['in-person', 'phone', 'letter', 'email', 'sms', 'web'] as const),
] as const satisfies readonly CaseChannel[];
export const SECOND_ANSWERS = ['satisfied', 'not-satisfied', 'not-reached'] as const satisfies readonly SecondAnswer[];
/** `warned`: 70 % of the time is over. `over`: the deadline. `resting`: the time does not run. */
export const CASE_TIMES = ['running', 'warned', 'over', 'resting'] as const;
export type CaseTime = (typeof CASE_TIMES)[number];
