import { expect, test } from '@jest/globals';
import { shareEqual } from '../../config/share-equal.ts';
import { loadBranches } from '../../config/load.ts';

test('what comes out is what went in, and equal parts are one', () => {
  const share = shareEqual();
  const one = { name: { en: 'Hall' }, list: [1, '1', null, true, undefined], none: {}, empty: [] };
  const other = { name: { en: 'Hall' }, list: ['1', 1], named: { en: 'Hall', zh: '大堂' } };
  const [first, second] = [share(one), share(other)];
  expect(first).toEqual(one);
  expect(second).toEqual(other);
  expect(second.name).toBe(first.name);
  expect(second.named).not.toBe(first.name);
  expect(Array.isArray(first.empty)).toBe(true);
});

test('the branches of the demo share what they have in common', () => {
  const { branches } = loadBranches('config/branches');
  const [first, second] = branches.map(({ config }) => config.tiers);
  expect(first).toEqual(second);
  expect(first).toBe(second);
});
