import type { Locale, Text } from '../domain/config.ts';
import { widthInEm } from './fit-text.ts';

/** A piece of a line that fits on the ticker. */
export interface TickerPage {
  readonly lang: Locale;
  readonly text: string;
}

/** Rather at the end of a clause, when the page is at least this full. */
const FULL_ENOUGH = 0.5;

/**
 * Each line in the language of the screen, then in English; what does not fit on one page goes on on the next: text that runs, or
 * that is too small, is read by nobody.
 * @param ems how wide a page is, in em
 */
export function tickerPages(lines: readonly Text[], locale: Locale, ems: number): readonly TickerPage[] {
  return lines.flatMap((line) => {
    const languages = ([locale, 'en', 'zh-CN', 'zh-TW'] as const).filter((lang) => line[lang].trim() !== '');
    const shown = new Set<Locale>(line[locale] && locale !== 'en' && line.en ? [locale, 'en'] : languages.slice(0, 1));
    return [...shown].flatMap((lang) => pagesOf(line[lang], ems).map((text) => ({ lang, text })));
  });
}

/** Cut between Chinese characters or English words, as late as fits, at the end of a clause where there is one. */
export function pagesOf(text: string, ems: number): string[] {
  const pages: string[] = [];
  let rest = text.trim();
  while (widthInEm(rest) > ems) {
    const pieces = rest.match(/[\u2e80-\uffef][，。；：、！？）」]*|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? [rest];
    let page = '';
    let clause = '';
    for (const piece of pieces) {
      if (page !== '' && widthInEm(page + piece.trimEnd()) > ems) break;
      page += piece;
      if (/[，。；！？,.;:!?]\s*$/.test(page)) clause = page;
    }
    const cut = widthInEm(clause) >= ems * FULL_ENOUGH ? clause : page;
    pages.push(cut.trim());
    rest = rest.slice(cut.length).trim();
  }
  return rest === '' ? pages : [...pages, rest];
}
