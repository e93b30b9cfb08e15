import type { Instant } from '../ids.ts';
import { clockRuns, type CaseAllowance, type CaseClock, type ComplaintCase } from './case.ts';
import type { CaseContext, CaseTerms, CaseTimer } from './commands.ts';
import type { ClockTimes } from './events.ts';

/**
 * How long there is: 15 days, 30 when it is complex, 60 with approval. So the rules for complaints about Chinese banks have it
 * (Measures for Handling Consumer Complaints in Banking and Insurance, CBIRC order 2020 no. 3, articles 18 and 19): they are the
 * defaults of the settings.
 */
export function daysOf(allowance: CaseAllowance, terms: CaseTerms): number {
  return { normal: terms.normalDays, complex: terms.complexDays, longest: terms.longestDays }[allowance];
}

/** So many days from `from`, and the warning at the share of them: at the end of the last whole day before it, never after. */
export function timesOf(from: Instant, days: number, { terms, endOf }: CaseContext): ClockTimes {
  return { due: endOf(from, days), warnAt: endOf(from, Math.floor(days * terms.warnShare)) };
}

/** What will come by itself if nothing else happens, the next first. */
export function timersOf(state: ComplaintCase): readonly { readonly type: CaseTimer['type']; readonly at: Instant }[] {
  const { clock, offer } = state;
  const timers: { readonly type: CaseTimer['type']; readonly at: Instant }[] = [];
  if (offer !== undefined) timers.push({ type: 'LapseOffer', at: offer.until });
  if (state.status === 'received' && !state.reminded)
    timers.push({ type: 'RemindOfAcknowledging', at: state.acknowledgeBy });
  if (clockRuns(state)) {
    if (!clock.warned) timers.push({ type: 'WarnOfDeadline', at: clock.warnAt });
    timers.push({ type: 'EscalateCase', at: clock.escalateAt });
  }
  return timers.sort((a, b) => a.at - b.at);
}

/** How much of the time is used at `at`: at the warning it is the share of the warning, at the deadline 1, later more. */
export function usedShare({ startedAt, warnAt, due }: CaseClock, warnShare: number, at: Instant): number {
  const part = (from: Instant, to: Instant) => (to > from ? (at - from) / (to - from) : 1);
  return at < warnAt
    ? Math.max(0, part(startedAt, warnAt)) * warnShare
    : warnShare + part(warnAt, due) * (1 - warnShare);
}
