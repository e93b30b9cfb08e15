import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { INK, TEXT_WIDTH } from './paper.ts';

/**
 * What documents are made of. A row of a table is never cut by the end of a page, a short table is on one page whole, and the head of a
 * long one stands on each of its pages.
 */

/** Tables of so many rows stay on one page. */
const SHORT = 14;

export function title(text: string): Paragraph {
  return new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(text)] });
}

export function heading(text: string, level: 1 | 2 = 1): Paragraph {
  return new Paragraph({ heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2, text });
}

export interface Look {
  readonly bold?: boolean;
  readonly quiet?: boolean;
  /** Stays on the page of what follows. */
  readonly withNext?: boolean;
  readonly right?: boolean;
  /** Free room above, in twentieths of a point. */
  readonly before?: number;
  readonly after?: number;
}

export function paragraph(text: string, { bold, quiet, withNext, right, before, after }: Look = {}): Paragraph {
  const spacing = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  return new Paragraph({
    spacing,
    keepNext: withNext ?? false,
    alignment: right === true ? AlignmentType.RIGHT : AlignmentType.LEFT,
    children: [new TextRun({ text, bold: bold ?? false, ...(quiet === true && { color: INK.quiet, size: 19 }) })],
  });
}

/** A thing and what it is, one below the other, without lines. */
export function keyValues(rows: readonly (readonly [string, string])[]): Table {
  const widths = [0.34, 0.66].map((share) => Math.round(share * TEXT_WIDTH));
  return tableOf(
    widths,
    rows.map(
      ([key, value], place) =>
        new TableRow({
          cantSplit: true,
          children: [
            cell([run(key, { quiet: true })], { width: widths[0], lines: 'none', withNext: staysWith(rows, place) }),
            cell([run(value)], { width: widths[1], lines: 'none', withNext: staysWith(rows, place) }),
          ],
        }),
    ),
  );
}

export interface Column {
  readonly head: string;
  /** Of the width of the page; all together are 1. */
  readonly share: number;
  readonly number?: boolean;
}

/** `late`: told apart by colour and weight beside its words. */
export type Figure = string | { readonly text: string; readonly late: true };

export function figuresTable(columns: readonly Column[], rows: readonly (readonly Figure[])[]): Table {
  const widths = columns.map(({ share }) => Math.round(share * TEXT_WIDTH));
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ head: text, number }, place) =>
      cell([run(text, { head: true })], { width: widths[place], right: number, shade: INK.shade, withNext: true }),
    ),
  });
  const body = rows.map(
    (figures, line) =>
      new TableRow({
        cantSplit: true,
        children: figures.map((figure, place) => {
          const look = typeof figure === 'string' ? {} : { late: true };
          const text = typeof figure === 'string' ? figure : figure.text;
          const { number: right } = columns[place] ?? {};
          return cell([run(text, look)], { width: widths[place], right, withNext: staysWith(rows, line) });
        }),
      }),
  );
  return tableOf(widths, [head, ...body]);
}

export interface Bar {
  readonly label: string;
  /** 0 to `most`. */
  readonly value: number;
  /** How the value is written. */
  readonly text: string;
}

/** So many columns of the table make the longest bar. */
const STEPS = 40;

/** A small picture that needs no picture: shaded cells, as sharp on paper as on a screen. */
export function bars(values: readonly Bar[], most: number): Table {
  const [label, text] = [0.3, 0.14].map((share) => Math.round(share * TEXT_WIDTH)) as [number, number];
  const step = Math.floor((TEXT_WIDTH - label - text) / STEPS);
  return tableOf(
    [label, text, ...Array<number>(STEPS).fill(step)],
    values.map((bar, place) => {
      const withNext = staysWith(values, place);
      const long = most === 0 ? 0 : Math.min(STEPS, Math.round((bar.value / most) * STEPS));
      const piece = (span: number, shade?: string) =>
        span === 0 ? [] : [cell([], { width: span * step, span, shade, lines: 'gap', withNext })];
      return new TableRow({
        cantSplit: true,
        children: [
          cell([run(bar.label)], { width: label, lines: 'none', withNext }),
          cell([run(bar.text, { bold: true })], { width: text, right: true, lines: 'none', withNext }),
          ...piece(long, INK.brand),
          ...piece(STEPS - long, INK.shade),
        ],
      });
    }),
  );
}

function staysWith(rows: readonly unknown[], place: number): boolean {
  return rows.length <= SHORT && place + 1 < rows.length;
}

function tableOf(columnWidths: readonly number[], rows: readonly TableRow[]): Table {
  return new Table({
    columnWidths: [...columnWidths],
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    rows,
  });
}

function run(
  text: string,
  look: { readonly bold?: boolean; readonly quiet?: boolean; readonly head?: boolean; readonly late?: boolean } = {},
): TextRun {
  return new TextRun({
    text,
    size: look.head ? 18 : 20,
    bold: (look.bold ?? look.late ?? look.head) === true,
    ...((look.quiet || look.head) && { color: INK.quiet }),
    ...(look.late && { color: INK.late }),
  });
}

interface CellLook {
  readonly width: number | undefined;
  readonly span?: number;
  readonly right?: boolean | undefined;
  readonly shade?: string | undefined;
  readonly withNext?: boolean;
  /** `gap`: white above and below, so that shaded cells are bars. */
  readonly lines?: 'below' | 'none' | 'gap';
}

function cell(runs: readonly TextRun[], look: CellLook): TableCell {
  const { width = 0, span = 1, right, shade, withNext = false, lines = 'below' } = look;
  const none = { style: BorderStyle.NIL, size: 0, color: 'auto' } as const;
  const white = { style: BorderStyle.SINGLE, size: 48, color: 'FFFFFF' } as const;
  const below = { style: BorderStyle.SINGLE, size: 4, color: INK.line } as const;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    columnSpan: span,
    verticalAlign: VerticalAlignTable.CENTER,
    ...(shade !== undefined && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: shade } }),
    borders: {
      left: none,
      right: none,
      top: lines === 'gap' ? white : none,
      bottom: lines === 'gap' ? white : lines === 'below' ? below : none,
    },
    margins: { top: 40, bottom: 40, left: lines === 'below' ? 80 : 0, right: lines === 'gap' ? 0 : 80 },
    children: [
      new Paragraph({
        alignment: right === true ? AlignmentType.RIGHT : AlignmentType.LEFT,
        keepNext: withNext,
        spacing: { before: 0, after: 0, line: lines === 'gap' ? 220 : 280 },
        children: [...runs],
      }),
    ],
  });
}
