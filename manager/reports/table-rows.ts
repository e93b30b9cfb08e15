import type { PeriodFigures, PeriodReport, ReportRow } from '../../protocol/period-report.ts';
import type { ReportBy } from '../../protocol/report-scale.ts';
import { FIGURE_NAMES, FIGURES, type Figure, type FigureName } from './figures.ts';

/** The rows of a report in the order that somebody chose. */

/** `key`: by what the row is about. `mix`: by how a teller's service times compare. */
export type Column = 'key' | 'mix' | FigureName;

export interface Order {
  readonly column: Column;
  readonly down: boolean;
}

const OVER_TIME: readonly ReportBy[] = ['half-hour', 'weekday', 'day', 'week', 'month'];

/** Whether the rows follow one another in time. */
export function isOverTime(by: ReportBy): boolean {
  return OVER_TIME.includes(by);
}

/** Time as it goes; else who has most customers first. */
export function usualOrder(by: ReportBy): Order {
  return isOverTime(by) ? { column: 'key', down: false } : { column: 'arrivals', down: true };
}

/** The head that was pressed: again for the other way round. Of a figure the most comes first. */
export function pressed(column: Column, before: Order): Order {
  return { column, down: before.column === column ? !before.down : column !== 'key' };
}

/** @param nameOf what a row is called, to sort by it what does not follow in time */
export function inOrder(
  { rows, query: { by } }: Pick<PeriodReport, 'rows' | 'query'>,
  { column, down }: Order,
  nameOf: (key: string) => string,
): readonly ReportRow[] {
  const way = down ? -1 : 1;
  const text = isOverTime(by) ? ({ key }: ReportRow) => key : ({ key }: ReportRow) => nameOf(key);
  return [...rows].sort((one, other) => {
    if (column === 'key') return way * text(one).localeCompare(text(other), undefined, { numeric: true });
    const [first, second] = [valueOf(column, one.figures), valueOf(column, other.figures)];
    // What has no value is last either way.
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
    return way * (first - second) || text(one).localeCompare(text(other), undefined, { numeric: true });
  });
}

/** Those that these rows can have. */
export function columnsOf({ rows, query: { by } }: Pick<PeriodReport, 'rows' | 'query'>): readonly Column[] {
  const known = FIGURE_NAMES.filter((name) => name !== 'idle' || rows.some(({ figures }) => figures.staffing));
  return ['key', ...known.slice(0, 7), ...(by === 'teller' ? (['mix'] as const) : []), ...known.slice(7)];
}

function valueOf(column: Exclude<Column, 'key'>, figures: PeriodFigures): number | undefined {
  if (column === 'mix') return figures.mix?.ratio;
  const figure: Figure = FIGURES[column];
  return figure.of(figures);
}
