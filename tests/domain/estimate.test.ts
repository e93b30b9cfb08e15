import { describe, expect, test } from '@jest/globals';
import { LONGEST_QUEUE, lookAhead } from '../../domain/estimate/forward.ts';
import type { Waiter } from '../../domain/estimate/waiter.ts';
import type { Quote } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import type { BranchDay } from '../../domain/state.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

const PATHS = 1_000;
const FORWARD = { estimate: { method: 'forward', paths: PATHS } } as const;
const DEPOSIT: Waiter = { segment: 'cash', service: 'deposit', care: false };
const ACCOUNT: Waiter = { segment: 'non-cash', service: 'account', care: false };

function newcomer(hall: Hall, waiter: Waiter): Quote | undefined {
  return lookAhead(hall.day, hall.now, [waiter], false, PATHS).asked[0];
}

/** P(a service of this mean lasts longer than t): lognormal, with a standard deviation as large as the mean. */
function lasts(mean: number, t: number): number {
  const sigma = Math.sqrt(Math.log(2));
  const z = (Math.log(t / mean) + sigma ** 2 / 2) / sigma;
  // The normal tail by Simpson's rule.
  const steps = 400;
  const width = (10 - z) / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step += 1) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((z + step * width) ** 2) / 2);
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

/** The time that is exceeded with this probability, by bisection. */
function exceeded(share: number, survival: (t: number) => number): number {
  let low = 1e-3;
  let high = 500;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (survival(middle) > share) low = middle;
    else high = middle;
  }
  return low;
}

/** Within what a thousand paths can tell. */
function expectLaw(quote: Quote | undefined, survival: (t: number) => number): void {
  for (const [key, share] of [
    ['p10', 0.9],
    ['p50', 0.5],
    ['p80', 0.2],
    ['p90', 0.1],
  ] as const)
    expect(Math.abs((quote?.[key] ?? 0) - exceeded(share, survival))).toBeLessThan(
      0.15 + 0.1 * exceeded(share, survival),
    );
}

describe('the hall run forward', () => {
  test('E4 the next in line of one window waits for the rest of one service', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann');
    hall.take('deposit');
    hall.next('c1');
    expectLaw(newcomer(hall, DEPOSIT), (t) => lasts(5, t));
    hall.wait({ minutes: 10 });
    expectLaw(newcomer(hall, DEPOSIT), (t) => lasts(5, 10 + t) / lasts(5, 10));
  });

  test('E4 the next in line of two windows waits for the first that is done, each at its own speed', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann').openCounter('c3', 'ben');
    hall.take('deposit');
    hall.take('deposit');
    hall.next('c1');
    hall.next('c3');
    expectLaw(newcomer(hall, DEPOSIT), (t) => lasts(5, t) * lasts(2.5, t));
  });

  test('E4 the k-th in line of one window waits for k services', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann');
    hall.take('deposit');
    hall.next('c1');
    for (let ahead = 1; ahead <= 4; ahead += 1) {
      expect(Math.abs((newcomer(hall, DEPOSIT)?.mean ?? 0) / (5 * ahead) - 1)).toBeLessThan(0.08);
      hall.take('deposit');
    }
    const { tickets } = lookAhead(hall.day, hall.now, [], true, PATHS);
    const means = [...tickets.values()].map(({ mean = 0 }) => mean);
    expect(means).toHaveLength(4);
    means.forEach((mean, place) => expect(Math.abs(mean / (5 * (place + 1)) - 1)).toBeLessThan(0.08));
  });

  test('E4 an idle window and nobody ahead: no wait; one more ahead is never a shorter one', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann');
    expect(newcomer(hall, DEPOSIT)).toMatchObject({ p10: 0, p50: 0, p90: 0, mean: 0 });
    let before = 0;
    for (let ahead = 0; ahead < 12; ahead += 3) {
      for (let each = 0; each < 3; each += 1) hall.take('deposit');
      const { mean = 0 } = newcomer(hall, DEPOSIT) ?? {};
      expect(mean).toBeGreaterThan(before);
      before = mean;
    }
  });

  test('E4 who goes first by the routing goes first in every future', () => {
    const hall = Hall.open({ ...FORWARD, routing: { policy: 'strict-priority' } }).openCounter('c3', 'ann');
    hall.take('deposit');
    hall.next('c3');
    for (let each = 0; each < 5; each += 1) hall.take('account');
    const cash = newcomer(hall, DEPOSIT)?.mean ?? 0;
    const other = newcomer(hall, ACCOUNT)?.mean ?? 0;
    expect(Math.abs(cash / 5 - 1)).toBeLessThan(0.08); // rank 3 before rank 4: nobody is ahead
    expect(other).toBeGreaterThan(5 + 5 * 12 - 8);
    const prioritised = hall.take('account');
    hall.do({ type: 'PrioritiseTicket', ticketId: prioritised, reason: 'complaint' });
    const { tickets } = lookAhead(hall.day, hall.now, [], true, PATHS);
    expectLaw(tickets.get(prioritised), (t) => lasts(5, t));
  });

  test('E4 skills bind: a window that cannot do a service is no window for it', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann');
    hall.take('deposit');
    hall.next('c1');
    const alone = newcomer(hall, DEPOSIT)?.mean ?? 0;
    hall.openCounter('c3', 'dan'); // loans only
    expect(newcomer(hall, DEPOSIT)?.mean).toBeCloseTo(alone, 0);
    expect(newcomer(hall, { segment: 'non-cash', service: 'loan', care: false })?.mean).toBe(0);
  });

  test('E4 a window that helps only with late tickets calls one when it is late', () => {
    const hall = Hall.open(FORWARD).openCounter('c2', 'ann'); // helps with cash past its target of ten minutes
    expect(newcomer(hall, DEPOSIT)).toMatchObject({ p10: 10, p90: 10 });
  });

  test('E4 a window on its way counts from when it opens', () => {
    const floating = { ...BRANCH.floating, policy: 'threshold', mode: 'automatic', staff: ['ben'] } as const;
    const hall = Hall.open({ ...FORWARD, floating }).openCounter('c1', 'ann');
    for (let each = 0; each < 6; each += 1) hall.take('deposit');
    hall.next('c1');
    const coming = newcomer(hall, DEPOSIT)?.mean ?? 0;
    const manual = Hall.open(FORWARD).openCounter('c1', 'ann');
    for (let each = 0; each < 6; each += 1) manual.take('deposit');
    manual.next('c1');
    expect(coming).toBeLessThan(0.7 * (newcomer(manual, DEPOSIT)?.mean ?? 0));
  });

  test('E4 in a very long queue the queue-length rule stands in', () => {
    const hall = Hall.open({ estimate: { method: 'forward', paths: 50 } }).openCounter('c1', 'ann');
    for (let each = 0; each < LONGEST_QUEUE; each += 1) hall.take('deposit');
    expect(hall.ticket(hall.wait({ seconds: 2 }).take('deposit')).quote?.by).toBe('forward');
    expect(hall.ticket(hall.wait({ seconds: 2 }).take('deposit')).quote?.by).toBe('queue-length');
  });

  test('E4 services that take longer today than the configuration says make the waits longer', () => {
    const slow = (minutes: number) => {
      const hall = Hall.open({ ...FORWARD, calling: { ...BRANCH.calling, noShowSeconds: 3_600 } });
      hall.openCounter('c1', 'ann');
      for (let each = 0; each < 60; each += 1) {
        hall.take('deposit');
        hall.next('c1');
        hall.do({ type: 'StartService', counterId: 'c1' });
        hall.wait({ minutes }).do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
      }
      hall.take('deposit');
      hall.next('c1');
      return newcomer(hall, DEPOSIT)?.mean ?? 0;
    };
    expect(slow(10) / slow(5)).toBeGreaterThan(1.3);
  });

  test('E5 the same log gives the same quotes', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann').openCounter('c3', 'ben');
    for (let each = 0; each < 8; each += 1) hall.wait({ seconds: 40 }).take(each % 3 === 0 ? 'account' : 'deposit');
    let again: BranchDay | undefined;
    for (const event of hall.log) again = evolve(again, event);
    if (again === undefined) throw new Error('an empty log');
    expect(lookAhead(again, hall.now, [DEPOSIT, ACCOUNT], true, 200)).toEqual(
      lookAhead(hall.day, hall.now, [DEPOSIT, ACCOUNT], true, 200),
    );
  });

  test('E9 people who come within one second share one run, and each is told of those ahead', () => {
    const hall = Hall.open(FORWARD).openCounter('c1', 'ann');
    hall.take('deposit');
    hall.next('c1');
    const first = hall.ticket(hall.take('deposit')).quote;
    const second = hall.ticket(hall.take('deposit')).quote;
    expect(second?.p50).toBeCloseTo((first?.p50 ?? 0) + 5);
    expect(second?.p90).toBeCloseTo((first?.p90 ?? 0) + 5);
    const later = hall.ticket(hall.wait({ seconds: 2 }).take('deposit')).quote;
    expect(later?.p50).not.toBeCloseTo((first?.p50 ?? 0) + 10);
    expect(Math.abs((later?.mean ?? 0) / 15 - 1)).toBeLessThan(0.1);
  });
});
