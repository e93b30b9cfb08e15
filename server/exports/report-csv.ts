import type { PeriodFigures } from '../../protocol/period-report.ts';
import { CSV_MARK, csvRow, type CsvCell } from '../csv.ts';
import { FIGURES, type FigureKind } from './figures.ts';
import { rowName, type Exported } from './names.ts';
import { BY, WORDS } from './words.ts';

/** The rows of a report and what they come to together, as a table that a spreadsheet opens by itself. */
export function reportCsv(exported: Exported): Buffer {
  const { report, language } = exported;
  const lines = [
    csvRow([BY[report.query.by][language], ...FIGURES.map(({ head }) => head[language])]),
    ...report.rows.map(({ key, figures }) => csvRow([rowName(exported, key), ...cellsOf(figures)])),
    csvRow([WORDS.total[language], ...cellsOf(report.totals)]),
  ];
  return Buffer.from(CSV_MARK + lines.join(''));
}

function cellsOf(figures: PeriodFigures): readonly CsvCell[] {
  return FIGURES.map(({ kind, of }) => {
    const value = of(figures);
    return value === undefined ? undefined : WRITTEN[kind](value);
  });
}

const WRITTEN: Readonly<Record<FigureKind, (value: number) => CsvCell>> = {
  count: (value) => value,
  minutes: (value) => rounded(value, 1),
  share: (value) => `${rounded(100 * value, 1)}%`,
  mark: (value) => rounded(value, 2),
  ratio: (value) => rounded(value, 2),
};

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
