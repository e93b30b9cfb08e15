import type { TraceRow } from './schema.ts';

const COLUMNS = ['arrival', 'segment', 'service', 'service_seconds', 'patience_seconds'] as const;

/**
 * Reads a trace: a header line, then one customer a line. `arrival` is minutes from the opening or a clock time `9:05:30`
 * counted from `opens`; `patience_seconds` may be empty or missing: the customer stays.
 * @param opens minutes after midnight at which the run begins
 * @throws Error that names the line
 */
export function readTrace(csv: string, opens = 0): TraceRow[] {
  const lines = csv.split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.trim()));
  const header = lines[0] ?? [];
  const place = Object.fromEntries(COLUMNS.map((name) => [name, header.indexOf(name)]));
  const missing = COLUMNS.slice(0, 4).filter((name) => place[name] === -1);
  if (missing.length > 0) throw new Error(`the first line of the trace must name ${missing.join(', ')}`);
  const rows: TraceRow[] = [];
  for (const [index, cells] of lines.entries()) {
    if (index === 0 || cells.every((cell) => cell === '')) continue;
    const cell = (name: (typeof COLUMNS)[number]) => cells[place[name] ?? -1] ?? '';
    const arrival = minuteOf(cell('arrival'), opens);
    const seconds = numberOf(cell('service_seconds'));
    const patience = cell('patience_seconds') === '' ? null : numberOf(cell('patience_seconds'));
    if (!(arrival >= 0 && seconds >= 0 && (patience === null || patience >= 0)))
      throw new Error(`line ${index + 1} of the trace has a time that is no number, or is below 0`);
    rows.push([arrival, cell('segment'), cell('service'), seconds, patience]);
  }
  return rows;
}

function numberOf(text: string): number {
  return text === '' ? NaN : Number(text);
}

function minuteOf(text: string, opens: number): number {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock === null) return numberOf(text);
  return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] ?? 0) / 60 - opens;
}
