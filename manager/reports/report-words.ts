import { clock, textIn } from '../../client/format.ts';
import type { Locale, Segment, Text } from '../../domain/config.ts';
import type { BranchId, Instant } from '../../domain/ids.ts';
import type { PeriodQuery, PeriodReport, ReportNames } from '../../protocol/period-report.ts';
import type { ReportBy } from '../../protocol/report-scale.ts';
import { dayWords } from '../insight/day-words.ts';
import { PARTS } from './question.ts';
import { slotWords } from './heat.ts';

/** What ids and days are called, in the language of the screen. An id without a name is shown as it is. */

export interface Speaking {
  readonly t: (key: string, named?: Record<string, unknown>) => string;
  readonly locale: Locale;
  readonly names: ReportNames;
  /** Of tellers, for whoever may read them. */
  readonly tellers: PeriodReport['names'];
}

export type ReportWords = ReturnType<typeof reportWords>;

export function reportWords({ t, locale, names, tellers }: Speaking) {
  const named = (list: readonly { readonly id: string; readonly name: Text }[], id: string) => {
    const found = list.find((one) => one.id === id);
    return found ? textIn(found.name, locale) : id;
  };
  const branchOf = (id: BranchId) => names.branches.find(({ branchId }) => branchId === id);
  const full = (id: BranchId) => textIn(branchOf(id)?.name ?? { 'zh-CN': id, 'zh-TW': id, en: id }, locale);
  const bank = sharedBeginning(names.branches.map(({ branchId }) => full(branchId)));
  /** Among others without the name of the bank, which all of them have. */
  const branch = (id: BranchId) => (full(id).startsWith(bank) ? full(id).slice(bank.length) : full(id));
  const zone = (id: BranchId | undefined) => (branchOf(id ?? '') ?? names.branches[0])?.timeZone ?? 'UTC';

  /** @param key `branch/counter` */
  function counter(key: string): string {
    const [branchId = '', id = key] = key.split('/');
    const label = branchOf(branchId)?.counters.find((one) => one.id === id)?.label ?? id;
    const sign = t('reports.counter', { label });
    return names.branches.length > 1 ? `${branch(branchId)} ${sign}` : sign;
  }
  function teller(id: string): string {
    const name = tellers[id];
    return name === undefined ? id : `${name} (${id})`;
  }
  const segment = (id: string) => named(names.segments, id);
  const service = (id: string) => named(names.services, id);

  /** What a row is about. */
  function row(by: ReportBy, key: string): string {
    switch (by) {
      case 'branch':
        return branch(key);
      case 'segment':
        return segment(key);
      case 'service':
        return service(key);
      case 'counter':
        return counter(key);
      case 'teller':
        return teller(key);
      case 'weekday':
        return weekday(Number(key));
      case 'day':
        return dayWords(key, locale);
      case 'week': {
        const [year = '', n = ''] = key.split('-W');
        return t('reports.week', { year, n: Number(n) });
      }
      case 'month':
        return month(key);
      case 'half-hour':
        return key;
    }
  }
  function weekday(n: number, length: 'long' | 'short' = 'long'): string {
    // The fifth of January 1970 was a Monday.
    return new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' }).format((n + 3) * 86_400_000);
  }
  function month(key: string): string {
    return new Intl.DateTimeFormat(language(locale), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      Date.parse(`${key}-01`),
    );
  }
  function date(day: string): string {
    const options = { year: 'numeric', month: locale === 'en' ? 'short' : 'long', day: 'numeric' } as const;
    return new Intl.DateTimeFormat(language(locale), { ...options, timeZone: 'UTC' }).format(Date.parse(day));
  }

  return {
    t,
    locale,
    branch,
    segment,
    /** As the chip needs it. */
    segmentOf: (id: string): Pick<Segment, 'prefix' | 'name' | 'colour'> | undefined =>
      names.segments.find((one) => one.id === id),
    service,
    services: (ids: readonly string[]) => ids.map(service).join(t('comma')),
    counter,
    /** The number on its sign alone. */
    sign: (key: string) => {
      const [branchId = '', id = key] = key.split('/');
      return branchOf(branchId)?.counters.find((one) => one.id === id)?.label ?? id;
    },
    teller,
    tellerName: (id: string) => tellers[id] ?? id,
    row,
    /** One after the other. */
    sentences: (all: readonly string[]) => all.join(locale === 'en' ? ' ' : ''),
    /** What the rows are about, inside a sentence. */
    by: (by: ReportBy) => {
      const word = t(`reports.by.${by}`);
      return locale === 'en' ? word.toLowerCase() : word;
    },
    weekday,
    halfHour: (n: number, slot: number) => t('reports.halfHour', { weekday: weekday(n), time: slotWords(slot) }),
    date,
    /** "1 to 7 Nov 2026", or the one day. */
    period: ({ from, to }: Pick<PeriodQuery, 'from' | 'to'>) =>
      from === to ? date(from) : t('reports.period', { from: date(from), to: date(to) }),
    /** Day and time at a branch. */
    moment: (at: Instant, branchId?: BranchId) =>
      t('reports.moment', { day: date(dayAt(at, zone(branchId))), time: clock(at, zone(branchId), locale) }),
    time: (at: Instant, branchId?: BranchId) => clock(at, zone(branchId), locale),
    /** Which branches: by name while they are few. */
    where({ branches }: Pick<PeriodReport, 'branches'>): string {
      const ids = branches.map(({ branchId }) => branchId);
      if (ids.length > 1 && ids.length >= names.branches.length) return t('reports.allBranches', { n: ids.length });
      return ids.length > 3 ? t('reports.someBranches', { n: ids.length }) : ids.map(branch).join(t('comma'));
    },
    /** "Queue: Cash", for each filter that is set. */
    filters: (query: PeriodQuery): string[] =>
      PARTS.flatMap((part) => {
        const value = query[part];
        return value === undefined
          ? []
          : [t('reports.filter', { name: t(`reports.by.${part}`), value: row(part, value) })];
      }),
  };
}

/** Whole words that all of several names begin with, and that none of them consists of. */
export function sharedBeginning(all: readonly string[]): string {
  const [first = '', ...others] = all;
  if (others.length === 0) return '';
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length += 1;
  const shared = first.slice(0, first.slice(0, length).lastIndexOf(' ') + 1);
  return all.includes(shared) ? '' : shared;
}

/** English as the bank writes it: day before month. */
function language(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale;
}

/** The calendar date in a time zone. */
function dayAt(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone }).format(at);
}
