import { expect, test } from '@jest/globals';
import { fitText } from '../../display/fit-text.ts';
import { dayPhase } from '../../display/opening.ts';
import { spellOut } from '../../display/announce/browser-voice.ts';

test('a number is read sign by sign', () => {
  expect(spellOut('A023', 'zh-CN')).toBe('A 零 二 三');
  expect(spellOut('A023', 'en')).toBe('A 0 2 3');
});

test('a long text becomes smaller, a short one never larger than asked', () => {
  expect(fitText('A', 1000, 264)).toBe(264);
  expect(fitText('非现金业务', 200, 44)).toBe(40);
});

test('before and after the day are told apart by the hours of the branch, in its own time zone', () => {
  const profile = { timeZone: 'Asia/Shanghai', hours: { opens: '09:00', closes: '17:00' } };
  const at = (time: string) => Date.parse(`2026-11-24T${time}:00+08:00`);
  expect(dayPhase(false, profile, at('08:30'))).toBe('before');
  expect(dayPhase(false, profile, at('17:05'))).toBe('after');
  expect(dayPhase(true, profile, at('17:05'))).toBe('open');
});
