import { describe, expect, test } from '@jest/globals';
import { clock, minutesAndSeconds, rangeWords, textIn } from '../../client/format.ts';
import { COMMON_MESSAGES } from '../../client/messages.ts';
import { refusalText } from '../../client/refusal.ts';
import type { SendResult } from '../../client/connection.ts';
import type { Locale } from '../../domain/config.ts';
import type { Rejection } from '../../domain/rejections.ts';
import { EN as KIOSK_EN } from '../../kiosk/messages.en.ts';
import { ZH_CN as KIOSK_ZH_CN } from '../../kiosk/messages.zh-cn.ts';
import { ZH_TW as KIOSK_ZH_TW } from '../../kiosk/messages.zh-tw.ts';
import { EN_AUDIT } from '../../manager/messages/audit.en.ts';
import { ZH_CN_AUDIT } from '../../manager/messages/audit.zh-cn.ts';
import { ZH_TW_AUDIT } from '../../manager/messages/audit.zh-tw.ts';
import { EN_CASES } from '../../manager/messages/cases.en.ts';
import { ZH_CN_CASES } from '../../manager/messages/cases.zh-cn.ts';
import { ZH_TW_CASES } from '../../manager/messages/cases.zh-tw.ts';
import { EN_INBOX } from '../../manager/messages/inbox.en.ts';
import { ZH_CN_INBOX } from '../../manager/messages/inbox.zh-cn.ts';
import { ZH_TW_INBOX } from '../../manager/messages/inbox.zh-tw.ts';
import { EN_INSIGHT } from '../../manager/messages/insight.en.ts';
import { ZH_CN_INSIGHT } from '../../manager/messages/insight.zh-cn.ts';
import { ZH_TW_INSIGHT } from '../../manager/messages/insight.zh-tw.ts';
import { EN_REPORTS } from '../../manager/messages/reports.en.ts';
import { ZH_CN_REPORTS } from '../../manager/messages/reports.zh-cn.ts';
import { ZH_TW_REPORTS } from '../../manager/messages/reports.zh-tw.ts';
import { EN_SURVEYS } from '../../manager/messages/surveys.en.ts';
import { ZH_CN_SURVEYS } from '../../manager/messages/surveys.zh-cn.ts';
import { ZH_TW_SURVEYS } from '../../manager/messages/surveys.zh-tw.ts';
import { MESSAGES as FEEDBACK } from '../../feedback/messages.ts';
import { MESSAGES as PHONE } from '../../phone/messages.ts';

const LOCALES = Object.keys(COMMON_MESSAGES) as readonly Locale[];
const AUDIT = { 'zh-CN': ZH_CN_AUDIT, 'zh-TW': ZH_TW_AUDIT, en: EN_AUDIT };
const CASES = { 'zh-CN': ZH_CN_CASES, 'zh-TW': ZH_TW_CASES, en: EN_CASES };
const INBOX = { 'zh-CN': ZH_CN_INBOX, 'zh-TW': ZH_TW_INBOX, en: EN_INBOX };
const INSIGHT = { 'zh-CN': ZH_CN_INSIGHT, 'zh-TW': ZH_TW_INSIGHT, en: EN_INSIGHT };
const SURVEYS = { 'zh-CN': ZH_CN_SURVEYS, 'zh-TW': ZH_TW_SURVEYS, en: EN_SURVEYS };
const REPORTS = { 'zh-CN': ZH_CN_REPORTS, 'zh-TW': ZH_TW_REPORTS, en: EN_REPORTS };
const KIOSK = { 'zh-CN': KIOSK_ZH_CN, 'zh-TW': KIOSK_ZH_TW, en: KIOSK_EN };

/** Every sentence by its path. */
function sentences(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) return sentences(value, at);
    return [[at, String(value)]];
  });
}
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/** What `t` of vue-i18n does with a plain sentence. */
function translator(locale: Locale): (key: string, named: Record<string, unknown>) => string {
  const all = new Map(sentences(COMMON_MESSAGES[locale]));
  return (key, named) => (all.get(key) ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(named[name]));
}

describe.each([
  ['common', COMMON_MESSAGES],
  ['kiosk', KIOSK],
  ['phone', PHONE],
  ['feedback', FEEDBACK],
  ['surveys', SURVEYS],
  ['insight', INSIGHT],
  ['reports', REPORTS],
  ['audit', AUDIT],
  ['cases', CASES],
  ['inbox', INBOX],
])('the %s words', (_, messages: Readonly<Record<Locale, object>>) => {
  const chinese = new Map(sentences(messages['zh-CN']));

  test.each(LOCALES)(
    'in %s are whole: nothing empty, the same parameters, nothing that vue-i18n would misread',
    (locale) => {
      for (const [path, text] of sentences(messages[locale])) {
        expect([path, text.trim()]).not.toEqual([path, '']);
        expect([path, placeholders(text)]).toEqual([path, placeholders(chinese.get(path) ?? '')]);
        expect([path, text.includes('@')]).toEqual([path, false]);
      }
    },
  );

  test('of Taiwan are written, not converted', () => {
    const foreign = /窗口|信息|打印|屏幕|网点|網點|視頻|默認|菜單|登錄/;
    expect(sentences(messages['zh-TW']).filter(([, text]) => foreign.test(text))).toEqual([]);
  });
});

describe('refusals', () => {
  const refused = (rejection: Rejection): SendResult => ({ ok: false, version: 1, rejection });

  test.each([
    ['zh-CN', '过号超过 30 分钟了，请重新取一个号。'],
    ['zh-TW', '過號超過 30 分鐘了，請重新抽一張號碼牌。'],
    ['en', 'The call was more than 30 minutes ago. Please take a new number.'],
  ] as const)('in %s carry their parameters', (locale, sentence) => {
    expect(refusalText(translator(locale), refused({ code: 'rejoin-too-late', withinMinutes: 30 }))).toBe(sentence);
  });

  test('say a status in words', () => {
    const sentence = refusalText(translator('zh-CN'), refused({ code: 'ticket-not-waiting', status: 'serving' }));
    expect(sentence).toBe('这个号码不在等候中，现在是“办理中”。');
  });

  test('of the line differ from those of the branch day', () => {
    const t = translator('en');
    expect(refusalText(t, { ok: false, unsent: true })).toMatch(/nothing was sent/);
    expect(refusalText(t, { ok: false, unconfirmed: true, commandId: 'x' })).toMatch(/not be done twice/);
    expect(refusalText(t, { ok: false, problem: { code: 'too-fast', message: '' } })).toMatch(/too fast/);
    expect(refusalText(t, { ok: true, version: 1, answer: {} })).toBe('');
  });
});

describe('figures', () => {
  test('a running time', () => {
    expect([0, 221_000, 3_821_000, -5].map(minutesAndSeconds)).toEqual(['0:00', '3:41', '1:03:41', '0:00']);
  });

  test("a time of day is the branch's", () => {
    expect(clock(Date.UTC(2026, 10, 24, 2, 24, 31), 'Asia/Shanghai', 'zh-CN')).toBe('10:24');
    expect(clock(Date.UTC(2026, 10, 24, 16, 5, 9), 'Asia/Taipei', 'en', { seconds: true })).toBe('00:05:09');
  });

  test('a wait is a range in words', () => {
    const words = (fromMinutes: number, toMinutes: number) =>
      rangeWords(translator('zh-CN'), { fromMinutes, toMinutes });
    expect([words(15, 20), words(5, 5), words(0, 0), words(65, 175)]).toEqual([
      '约 15–20 分钟',
      '约 5 分钟',
      '现在无需等候',
      '1 小时以上',
    ]);
  });

  test('a text without a translation is still a text', () => {
    expect(textIn({ 'zh-CN': '现金', 'zh-TW': '', en: 'Cash' }, 'zh-TW')).toBe('Cash');
  });
});
