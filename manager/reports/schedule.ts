import type { BranchId } from '../../domain/ids.ts';
import type { PeriodQuery } from '../../protocol/period-report.ts';
import type {
  ShownSubscription,
  SubscriptionRefusal,
  Subscriptions,
  SubscriptionWish,
} from '../../protocol/report-subscriptions.ts';
import { FIRST_HOUR, type RelativePeriod } from '../../protocol/subscription-lists.ts';
import { ask, type Door } from '../insight/reports.ts';
import { addressOf, questionOf } from './question.ts';
import type { ReportWords } from './report-words.ts';

/** Reports that come by mail: asked of the server, and said in words. */

const PATH = 'report-subscriptions';
/** When people have come to work. */
const USUAL_HOUR = FIRST_HOUR + 2;

export function readSubscriptions(door: Door): Promise<Subscriptions> {
  return ask(door, PATH);
}

/** A no of the server; `failed` when it does not answer, or says something else. */
export type ScheduleRefusal = SubscriptionRefusal | 'failed';

/** @returns why not; nothing when it is done */
export async function tellServer(
  { branchId, token }: Door,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  wish?: SubscriptionWish,
): Promise<ScheduleRefusal | undefined> {
  const body = wish && { body: JSON.stringify(wish) };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const address = `/api/branches/${encodeURIComponent(branchId)}/${PATH}${path}`;
  try {
    const response = await fetch(address, { method, headers, ...body });
    if (response.ok) return undefined;
    const { reason = 'failed' } = (await response.json()) as { readonly reason?: SubscriptionRefusal };
    return reason;
  } catch {
    return 'failed';
  }
}

/** What a report asks for, whatever its days are. */
export function standing(query: PeriodQuery): string {
  const asked = new URLSearchParams(addressOf(query));
  asked.delete('from');
  asked.delete('to');
  return asked.toString();
}

/** The same report again and again, as most people want it. */
export function usualWish(query: PeriodQuery, language: SubscriptionWish['language']): SubscriptionWish {
  const when = { period: 'last-week', day: 1, hour: USUAL_HOUR } as const;
  return { query: standing(query), ...when, format: 'xlsx', language, address: '', paused: false };
}

/** Another period, with a day that it has. */
export function withPeriod({ day: _before, ...wish }: SubscriptionWish, period: RelativePeriod): SubscriptionWish {
  return period === 'yesterday' ? { ...wish, period } : { ...wish, period, day: 1 };
}

/** Without what the server adds. */
export function wishOf(shown: ShownSubscription): SubscriptionWish {
  const { id: _id, next: _next, stopped: _stopped, last: _last, ...wish } = shown;
  return wish;
}

/** Its days are left out. */
const ANY_DAY = '2026-01-01';

/** "Central · rows by service · Teller: Wang". */
export function contentWords(query: string, words: ReportWords): string {
  const asked = questionOf(query, { branchId: '', today: ANY_DAY });
  const where = words.where({ branches: asked.branches.map((branchId) => ({ branchId, days: 0 })) });
  const by = words.t('schedule.by', { by: words.by(asked.by) });
  return [where === '' ? words.t('reports.ask.allBranches') : where, by, ...words.filters(asked)].join(' · ');
}

/** When it is sent, such as "Monday" or "day 3 of the month"; nothing where it is each day. */
export function dayWords(
  period: RelativePeriod,
  day: number,
  { t, weekday }: Pick<ReportWords, 't' | 'weekday'>,
): string {
  if (period === 'last-week') return weekday(day);
  return t(period === 'last-month' ? 'schedule.onDay' : 'schedule.onQuarterDay', { day });
}

export interface StateWords {
  readonly text: string;
  readonly bad: boolean;
}

/** What came of it last, or why it does not go on. */
export function stateWords(
  { stopped, last }: Pick<ShownSubscription, 'stopped' | 'last'>,
  branchId: BranchId,
  { t, moment }: Pick<ReportWords, 't' | 'moment'>,
): StateWords {
  if (stopped !== undefined) return { text: t(`schedule.stopped.${stopped}`), bad: true };
  if (last === undefined) return { text: t('schedule.last.none'), bad: false };
  const { state, at, trouble } = last;
  const named = { moment: moment(at, branchId), ...(trouble && { why: t(`schedule.trouble.${trouble}`) }) };
  const key = state === 'waiting' && trouble !== undefined ? 'late' : state;
  return { text: t(`schedule.last.${key}`, named), bad: trouble !== undefined };
}
