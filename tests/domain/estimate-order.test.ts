import { describe, expect, test } from '@jest/globals';
import type { RoutingPolicyName, Segment } from '../../domain/config.ts';
import { CallOrder } from '../../domain/estimate/call-order.ts';
import { Crowd } from '../../domain/estimate/crowd.ts';
import { hallModel } from '../../domain/estimate/hall-model.ts';
import { leaningsOf } from '../../domain/estimate/leanings.ts';
import { Sample } from '../../domain/estimate/sample.ts';
import { Stream } from '../../domain/estimate/stream.ts';
import { MINUTE } from '../../domain/ids.ts';
import { chooseNext } from '../../domain/routing/call-order.ts';
import { POLICIES } from '../../domain/routing/policies.ts';
import { Chance } from '../../simulator/chance.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { attemptOf, branchNo, randomSteps } from '../support/random-day.ts';

const NAMES: readonly RoutingPolicyName[] = [
  'cost-of-delay',
  'wait-over-target',
  'first-come',
  'strict-priority',
  'ratio',
];

describe('the forward run calls as the hall does', () => {
  test.each(NAMES)('E4, R4 the straight line of %s orders as the policy itself', (policy) => {
    const chance = new Chance(11, policy);
    const segment = (): Segment => ({
      ...(BRANCH.segments[0] as Segment),
      rank: 1 + Math.floor(5 * chance.uniform()),
      weight: chance.between(0.5, 4),
    });
    let compared = 0;
    for (let round = 0; round < 2_000; round += 1) {
      const power = [1, 1.001, 1.5, 2, 3, 10][round % 6] ?? 2;
      const kinds = [1, 2].map(() => ({
        targetMs: chance.between(1, 40) * MINUTE,
        rate: chance.between(0.05, 1),
        segment: segment(),
        segmentCalls: Math.floor(20 * chance.uniform()),
      }));
      const waits = kinds.map(() => chance.between(0, 60) * MINUTE);
      const real = kinds.map((kind, place) => POLICIES[policy]({ ...kind, waitedMs: waits[place] ?? 0 }, power));
      const { base, slope } = leaningsOf(
        { ...BRANCH.routing, policy, power },
        kinds.map((kind) => ({ ...kind, waitedMs: MINUTE })),
      );
      const bent = kinds.map((_, place) => (base[place] ?? 0) + (slope[place] ?? 0) * (waits[place] ?? 0));
      const [one = 0, other = 0] = real;
      // Closer than this, the two ways of reckoning may round apart.
      if (Math.abs(one - other) < 1e-9 * Math.max(Math.abs(one), Math.abs(other))) continue;
      // Near power 1 the root is so steep that the smaller one is nothing: in order all the same.
      expect(Math.sign((bent[0] ?? 0) - (bent[1] ?? 0))).toBe(Math.sign(one - other));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(1_500);
  });

  test.each([1, 2, 3, 4, 5, 6])('E4 each counter takes whom it would call (day %i)', (seed) => {
    const policy = NAMES[seed % NAMES.length] ?? 'ratio';
    const branch = branchNo(seed);
    const hall = Hall.open({ ...branch, routing: { ...branch.routing, policy } });
    let looked = 0;
    for (const step of randomSteps(seed, 300)) {
      hall.wait({ seconds: step.seconds });
      const { command, by } = attemptOf(hall.day, step);
      hall.try(command, by);
      const model = hallModel(hall.day, hall.now, [], new Stream(1));
      const since = model.waiting.map((lane) => lane.map((each) => each.since));
      const crowd = new Crowd(since, model.kinds.length, 0);
      crowd.reset();
      const order = new CallOrder(model, crowd);
      const working = [...hall.day.counters.values()].filter(({ status }) => status === 'open' || status === 'opening');
      working.forEach(({ id, status }, place) => {
        const counter = model.counters[place];
        if (counter === undefined || status === 'opening') return;
        order.choose(counter, 0);
        const lane = chooseNext(hall.day, id, hall.now)?.choice.lane;
        const { entries: _, ...expected } = lane ?? { entries: [] };
        const { entries: __, ...chosen } = { entries: [], ...model.kinds[order.kind] };
        expect(chosen).toEqual(expected);
        if (lane !== undefined) looked += 1;
      });
    }
    expect(looked).toBeGreaterThan(100);
  });

  test('E4 of few futures as of many: one more falls between p10 and p90 in eight of ten', () => {
    const chance = new Chance(5, 'few');
    let inside = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const sample = new Sample(1, 25);
      for (let future = 0; future < 25; future += 1) sample.add(Float64Array.of(chance.exponential(5) * MINUTE));
      const { p10, p90 } = sample.quoteOf(0);
      const next = chance.exponential(5);
      if (next >= p10 && next <= p90) inside += 1;
    }
    expect(inside / 4_000).toBeGreaterThan(0.78);
    expect(inside / 4_000).toBeLessThan(0.82);
  });
});
