import { describe, expect, test } from '@jest/globals';
import type { Locale } from '../../domain/config.ts';
import type { Page } from '../../kiosk/flow.ts';
import { EN } from '../../kiosk/messages.en.ts';
import { ZH_CN } from '../../kiosk/messages.zh-cn.ts';
import { ZH_TW } from '../../kiosk/messages.zh-tw.ts';
import type { PersonState } from '../../kiosk/person.ts';
import type { Hall } from '../../kiosk/use-kiosk.ts';
import { personPhrase, phraseOf, type Scene } from '../../kiosk/voice/phrase.ts';

const WORDS = { 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN };
/** Every page and every state of the hall; one that is missing here does not compile. */
const PAGES: Readonly<Record<Page['at'], true>> = {
  ...{ home: true, services: true, several: true, care: true, identify: true, guide: true, 'guide-of': true },
  ...{ offer: true, taking: true, refused: true, ticket: true },
};
const HALLS: Readonly<Record<Hall, true>> = {
  ...{ connecting: true, away: true, before: true, after: true, shut: true, offline: true, open: true },
};
const PERSON: Readonly<Record<PersonState, true>> = {
  nobody: true,
  asking: true,
  called: true,
  coming: true,
  failed: true,
};

const scenes = (Object.keys(PAGES) as Page['at'][]).flatMap((page) =>
  (Object.keys(HALLS) as Hall[]).flatMap((hall) => [false, true].map((idle): Scene => ({ page, hall, idle }))),
);

describe('K9 the voice', () => {
  test.each(Object.keys(WORDS) as Locale[])('has a phrase for every state of the screen in %s', (locale) => {
    const { say, person } = WORDS[locale].kiosk;
    for (const scene of scenes) expect([scene, say[phraseOf(scene)]]).toEqual([scene, expect.stringMatching(/\S/)]);
    for (const state of Object.keys(PERSON) as PersonState[]) {
      const what = personPhrase(state);
      if (what !== undefined) expect(person[what]).toMatch(/\S/);
    }
  });

  test('asks first whether somebody is there, then tells of the hall where numbers are taken, then of the page', () => {
    expect(phraseOf({ page: 'guide', hall: 'open', idle: true })).toBe('idle');
    expect(phraseOf({ page: 'home', hall: 'after', idle: false })).toBe('after');
    expect(phraseOf({ page: 'home', hall: 'open', idle: false })).toBe('home');
    // Who has a number or reads the guide hears that, whatever the hall is like.
    expect(phraseOf({ page: 'ticket', hall: 'after', idle: false })).toBe('ticket');
    expect(phraseOf({ page: 'guide-of', hall: 'away', idle: false })).toBe('guide-of');
  });
});
