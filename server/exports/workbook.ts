import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/node';
import {
  getCellAddress,
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
} from 'write-excel-file/utility';
import type { FigureKind } from './figures.ts';

type Written = Parameters<typeof writeExcelFile>;
/** One sheet, as the writer takes it. */
export type Sheet = Written[0][number];
type Feature = NonNullable<NonNullable<Written[1]>['features']>[number];

/** As spreadsheets write formats. The value behind stays as exact as it was counted. */
const FORMATS: Readonly<Record<FigureKind, string>> = {
  count: '#,##0',
  minutes: '#,##0.0',
  share: '0.0%',
  mark: '0.00',
  ratio: '0.00',
};

/** Height of a line of text, points. */
const LINE = 15;

export function number(kind: FigureKind, value: number | undefined): CellObject | null {
  return value === undefined ? null : { value, type: Number, format: FORMATS[kind] };
}

/** Always a text: never a formula, and no number is made of it. */
export function words(value: string, more: CellObject = {}): CellObject {
  return { value, type: String, format: '@', ...more };
}

/** @param lines that it may take */
export function head(value: string, lines = 1): CellObject {
  const look = { fontWeight: 'bold', backgroundColor: '#E8EEF5', wrap: true, alignVertical: 'center' } as const;
  return words(value, { ...look, height: LINE * lines + 3 });
}

/** A text of any length in a column, or columns, of so many characters: rows do not grow by themselves everywhere. */
export function wrapped(value: string, width: number, more: CellObject = {}): CellObject {
  const letters = [...value].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
  return words(value, {
    wrap: true,
    alignVertical: 'top',
    height: LINE * Math.ceil(Math.max(letters, 1) / width),
    ...more,
  });
}

/** A table whose head and first column stay in sight, and whose rows can be chosen from. */
export function tableSheet(name: string, rows: readonly Row[], widths: readonly number[]): Sheet {
  return {
    sheet: name,
    data: [...rows],
    columns: widths.map((width) => ({ width })),
    orientation: 'landscape',
    ...{ stickyRowsCount: 1, stickyColumnsCount: 1 },
  };
}

export function workbook(sheets: Sheet[]): Promise<Buffer> {
  return writeExcelFile(sheets, { fontFamily: 'Arial', fontSize: 10, features: [filters(sheets)] }).toBuffer();
}

/** The writer has no filters of its own. Every table gets them: those are the sheets with a head that stays. */
function filters(sheets: readonly Sheet[]): Feature {
  const order = getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet') ?? [];
  const transform = (xml: string, _sheet: unknown, { sheetIndex }: { readonly sheetIndex: number }) => {
    const { data = [], stickyRowsCount = 0 } = sheets[sheetIndex] ?? {};
    if (stickyRowsCount === 0) return xml;
    const last = getCellAddress(data.length - 1, (data[0]?.length ?? 1) - 1);
    const filter = getSelfClosingTagMarkup('autoFilter', { ref: `A1:${last}` });
    return insertElementMarkupAccordingToOrderOfSiblings(xml, filter, order, 'worksheet');
  };
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform } } } };
}
