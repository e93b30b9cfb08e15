import { expect, test } from '@jest/globals';
import { canReach } from '../../config/reach.ts';

const file = {
  segmentRules: [
    { when: { tiers: ['gold'] }, segment: 'vip' },
    { when: { services: ['cash'], amountBelow: 20_000 }, segment: 'machines' },
    { when: { services: ['cash', 'exchange'] }, segment: 'cash' },
    { when: {}, segment: 'rest' },
  ],
};

test.each([
  ['cash', 'vip', true],
  ['cash', 'machines', true],
  ['cash', 'cash', true],
  ['cash', 'rest', false],
  ['exchange', 'machines', false],
  ['exchange', 'rest', false],
  ['loan', 'cash', false],
  ['loan', 'rest', true],
])('the rules can send %s to %s: %s', (service, segment, expected) => {
  expect(canReach(file, service, segment)).toBe(expected);
});
