import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
  type ISectionOptions,
} from 'docx';
import type { Locale } from '../../domain/config.ts';
import { fontTable, runFont } from './fonts.ts';

/** One document on A4: how it looks, whatever stands in it. Sizes of type are half points, lengths twentieths of a point. */

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const A4 = { width: 11_906, height: 16_838 };
const MARGIN = convertMillimetersToTwip(22);
/** Between the margins. */
export const TEXT_WIDTH = A4.width - 2 * MARGIN;

export const INK = {
  text: '0F1B2D',
  quiet: '566375',
  brand: '0B4F9E',
  line: 'C9D3DF',
  shade: 'E8EEF5',
  late: 'B3261E',
};

export type Block = Extract<ISectionOptions['children'], readonly unknown[]>[number];

interface Paper {
  readonly language: Locale;
  /** Of the file, for whoever looks for it. */
  readonly title: string;
  /** At the top of each page: the bank or the branch on the left, what it is on the right. */
  readonly head: { readonly left: string; readonly right: string };
  readonly body: readonly Block[];
}

/** @returns the bytes of a .docx file */
export function docxOf({ language, title, head, body }: Paper): Promise<Buffer> {
  const paper = new Document({
    title,
    creator: head.left,
    styles: stylesIn(language),
    sections: [
      {
        properties: {
          page: {
            size: A4,
            margin: {
              top: MARGIN,
              bottom: MARGIN,
              left: MARGIN,
              right: MARGIN,
              header: MARGIN / 2,
              footer: MARGIN / 2,
            },
          },
        },
        headers: { default: new Header({ children: [headLine(head)] }) },
        footers: { default: new Footer({ children: [pageLine(language)] }) },
        children: body,
      },
    ],
  });
  // The library writes a font table only for fonts that are put into the file, which would be 20 MB each.
  return Packer.toBuffer(paper, undefined, [{ path: 'word/fontTable.xml', data: fontTable() }]);
}

function stylesIn(language: Locale) {
  const chinese = language === 'en' ? 'zh-CN' : language;
  const heading = (size: number, before: number) => ({
    run: { size, bold: true, color: INK.text },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  });
  return {
    default: {
      document: {
        run: { font: runFont(language), size: 21, color: INK.text, language: { value: 'en-GB', eastAsia: chinese } },
        paragraph: { spacing: { after: 120, line: 320 } },
      },
      title: { run: { size: 40, bold: true, color: INK.text }, paragraph: { spacing: { before: 120, after: 80 } } },
      heading1: heading(28, 320),
      heading2: heading(23, 200),
    },
  };
}

function headLine({ left, right }: Paper['head']): Paragraph {
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 4, color: INK.line } },
    children: [
      new TextRun({ text: left, bold: true, size: 18, color: INK.brand }),
      new TextRun({ text: `\t${right}`, size: 18, color: INK.quiet }),
    ],
  });
}

const PAGE: Readonly<Record<Locale, readonly [string, string, string]>> = {
  'zh-CN': ['第 ', ' 页，共 ', ' 页'],
  'zh-TW': ['第 ', ' 頁，共 ', ' 頁'],
  en: ['Page ', ' of ', ''],
};

function pageLine(language: Locale): Paragraph {
  const [before, between, after] = PAGE[language];
  const children = [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after];
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ size: 18, color: INK.quiet, children })],
  });
}
