import type { CurrentTicket } from '../domain/views/views.ts';
import { minutesAndSeconds } from '../client/format.ts';

type Words = (key: string, named?: Record<string, unknown>) => string;

/** Why the ticket in hand was called, in sentences: what decided, its wait, and who would have been next. */
export function whyWords(t: Words, ticket: CurrentTicket): readonly string[] {
  const why = ticket.call?.why;
  if (why === undefined) return [t('why.walkIn')];
  const time = (waitedMs: number, targetMs: number) => ({
    waited: minutesAndSeconds(waitedMs),
    target: minutesAndSeconds(targetMs),
  });
  const rule = t(`why.${why.rule}`, {
    waited: minutesAndSeconds(why.waitedMs),
    policy: t(`policy.${why.policy}`),
    reason: t(`reason.${why.reason ?? 'other'}`),
  });
  const next = why.runnerUp;
  const chosen = why.rule === 'chosen' || why.rule === 'held';
  return [
    rule,
    ...(why.helping ? [t('why.helping')] : []),
    ...(why.rule === 'ceiling' ? [] : [t('why.figures', time(why.waitedMs, why.targetMs))]),
    ...(next ? [t('why.runnerUp', { number: next.number, ...time(next.waitedMs, next.targetMs) })] : []),
    ...(next || chosen ? [] : [t('why.alone')]),
  ];
}
