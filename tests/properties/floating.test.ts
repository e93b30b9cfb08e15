import { describe, expect, test } from '@jest/globals';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { FloatingConfig } from '../../domain/config.ts';
import type { DomainEvent } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import { MINUTE } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import { timersOf } from '../../domain/timers.ts';
import { FloatingHall } from '../support/floating-hall.ts';

/** Automatic mode, by seed: a day of rushes and lulls, tellers who work, timers at their time or late. */

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const STAFF = ['dan', 'eve', 'cat', 'ben'];
const POST = { id: 'lobby', name: { 'zh-CN': '', 'zh-TW': '', en: '' }, staff: ['eve', 'ben'], minimum: 1 };

function automatic(seed: number): Partial<FloatingConfig> {
  return {
    policy: seed % 2 === 0 ? 'threshold' : 'rolling-plan',
    mode: 'automatic',
    ...{ minOpenMinutes: 10, minClosedMinutes: 5, openingMinutes: 3, price: 2 },
    threshold: { openAbove: 1.5, closeAfterIdleMinutes: 1 },
    ...{ staff: STAFF, posts: [POST] },
  };
}

/** Two floating windows more than the small branch has. */
function busyDay(seed: number, each: (hall: FloatingHall) => void): FloatingHall {
  const chance = xoroshiro128plus(seed);
  const below = (n: number) => uniformInt(chance, 0, n - 1);
  const hall = FloatingHall.with(automatic(seed));
  const { config } = hall.day;
  const more = ['c8', 'c9'].map((id) => ({
    id,
    label: id,
    kind: 'floating',
    zone: 'hall',
    profile: 'both',
    skills: [],
  }));
  const wide = new FloatingHall();
  const counters = [...config.counters, ...(more as typeof config.counters)];
  wide.do({ type: 'OpenDay', day: hall.day.day, config: { ...config, counters } });
  wide.openCounter('c1', 'ann');
  for (let minute = 0; minute < 300; minute += 1) {
    const rush = Math.floor(minute / 40) % 2 === 1;
    for (let k = below(rush ? 4 : 1 + below(2)); k > 0; k -= 1) wide.take(below(4) === 0 ? 'account' : 'deposit');
    for (const counter of wide.day.counters.values()) {
      const inHand = wide.day.tickets.get(counter.ticketId ?? '')?.status;
      if (inHand === 'called') wide.do({ type: 'StartService', counterId: counter.id });
      else if (inHand === 'serving' && below(4) === 0)
        wide.do({ type: 'FinishService', counterId: counter.id, outcome: 'done' });
      else if (inHand === undefined && counter.status === 'open') wide.try({ type: 'CallNext', counterId: counter.id });
    }
    // Now and then the clock of the server is late by minutes.
    if (below(20) > 0) wide.pass(1);
    else wide.wait({ minutes: 1 });
    each(wide);
  }
  return wide;
}

function timesOf(log: readonly DomainEvent[], counterId: string): { open: number[]; close: number[] } {
  const at = (...types: readonly string[]) =>
    log.flatMap((event) =>
      types.includes(event.type) && 'counterId' in event && event.counterId === counterId ? [event.at] : [],
    );
  return { open: at('CounterOpened'), close: at('CounterClosed', 'CounterClosing') };
}

describe.each(SEEDS)('automatic mode, seed %i', (seed) => {
  const seated = (state: BranchDay) => new Set([...state.counters.values()].flatMap(({ tellerId }) => tellerId ?? []));
  let drained = 0;
  const hall = busyDay(seed, ({ day }) => {
    if (POST.staff.filter((id) => !seated(day).has(id)).length < POST.minimum) drained += 1;
  });
  const floating = hall.day.config.counters.filter(({ kind }) => kind === 'floating').map(({ id }) => id);

  test('the day is one in which windows open and close', () => {
    const opened = hall.log.filter(({ type, by }) => type === 'CounterOpened' && by === 'system');
    expect(opened.length).toBeGreaterThan(1);
    expect(hall.log.some(({ type, by }) => type.startsWith('CounterClos') && by === 'system')).toBe(true);
  });

  test('no window opens, closes and opens within the minimum open time, nor closes before it is over', () => {
    for (const id of floating) {
      const { open, close } = timesOf(hall.log, id);
      for (const [index, from] of open.entries()) {
        const end = close.find((at) => at > from);
        if (end !== undefined) expect(end - from).toBeGreaterThanOrEqual(10 * MINUTE);
        const next = open[index + 1];
        if (next !== undefined) expect(next - from).toBeGreaterThanOrEqual(15 * MINUTE);
      }
    }
  });

  test('a required post is never drained', () => {
    expect(drained).toBe(0);
  });

  test('a restart at any event, in the middle of an opening as well, plans the same timers', () => {
    let state: BranchDay | undefined;
    let openings = 0;
    for (const event of hall.log) {
      state = evolve(state, structuredClone(event));
      if (event.type !== 'CounterOpening') continue;
      openings += 1;
      expect(timersOf(state)).toContainEqual(
        expect.objectContaining({ command: expect.objectContaining({ type: 'OpenReadyCounter' }) }),
      );
    }
    expect(openings).toBeGreaterThan(1);
    expect(state && timersOf(state)).toEqual(timersOf(hall.day));
    expect(state?.floating).toEqual(hall.day.floating);
  });
});
