import { describe, expect, test } from '@jest/globals';
import { missingOf, type Draft } from '../../feedback/draft.ts';
import { followPath, placeOf } from '../../feedback/place.ts';
import {
  missingOf as missingOfSurvey,
  newDraft,
  sentDraft,
  withQuestion,
} from '../../manager/voice/surveys/survey-draft.ts';

const at = (address: string) => placeOf(new URL(address, 'https://queue.bank.example'));

describe('the public page', () => {
  test('finds what somebody came for in the address; keys stand behind the hash', () => {
    expect(at('/feedback/')).toEqual({ page: 'tell' });
    expect(at('/feedback/?branch=b#ticket=abc')).toEqual({ page: 'tell', branchId: 'b', ticketId: 'abc' });
    expect(at('/feedback/?survey=s1&branch=b#ticket=t')).toMatchObject({
      page: 'survey',
      surveyId: 's1',
      ticketId: 't',
    });
    expect(at('/feedback/?preview')).toEqual({ page: 'preview' });
    const path = followPath({ isCase: true, number: 'C2026-000012' }, 'a-key', 'en');
    expect(path).toBe('/feedback/case/C2026-000012?lang=en#a-key');
    expect(at(path)).toEqual({ page: 'case', number: 'C2026-000012', key: 'a-key' });
    expect(at(followPath({ isCase: false, number: 'V26-00001' }, 'k', 'zh-TW'))).toMatchObject({
      page: 'item',
      key: 'k',
    });
  });

  test('says what is missing before it sends anything', () => {
    const empty: Draft = {
      ...{ key: 'k', nature: 'complaint', text: ' ', branchId: '', day: '', ticketNumber: '' },
      ...{ name: '', mail: '', phone: '' },
    };
    expect(missingOf(empty, false)).toEqual(['needBranch', 'needText', 'needContact']);
    const said = { ...empty, branchId: 'b', text: 'x' };
    expect(missingOf(said, true)).toEqual([]);
    expect(missingOf({ ...said, nature: 'suggestion' }, false)).toEqual([]);
    expect(missingOf({ ...said, mail: 'a@b' }, false)).toEqual(['badMail']);
    expect(missingOf({ ...said, phone: 'call me' }, false)).toEqual(['badPhone']);
    expect(missingOf({ ...said, mail: ' li@bank.example ', phone: '+86 138-0000 0000' }, false)).toEqual([]);
  });
});

describe('the editor of a survey', () => {
  test('gives each question an id that no other has, and sends choices only where there is something to choose', () => {
    const own = withQuestion(withQuestion([], 'text'), 'choice').filter(({ id }) => id !== 'q1');
    expect(own.map(({ id }) => id)).toEqual(['q2']);
    const all = ['scale', 'scale', 'scale', 'scale', 'scale'] as const;
    const five = all.reduce((questions, kind) => withQuestion(questions, kind), own);
    expect(five.map(({ id }) => id).sort()).toEqual(['q1', 'q2', 'q3', 'q4', 'q5']);
    const sent = sentDraft({ ...newDraft('b', false), own: five });
    expect(sent).toMatchObject({
      owner: 'branch',
      branches: ['b'],
      own: [{ choices: [{}, {}] }, { choices: [] }, {}, {}, {}],
    });
    expect(sent).not.toHaveProperty('quota');
  });

  test('says what is missing in any of its languages', () => {
    const draft = { ...newDraft('b', true), from: '2026-12-01', to: '2026-11-30', ways: [] };
    expect(missingOfSurvey(draft)).toEqual(['name', 'days', 'ways']);
    const named = { ...draft, to: '2026-12-31', languages: ['en' as const], ways: ['link' as const] };
    expect(missingOfSurvey({ ...named, name: { 'zh-CN': '', 'zh-TW': '', en: 'Autumn' } })).toEqual([]);
    const own = withQuestion([], 'choice').map((question) => ({ ...question, text: { ...question.text, en: 'How?' } }));
    expect(missingOfSurvey({ ...named, own })).toEqual(['name', 'choices']);
  });
});
