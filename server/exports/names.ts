import type { Locale } from '../../domain/config.ts';
import type { PeriodQuery, PeriodReport, ReportNames } from '../../protocol/period-report.ts';
import type { ReportBy } from '../../protocol/report-scale.ts';
import { BY, WEEKDAYS, WORDS } from './words.ts';

/** A report with what is needed to write it down in somebody's language. */
export interface Exported {
  readonly report: PeriodReport;
  readonly language: Locale;
  readonly names: ReportNames;
}

/** `2026-11-01 – 2026-11-30`, or the one day. */
export function periodText({ from, to }: Pick<PeriodQuery, 'from' | 'to'>): string {
  return from === to ? from : `${from} – ${to}`;
}

/** The branch, or how many there are. */
export function placeText({ report, language, names }: Exported): string {
  const [first, ...others] = report.branches;
  return first !== undefined && others.length === 0
    ? nameOf(names.branches, first.branchId, language)
    : `${report.branches.length} ${WORDS.branches[language]}`;
}

/** What stands at the head of a row. */
export function rowName(exported: Exported, key: string, by: ReportBy = exported.report.query.by): string {
  const { report, language, names } = exported;
  switch (by) {
    case 'branch':
      return nameOf(names.branches, key, language);
    case 'segment':
      return nameOf(names.segments, key, language);
    case 'service':
      return nameOf(names.services, key, language);
    case 'counter': {
      const [branchId = '', counterId = key] = key.split('/');
      const branch = names.branches.find((one) => one.branchId === branchId);
      const label = branch?.counters.find(({ id }) => id === counterId)?.label ?? counterId;
      return report.branches.length > 1 ? `${branch?.name[language] ?? branchId} ${label}` : label;
    }
    case 'teller':
      return report.names[key] ?? key;
    case 'weekday':
      return WEEKDAYS[language][Number(key) - 1] ?? key;
    default:
      return key;
  }
}

/** `Service: Transfer · Teller: Wang`; undefined when nothing was picked out. */
export function filterText(exported: Exported): string | undefined {
  const { query } = exported.report;
  const picked = (['segment', 'service', 'counter', 'teller'] as const).flatMap((by) => {
    const key = query[by];
    return key === undefined ? [] : [`${BY[by][exported.language]}: ${rowName(exported, key, by)}`];
  });
  return picked.length === 0 ? undefined : picked.join(' · ');
}

/** Of a file: branch and period, nothing of a person. */
export function fileName(exported: Exported, extension: string): string {
  const { report, language } = exported;
  const { from, to } = report.query;
  const parts = [WORDS.title[language], placeText(exported), from, ...(to === from ? [] : [to])];
  return `${parts.join(' ').replace(/[\\/:*?"<>|]/g, '-')}.${extension}`;
}

interface Named {
  readonly id?: string;
  readonly branchId?: string;
  readonly name: ReportNames['services'][number]['name'];
}

function nameOf(all: readonly Named[], wanted: string, language: Locale): string {
  return all.find(({ id, branchId }) => (id ?? branchId) === wanted)?.name[language] ?? wanted;
}
