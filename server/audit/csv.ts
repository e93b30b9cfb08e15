import { CSV_MARK, csvRow } from '../csv.ts';
import type { AuditRow } from '../ports.ts';

const COLUMNS: Readonly<Record<string, (row: AuditRow) => string | number | undefined>> = {
  row: ({ seq }) => seq,
  time: ({ act }) => new Date(act.at).toISOString(),
  actor: ({ act }) => act.actor,
  device: ({ act }) => act.device,
  acts: ({ act }) => act.acts.join(' '),
  about: ({ act }) => JSON.stringify(act.about),
  before: ({ act }) => act.before && JSON.stringify(act.before),
  after: ({ act }) => act.after && JSON.stringify(act.after),
  day: ({ act }) => act.log?.day,
  version: ({ act }) => act.log?.version,
  command: ({ act }) => act.log?.commandId,
  previous: ({ previous }) => previous,
  hash: ({ hash }) => hash,
};

export function csvHead(): string {
  return CSV_MARK + csvRow(Object.keys(COLUMNS));
}

export function csvLine(row: AuditRow): string {
  return csvRow(Object.values(COLUMNS).map((column) => column(row)));
}
