import { expect, test } from '@jest/globals';
import { lookAhead } from '../../domain/estimate/forward.ts';
import { countersServing } from '../../domain/estimate/queue-length.ts';
import { waiterOf } from '../../domain/estimate/waiter.ts';
import { Hall } from '../support/hall.ts';
import { attemptOf, branchNo, randomSteps } from '../support/random-day.ts';

test.each([1, 2, 3])('E2, E4 in any hall (day %i): in order, never negative, for all whom somebody serves', (seed) => {
  const hall = Hall.open({ ...branchNo(seed), estimate: { method: 'forward', paths: 50 } });
  let looked = 0;
  randomSteps(seed, 300).forEach((step, place) => {
    hall.wait({ seconds: step.seconds });
    const { command, by } = attemptOf(hall.day, step);
    hall.try(command, by);
    if (place % 10 > 0) return;
    const { tickets } = lookAhead(hall.day, hall.now, [], true, 50);
    for (const ticket of hall.day.tickets.values()) {
      const quote = tickets.get(ticket.id);
      // Who lets others go first has no place in the queue to be quoted for (rule Q12).
      if (ticket.status !== 'waiting' || ticket.delayedUntil !== undefined) expect(quote).toBeUndefined();
      else expect(quote !== undefined).toBe(countersServing(hall.day, waiterOf(ticket)) > 0);
      if (quote === undefined) continue;
      const { p10, p50, p80, p90 } = quote;
      expect([0, p10, p50, p80, p90]).toEqual([0, p10, p50, p80, p90].sort((one, other) => one - other));
      looked += 1;
    }
  });
  expect(looked).toBeGreaterThan(20);
});
