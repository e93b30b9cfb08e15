import { describe, expect, test } from '@jest/globals';
import { backtest, LEADS, type Method } from '../../simulator/backtest-methods.ts';
import { syntheticYears, ticketsOf } from '../../simulator/backtest-years.ts';

/** Not the seeds that the rates were chosen with. */
const SEEDS = [1, 2, 3, 4, 5];
const results = SEEDS.map((seed) => backtest(2, seed));

function mean(method: Method, lead: number, field: 'mape' | 'mapeOrdinary'): number {
  const rows = results.flatMap((result) => result.rows.filter((row) => row.method === method && row.lead === lead));
  return rows.reduce((sum, row) => sum + row[field], 0) / rows.length;
}

describe('the forecast on synthetic years with weekdays, paydays, holidays and a level that drifts', () => {
  test.each(LEADS)(
    '%i day(s) ahead its error is at least 30 % below seasonal naive, with and without holidays',
    (lead) => {
      for (const field of ['mape', 'mapeOrdinary'] as const) {
        expect(mean('forecast', lead, field)).toBeLessThan(0.7 * mean('seasonal naive', lead, field));
        expect(mean('forecast', lead, field)).toBeLessThan(0.9 * mean('mean of last 4', lead, field));
        expect(mean('forecast', lead, field)).toBeLessThan(0.9 * mean('mean of last 8', lead, field));
      }
    },
  );

  test('no method beats the truth, and the forecast is within a fifth of it', () => {
    expect(mean('the truth', 1, 'mape')).toBeLessThan(mean('forecast', 1, 'mape'));
    expect(mean('forecast', 1, 'mape')).toBeLessThan(1.2 * mean('the truth', 1, 'mape'));
  });

  test('8 of 10 days end within its range, and its half hours are nearer than last week copied', () => {
    const coverage = results.reduce((sum, result) => sum + result.coverage, 0) / results.length;
    expect(coverage).toBeGreaterThan(0.77);
    expect(coverage).toBeLessThan(0.84);
    for (const { halfHours } of results) expect(halfHours.forecast).toBeLessThan(0.8 * halfHours.naive);
  });
});

test('the same seed draws the same years', () => {
  expect(backtest(0.5, 7)).toEqual(backtest(0.5, 7));
  expect(syntheticYears(0.5, 7).days.map(ticketsOf)).not.toEqual(syntheticYears(0.5, 8).days.map(ticketsOf));
});
