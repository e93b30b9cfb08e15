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

/** With the mark that tells spreadsheets that this is UTF-8. */
export function csvHead(): string {
  return `\uFEFF${Object.keys(COLUMNS).join(',')}\r\n`;
}

export function csvLine(row: AuditRow): string {
  const cells = Object.values(COLUMNS).map((column) => cell(column(row)));
  return `${cells.join(',')}\r\n`;
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = String(value);
  // A spreadsheet would run what begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
