import { describe, expect, test } from '@jest/globals';
import { EN } from '../../manager/messages/en.ts';
import { reportWords } from '../../manager/reports/report-words.ts';
import {
  contentWords,
  dayWords,
  standing,
  stateWords,
  usualWish,
  wishOf,
  withPeriod,
} from '../../manager/reports/schedule.ts';
import { subscriptionWishSchema, type ShownSubscription } from '../../protocol/report-subscriptions.ts';
import { RELATIVE_PERIODS } from '../../protocol/subscription-lists.ts';

const text = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en });
const branch = (branchId: string, name: string) => {
  return { branchId, name: text(name), timeZone: 'Asia/Shanghai', today: '2026-11-24', counters: [] };
};
/** As vue-i18n does it. */
function t(key: string, named: Record<string, unknown> = {}): string {
  const sentence = key
    .split('.')
    .reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], EN);
  if (typeof sentence !== 'string') throw new Error(`no words for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(named[name]));
}
const words = reportWords({
  ...{ t, locale: 'en', tellers: { '1001': 'Ann' } },
  names: {
    branches: [branch('b', 'Harbour'), branch('c', 'Garden'), branch('d', 'Central')],
    segments: [{ id: 'cash', name: text('Cash'), prefix: 'A', colour: 'blue' }],
    services: [],
  },
});
const QUERY = { from: '2026-11-01', to: '2026-11-20', branches: ['b', 'c'], segment: 'cash', by: 'teller' } as const;
const query = { ...QUERY, branches: [...QUERY.branches] };

describe('what is asked for', () => {
  test('is the report that is looked at, whatever its days are', () => {
    expect(standing(query)).toBe('branch=b&branch=c&segment=cash&by=teller');
    expect(contentWords(standing(query), words)).toBe('Harbour, Garden · rows by teller · Queue: Cash');
    expect(contentWords(standing({ ...query, branches: [] }), words)).toMatch(/^All branches · /);
  });

  test('fits what the server takes, with each period', () => {
    const wish = { ...usualWish(query, 'zh-TW'), address: 'chen@bank.example' };
    expect(wish).toMatchObject({ period: 'last-week', day: 1, hour: 7, format: 'xlsx', language: 'zh-TW' });
    for (const period of RELATIVE_PERIODS)
      expect(subscriptionWishSchema.safeParse(withPeriod({ ...wish, day: 28 }, period))).toMatchObject({
        success: true,
      });
    const shown: ShownSubscription = {
      ...wish,
      id: 's-1',
      next: 1,
      stopped: 'no-right',
      last: { at: 1, state: 'sent' },
    };
    expect(wishOf(shown)).toEqual(wish);
  });

  test('says on which day it comes', () => {
    expect([
      dayWords('last-week', 7, words),
      dayWords('last-month', 3, words),
      dayWords('last-quarter', 3, words),
    ]).toEqual(['Sunday', 'day 3 of the month', 'day 3 of the first month']);
  });
});

describe('what came of it', () => {
  const at = Date.UTC(2026, 10, 23, 23, 5);
  const say = (what: Pick<ShownSubscription, 'stopped' | 'last'>) => stateWords(what, 'b', words);

  test('is said on the clock of the branch, and with the reason when it went wrong', () => {
    expect(say({})).toEqual({ text: 'Not sent yet.', bad: false });
    expect(say({ last: { at, state: 'sent' } })).toEqual({ text: 'Sent 24 Nov 2026, 07:05.', bad: false });
    expect(say({ last: { at, state: 'waiting' } })).toEqual({
      text: 'On its way since 24 Nov 2026, 07:05.',
      bad: false,
    });
    expect(say({ last: { at, state: 'waiting', trouble: 'away' } })).toEqual({
      text: 'Not sent yet, since 24 Nov 2026, 07:05: the mail server does not answer. It is tried again for a day.',
      bad: true,
    });
    for (const trouble of ['report', 'away', 'sign-in', 'not-encrypted', 'refused'] as const)
      expect(say({ last: { at, state: 'failed', trouble } }).text).toMatch(/^Not sent, 24 Nov 2026, 07:05: the .+\.$/);
    for (const stopped of ['no-account', 'no-right'] as const)
      expect(say({ stopped, last: { at, state: 'sent' } })).toMatchObject({
        text: expect.stringMatching(/^Paused: /),
        bad: true,
      });
  });
});
