import { describe, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { dayCurve, minutesToNext, usualPerHour } from '../../simulator/arrivals.ts';
import { Chance } from '../../simulator/chance.ts';
import { readOptions } from '../../simulator/demo-options.ts';
import { rosterOf } from '../../simulator/roster.ts';
import { wishOf } from '../../simulator/wish.ts';
import { DEMO_NETWORK } from './branch-folder.ts';

const configs = loadBranches(DEMO_NETWORK).branches.map(({ config }) => config);
const DRAWS = 20_000;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function draws(draw: (chance: Chance) => number): readonly number[] {
  const chance = new Chance(7, 'draws');
  return Array.from({ length: DRAWS }, () => draw(chance));
}

describe('chance', () => {
  test('is the same for the same seed and name, and another for another name or seed', () => {
    const first = (seed: number, name: string) => new Chance(seed, name).uniform();
    expect(first(1, 'c1')).toBe(first(1, 'c1'));
    expect(new Set([first(1, 'c1'), first(1, 'c2'), first(2, 'c1'), first(2, 'c2')]).size).toBe(4);
  });

  test('draws service times with the mean and the variation that were asked for', () => {
    const values = draws((chance) => chance.lognormal(5, 0.8));
    const deviation = Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    expect(mean(values)).toBeCloseTo(5, 0);
    expect(deviation / mean(values)).toBeCloseTo(0.8, 1);
    expect(Math.min(...values)).toBeGreaterThan(0);
  });

  test('draws by weight', () => {
    const values = draws((chance) => chance.weighted([[1, 9] as const, [0, 1] as const]) ?? -1);
    expect(mean(values)).toBeCloseTo(0.9, 1);
    expect(new Chance(1, 'none').weighted([])).toBeUndefined();
    expect(new Chance(1, 'none').pick([])).toBeUndefined();
  });
});

describe('arrivals', () => {
  const parts = Array.from({ length: 481 }, (_, minute) => minute / 480);

  test('the curve has two peaks and a mean of one', () => {
    const values = parts.map(dayCurve);
    const peaks = values.filter(
      (value, index) => value > (values[index - 1] ?? Infinity) && value > (values[index + 1] ?? Infinity),
    );
    expect(peaks).toHaveLength(2);
    expect(mean(values)).toBeCloseTo(1, 1);
  });

  test('a day has about as many customers as its rate says, most of them at the peaks', () => {
    const chance = new Chance(3, 'day');
    const times: number[] = [];
    for (let day = 0; day < 50; day += 1) {
      let minute = 0;
      while ((minute += minutesToNext(chance, 60, (ahead) => (minute + ahead) / 480)) < 480) times.push(minute);
    }
    const within = (from: number, to: number) => times.filter((time) => time >= from && time < to).length / 50;
    expect(times.length / 50 / 8).toBeGreaterThan(56);
    expect(times.length / 50 / 8).toBeLessThan(64);
    expect(within(90, 150)).toBeGreaterThan(1.7 * within(0, 60));
  });

  test('the usual rate follows the size of the branch', () => {
    const [garden = 0, harbour = 0, station = 0] = configs.map(usualPerHour);
    expect(harbour).toBeGreaterThan(garden);
    expect(garden).toBeGreaterThan(station);
    expect(station).toBeGreaterThan(10);
  });
});

describe.each(configs.map((config) => [config.branchId, config] as const))('in %s', (_name, config) => {
  test('customers want what the branch offers, and never the same thing twice', () => {
    const chance = new Chance(5, 'wishes');
    const wishes = Array.from({ length: 2_000 }, () => wishOf(chance, config));
    const known = new Set(config.services.map(({ id }) => id));
    expect(wishes.every(({ services }) => services.every((id) => known.has(id)))).toBe(true);
    expect(wishes.every(({ services }) => new Set(services).size === services.length)).toBe(true);
    expect(new Set(wishes.flatMap(({ services }) => services))).toEqual(known);
    expect(wishes.filter(({ careNeeds }) => careNeeds !== undefined).length / wishes.length).toBeCloseTo(0.1, 1);
    expect(wishes.some(({ tier }) => tier === 'private')).toBe(true);
    expect(wishes.some(({ amount }) => amount !== undefined && amount < 20_000)).toBe(true);
  });

  test('every window has a teller, nobody sits at two, and every service is done at one that is always open', () => {
    const roster = rosterOf(config);
    const windows = config.counters.filter(({ kind }) => kind !== 'device').map(({ id }) => id);
    expect([...roster.keys()].sort()).toEqual([...windows].sort());
    expect(new Set(roster.values()).size).toBe(windows.length);
    const always = config.counters.filter(({ kind }) => kind === 'fixed' || kind === 'adviser');
    const held = always.map(({ id }) => roster.get(id)?.skills.map(({ skill }) => skill) ?? []);
    for (const { skills } of config.services) {
      expect(held.some((person) => skills.every((skill) => person.includes(skill)))).toBe(true);
    }
  });
});

describe('the options of the demo', () => {
  test('have defaults', () => {
    expect(readOptions([])).toMatchObject({ options: { speed: 10, branches: [], seed: 1, data: './data/demo' } });
  });

  test('are read', () => {
    const read = readOptions([
      '--speed',
      '20',
      '--branch',
      'harbour',
      '--branch',
      'garden',
      '--per-hour',
      '60',
      '--leave',
      'c3',
    ]);
    expect(read).toMatchObject({ options: { speed: 20, branches: ['harbour', 'garden'], perHour: 60, leave: ['c3'] } });
  });

  test('are refused with a sentence for each', () => {
    const read = readOptions(['--speed', 'fast', '--per-hour', '0', '--url', 'localhost']);
    expect(read).toEqual({
      errors: [
        '--speed must be a number from 0.1 to 100, not "fast"',
        '--per-hour must be a number from 1 to 2000, not "0"',
        '--url must begin with http:// or https://',
      ],
    });
    expect(readOptions(['--sped', '3'])).toHaveProperty('errors');
    expect(readOptions(['--help'])).toEqual({ help: true });
  });
});
