import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { PeriodQuery, TicketsQuery } from '../../protocol/period-report.ts';
import { REPORT_BY } from '../../protocol/report-scale.ts';
import { daysOfMonth, daysOfWeek, overlap, plusDays, presetDays } from './periods.ts';

/** What is asked of the reports: as it stands in the address of the page, and in the one that it is asked at. */

export const PARTS = ['segment', 'service', 'counter', 'teller'] as const;
export type Part = (typeof PARTS)[number];

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Where nothing is asked: the last seven days of the branch whose console this is. */
interface Usual {
  readonly branchId: BranchId;
  readonly today: BusinessDay;
}

/** What of it makes no sense is left out. @param address as behind the `?` */
export function questionOf(address: string, { branchId, today }: Usual): PeriodQuery {
  const asked = new URLSearchParams(address);
  const usual = presetDays('last-7', today);
  const [from, to] = [dayIn(asked, 'from'), dayIn(asked, 'to')];
  const days =
    from === undefined && to === undefined ? usual : { from: from ?? to ?? usual.from, to: to ?? from ?? usual.to };
  const parts = PARTS.flatMap((part) => {
    const value = asked.get(part)?.trim() ?? '';
    return value === '' ? [] : [[part, value] as const];
  });
  return {
    ...(days.from <= days.to ? days : { from: days.to, to: days.from }),
    branches: address === '' ? [branchId] : asked.getAll('branch').filter((id) => id !== ''),
    ...Object.fromEntries(parts),
    by: REPORT_BY.find((name) => name === asked.get('by')) ?? 'day',
  };
}

/** The same question always gives the same text. */
export function addressOf(query: PeriodQuery | TicketsQuery): string {
  const { from, to, branches, by } = query;
  const asked = new URLSearchParams({ from, to });
  for (const branch of branches) asked.append('branch', branch);
  for (const part of PARTS) if (query[part] !== undefined) asked.set(part, query[part]);
  if ('weekday' in query && query.weekday !== undefined) asked.set('weekday', String(query.weekday));
  if ('slot' in query && query.slot !== undefined) asked.set('slot', String(query.slot));
  asked.set('by', by);
  return asked.toString();
}

/** Without one of the filters, or with another one. The filter on counters goes with branches that do not have it. */
export function withPart(query: PeriodQuery, part: Part, value: string | undefined): PeriodQuery {
  const { [part]: _before, ...rest } = query;
  return value === undefined ? rest : { ...rest, [part]: value };
}

/** The same without its filters; itself where it has none. Days and branches stay. */
export function unfiltered(query: PeriodQuery): PeriodQuery {
  const { from, to, branches, by } = query;
  return PARTS.some((part) => query[part] !== undefined) ? { from, to, branches, by } : query;
}

export function withBranches(query: PeriodQuery, branches: readonly BranchId[]): PeriodQuery {
  const next = { ...query, branches: [...branches] };
  const [counterBranch] = query.counter?.split('/') ?? [];
  const stays = counterBranch === undefined || branches.length === 0 || branches.includes(counterBranch);
  return stays ? next : withPart(next, 'counter', undefined);
}

/** The tickets that one row stands for. */
export function rowTickets(query: PeriodQuery, key: string): TicketsQuery {
  switch (query.by) {
    case 'branch':
      return { ...query, branches: [key] };
    case 'segment':
    case 'service':
    case 'counter':
    case 'teller':
      return { ...query, [query.by]: key };
    case 'half-hour': {
      const [hour = 0, minute = 0] = key.split(':').map(Number);
      return { ...query, slot: hour * 2 + (minute >= 30 ? 1 : 0) };
    }
    case 'weekday':
      return { ...query, weekday: Number(key) };
    case 'day':
      return { ...query, from: key, to: key };
    case 'week':
      return { ...query, ...overlap(query, daysOfWeek(key)) };
    case 'month':
      return { ...query, ...overlap(query, daysOfMonth(key)) };
  }
}

function dayIn(asked: URLSearchParams, name: string): BusinessDay | undefined {
  const value = asked.get(name) ?? '';
  return DAY.test(value) && plusDays(value, 0) === value ? value : undefined;
}
