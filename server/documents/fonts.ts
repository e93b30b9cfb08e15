import type { Locale } from '../../domain/config.ts';

/**
 * Nothing is put into the file: a document names the free font that this system is made with, and in its font table the one that
 * every office machine has instead. Simplified and traditional characters each need a font of their own.
 */
const CHINESE = {
  'zh-CN': { name: 'Noto Sans CJK SC', instead: 'Microsoft YaHei', charset: '86' },
  'zh-TW': { name: 'Noto Sans CJK TC', instead: 'Microsoft JhengHei', charset: '88' },
} as const;

/** For letters and digits of every language the same font is taken as for the characters around them. */
export function runFont(language: Locale) {
  const { name } = CHINESE[language === 'en' ? 'zh-CN' : language];
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
}

export function fontTable(): string {
  const fonts = Object.values(CHINESE).map(
    ({ name, instead, charset }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="${charset}"/>` +
      '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>',
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join('')}</w:fonts>`
  );
}
