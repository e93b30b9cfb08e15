import { describe, expect, test } from '@jest/globals';
import { steadyClock, systemClock } from '../../server/clock.ts';
import type { Clock } from '../../server/ports.ts';
import { ManualClock } from '../support/manual-clock.ts';

interface Turned {
  readonly clock: Clock;
  readonly pass: (ms: number) => Promise<void>;
}

const system = (): Turned => ({ clock: systemClock, pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
const manual = (): Turned => {
  const clock = new ManualClock();
  return { clock, pass: (ms) => clock.advanceBy(ms) };
};

describe.each([
  { name: 'of the system', open: system },
  { name: 'turned by hand', open: manual },
])('a clock $name', ({ open }) => {
  test('wakes at the time or after it, in order, once', async () => {
    const { clock, pass } = open();
    const start = clock.now();
    const woken: [string, boolean][] = [];
    clock.wakeAt(start + 120, () => woken.push(['late', clock.now() >= start + 120]));
    clock.wakeAt(start + 60, () => woken.push(['early', clock.now() >= start + 60]));
    expect(woken).toEqual([]);
    await pass(200);
    expect(woken).toEqual([
      ['early', true],
      ['late', true],
    ]);
  });

  test('wakes soon, but not at once, for a time that has passed', async () => {
    const { clock, pass } = open();
    const woken: string[] = [];
    clock.wakeAt(clock.now() - 1000, () => woken.push('past'));
    expect(woken).toEqual([]);
    await pass(50);
    expect(woken).toEqual(['past']);
  });

  test('does not wake when it was taken back', async () => {
    const { clock, pass } = open();
    const woken: string[] = [];
    const takeBack = clock.wakeAt(clock.now() + 30, () => woken.push('no'));
    const takeBackPast = clock.wakeAt(clock.now(), () => woken.push('no'));
    takeBack();
    takeBackPast();
    await pass(80);
    expect(woken).toEqual([]);
  });

  test('takes a time years ahead', async () => {
    const { clock, pass } = open();
    const woken: string[] = [];
    const takeBack = clock.wakeAt(clock.now() + 10 * 365 * 86_400_000, () => woken.push('too early'));
    await pass(50);
    takeBack();
    expect(woken).toEqual([]);
  });
});

test('the clock turned by hand fires what a wake-up plans on the way', async () => {
  const clock = new ManualClock(0);
  const woken: number[] = [];
  const tick = () => {
    woken.push(clock.now());
    clock.wakeAt(clock.now() + 10, tick);
  };
  clock.wakeAt(10, tick);
  await clock.advanceTo(35);
  expect([woken, clock.now(), clock.planned]).toEqual([[10, 20, 30], 35, 1]);
});

describe('a steady clock', () => {
  const hour = 3_600_000;
  let wall = 0;
  let even = 0;
  const pass = (ms: number) => {
    wall += ms;
    even += ms;
  };
  const open = () => {
    wall = Date.UTC(2026, 10, 24);
    even = 5;
    return steadyClock({ wall: () => wall, even: () => even });
  };

  test('is the time of the PC, also when that is put forward or has slept', () => {
    const clock = open();
    pass(10);
    expect(clock.now()).toBe(wall);
    wall += hour;
    expect(clock.now()).toBe(wall);
  });

  test('goes on when the clock of the PC is turned back, and lets it catch up', () => {
    const clock = open();
    const before = clock.now();
    wall -= hour;
    expect(clock.now()).toBe(before);
    pass(8_000);
    expect(clock.now()).toBe(before + 7_000);
    pass(8 * hour - 8_000);
    expect(clock.now()).toBe(wall);
    pass(1_000);
    expect(clock.now()).toBe(wall);
  });

  test('wakes whoever waits although the clock was turned back', async () => {
    let back = 0;
    const clock = steadyClock({ wall: () => Date.now() - back, even: () => performance.now() });
    const woken = new Promise<string>((resolve) => clock.wakeAt(clock.now() + 60, () => resolve('woken')));
    back = hour;
    expect(await woken).toBe('woken');
  });
});
