import { describe, expect, test } from '@jest/globals';
import { Chance } from '../../simulator/chance.ts';
import { draw, meanOf, type Law } from '../../simulator/scenario/laws.ts';
import { arrivalTimes, curveOf, expectedBySlot, type Rate } from '../../simulator/scenario/rates.ts';

const DRAWS = 40_000;

function moments(law: Law): { mean: number; cv: number } {
  const chance = new Chance(11, JSON.stringify(law));
  const values = Array.from({ length: DRAWS }, () => draw(law, chance));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
  return { mean, cv: Math.sqrt(variance) / mean };
}

describe('laws of chance have the mean and the variation that they say', () => {
  const cases: readonly (readonly [Law, number])[] = [
    [5, 0],
    [{ law: 'exponential', mean: 5 }, 1],
    [{ law: 'lognormal', mean: 5, cv: 0.8 }, 0.8],
    [{ law: 'lognormal', mean: 5, cv: 0 }, 0],
    [{ law: 'gamma', mean: 5, cv: 0.2 }, 0.2],
    [{ law: 'gamma', mean: 5, cv: 1.5 }, 1.5],
    [{ law: 'erlang', mean: 5, stages: 4 }, 0.5],
    [{ law: 'hyperexponential', mean: 5, cv: 2 }, 2],
    [{ law: 'uniform', from: 3, to: 5 }, 2 / Math.sqrt(12) / 4],
    [{ law: 'empirical', values: [2, 4] }, 1 / 3],
  ];
  test.each(cases)('%j', (law, cv) => {
    const found = moments(law);
    expect(Math.abs(found.mean / meanOf(law) - 1)).toBeLessThan(0.04);
    expect(Math.abs(found.cv - cv)).toBeLessThan(0.06 * (cv + 0.01));
  });
});

describe('arrivals follow their rate', () => {
  const rates: readonly Rate[] = [
    0.5,
    {
      steps: [
        [0, 0.2],
        [60, 1],
        [120, 0],
      ],
    },
    {
      points: [
        [0, 0],
        [90, 1],
        [180, 0.2],
      ],
    },
    { base: 0.3, peaks: [{ at: 60, height: 0.8, width: 20 }] },
    { mean: 0.6, amplitude: 0.9, period: 90 },
  ];
  test.each(rates.map((rate) => [rate] as const))('%j', (rate) => {
    const curve = curveOf(rate);
    const chance = new Chance(5, 'arrivals');
    const DAYS = 400;
    const counts = new Array<number>(6).fill(0);
    for (let day = 0; day < DAYS; day += 1)
      for (const minute of arrivalTimes(curve, 180, chance)) counts[Math.floor(minute / 30)]! += 1;
    const expected = expectedBySlot(curve, 180, 30);
    for (const [slot, count] of counts.entries()) {
      const mean = (expected[slot] ?? NaN) * DAYS;
      expect(Math.abs(count - mean)).toBeLessThanOrEqual(4.5 * Math.sqrt(mean) + 1e-9);
    }
  });

  test('a day’s luck moves and stretches the peaks and scales the whole', () => {
    const curve = curveOf(
      { base: 1, peaks: [{ at: 60, height: 2, width: 10 }] },
      { level: 2, peaks: [{ later: 5, height: 0.5 }] },
    );
    expect(curve.at(65)).toBeCloseTo(4);
    expect(curve.at(1000)).toBeCloseTo(2);
    expect(curve.highest).toBeGreaterThanOrEqual(curve.at(65));
  });
});
