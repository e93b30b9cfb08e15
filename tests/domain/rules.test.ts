import { expect, test } from '@jest/globals';
import { quotedRules, RULE_NUMBERS } from '../support/rules.ts';

const quoted = quotedRules(new URL('./', import.meta.url));

test('RULES.md numbers its rules, each once', () => {
  expect(RULE_NUMBERS.length).toBeGreaterThan(50);
  expect(RULE_NUMBERS).toEqual([...new Set(RULE_NUMBERS)]);
});

test('every rule of RULES.md is quoted in the title of at least one test of this folder', () => {
  const tested = new Set(quoted.map(({ number }) => number));
  expect(RULE_NUMBERS.filter((number) => !tested.has(number))).toEqual([]);
});

test('no test quotes a rule that RULES.md does not have', () => {
  expect(quoted.filter(({ number }) => !RULE_NUMBERS.includes(number))).toEqual([]);
});
