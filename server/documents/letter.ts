import type { Locale } from '../../domain/config.ts';
import type { BusinessDay } from '../../domain/ids.ts';
import { writtenDay } from '../../protocol/written-days.ts';
import { docxOf } from './paper.ts';
import { paragraph } from './parts.ts';

/** What a letter says. All sentences are the sender's; the letter itself only knows how letters look in its language. */
export interface Letter {
  readonly language: Locale;
  /** The bank and the branch, at the head; `lines` are the address and how to reach it. */
  readonly sender: { readonly name: string; readonly branch: string; readonly lines?: readonly string[] };
  /** The name first, then the address, one line each. */
  readonly recipientLines: readonly string[];
  readonly caseNumber?: string;
  readonly date: BusinessDay;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** "Yours faithfully" and below it who signs. */
  readonly closing: { readonly words: string; readonly lines: readonly string[] };
}

const CASE: Readonly<Record<Locale, (number: string) => string>> = {
  'zh-CN': (number) => `案件编号：${number}`,
  'zh-TW': (number) => `案件編號：${number}`,
  en: (number) => `Case number: ${number}`,
};

/** @returns the bytes of a .docx file */
export function letter(said: Letter): Promise<Buffer> {
  const { language, sender, recipientLines, caseNumber, date, subject, paragraphs, closing } = said;
  const number = caseNumber === undefined ? [] : [CASE[language](caseNumber)];
  // Chinese letters are signed on the right, with the date below the name.
  const chinese = language !== 'en';
  const signed = { withNext: true, right: chinese, after: 40 } as const;
  const day = writtenDay(language, date);
  return docxOf({
    language,
    title: [subject, ...number].join(' '),
    head: { left: sender.name, right: sender.branch },
    body: [
      ...(sender.lines ?? []).map((line) => paragraph(line, { quiet: true, after: 0 })),
      ...recipientLines.map((line, place) => paragraph(line, { after: 0, ...(place === 0 && { before: 360 }) })),
      ...(chinese ? [] : [paragraph(day, { before: 360 })]),
      ...number.map((line) => paragraph(line, { before: 240, after: 0, quiet: true, withNext: true })),
      paragraph(subject, { bold: true, before: 120, after: 200, withNext: true }),
      ...paragraphs.map((text) => paragraph(text, { after: 160 })),
      paragraph(closing.words, { before: 240, after: 480, withNext: true }),
      ...closing.lines.map((line, place) =>
        paragraph(line, { ...signed, withNext: chinese || place + 1 < closing.lines.length }),
      ),
      ...(chinese ? [paragraph(day, { ...signed, withNext: false })] : []),
    ],
  });
}
