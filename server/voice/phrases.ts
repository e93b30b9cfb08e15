import type { Locale } from '../../domain/config.ts';
import type { Phrase } from '../ports.ts';

/** What a call sounds like, sign by sign: the names of the clips, and the same for an engine that reads text. */
export interface Script {
  /** Names of clips without their ending, in order. */
  readonly clips: readonly string[];
  /** For the engine. Nothing but words of this file is in it. */
  readonly text: string;
}

/** A word: the clip's name, and how an engine is to read it. */
type Word = readonly [clip: string, read: string];

/**
 * Mandarin is given to the engine as pinyin with tones: its reader of characters says 请 in English, and reads digits as English,
 * too. Letters it knows by itself.
 */
const PINYIN_DIGITS = ['ling2', 'yi1', 'er4', 'san1', 'si4', 'wu3', 'liu4', 'qi1', 'ba1', 'jiu3'];
/** Else it is the article. */
const ENGLISH_A = 'eigh';
const ENGLISH_DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const chinese = (to: Word, counter: Word) => ({
  please: ['please', 'qing3'] as Word,
  number: ['number', 'hao4,'] as Word,
  to,
  place: {
    fixed: counter,
    floating: counter,
    device: ['machine', 'hao4 zi4 zhu4 ji1'] as Word,
    adviser: ['office', 'hao4 li3 cai2 shi4'] as Word,
  },
});
const MANDARIN = {
  'zh-CN': chinese(['to', 'dao4'], ['counter', 'hao4 chuang1 kou3']),
  'zh-TW': chinese(['to', 'zhi4'], ['counter', 'hao4 gui4 tai2']),
} as const;
const TICKET: Word = ['ticket', 'Ticket'];
const GO_TO = {
  fixed: ['to-counter', 'Please go to counter'],
  floating: ['to-counter', 'Please go to counter'],
  device: ['to-machine', 'Please go to machine'],
  adviser: ['to-office', 'Please go to office'],
} as const satisfies Record<Phrase['counter']['kind'], Word>;

export function scriptOf({ language, number, counter, form, one }: Phrase): Script {
  if (language === 'en') {
    const words: Word[] = [TICKET, ...spelled(number, language)];
    if (form === 'call') words.push(['', '.'], GO_TO[counter.kind], ...spelled(counter.label, language));
    return toScript(words);
  }
  const { please, number: hao, to, place } = MANDARIN[language];
  const words: Word[] = [please, ...spelled(number, language, one), hao];
  if (form === 'call') words.push(to, ...spelled(counter.label, language), place[counter.kind]);
  return toScript(words);
}

function toScript(words: readonly Word[]): Script {
  return {
    clips: words.flatMap(([clip]) => (clip === '' ? [] : [clip])),
    text: words.map(([, read]) => read).join(' '),
  };
}

/** Sign by sign: never "twenty-three" for 023. What is neither a letter nor a digit is not spoken. */
function spelled(text: string, language: Locale, one: Phrase['one'] = 'yi'): Word[] {
  return [...text.toUpperCase()].flatMap((sign): Word[] => {
    if (/[A-Z]/.test(sign))
      return [[`letter-${sign.toLowerCase()}`, language === 'en' && sign === 'A' ? ENGLISH_A : sign]];
    if (!/[0-9]/.test(sign)) return [];
    if (sign === '1' && language !== 'en' && one === 'yao') return [['digit-1-yao', 'yao1']];
    const digits = language === 'en' ? ENGLISH_DIGITS : PINYIN_DIGITS;
    return [[`digit-${sign}`, digits[Number(sign)] ?? '']];
  });
}
