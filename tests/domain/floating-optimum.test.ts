import { describe, expect, test } from '@jest/globals';
import { solve, type Move, type PlanModel } from '../../domain/floating/plan.ts';

/**
 * The Markov benchmark: 0.9 customers a minute, 4 windows and 3 floating ones alike, an opening takes 4 minutes on
 * average, an opening costs 4; the exact optimum of the average cost a minute for each price of a teller minute.
 * Decisions at every event; a window may be closed only while one is idle. No lock and no forecast: rates stand still.
 */
const ARRIVALS = 0.9;
const SERVICE = 0.2;
const FIXED = 4;
const FLOATING = 3;
const OPENING = 4;
const KAPPA = 4;
const MOST = 150;
const OPTIMUM = { 1: 2.833702, 2: 4.33772 } as const;

type Decide = (n: number, opening: number, open: number) => Move;

function planned(price: number): Decide {
  const model: PlanModel = {
    ...{ rates: [ARRIVALS], serviceMinutes: 1 / SERVICE, windows: FIXED, speed: FIXED },
    ...{ floating: FLOATING, floatingSpeed: 1, openingMinutes: OPENING, lockedMinutes: 0, price, openingCost: KAPPA },
    horizonMinutes: 45,
  };
  const plan = solve(model);
  return (n, opening, open) => plan.move(n, opening, 0, open);
}

/** Average cost a minute of a rule, from the stationary law of its chain. */
function averageCost(price: number, decide: Decide): number {
  const index = (n: number, opening: number, open: number) => (n * (FLOATING + 1) + opening) * (FLOATING + 1) + open;
  const size = index(MOST, FLOATING, FLOATING) + 1;
  /** Where the rule leads at once, and what its openings cost. */
  const settle = (n: number, opening: number, open: number): { at: number; paid: number } => {
    let paid = 0;
    for (let moves = 0; moves < 2 * FLOATING; moves += 1) {
      const move = decide(n, opening, open);
      if (move === 'open' && opening + open < FLOATING) {
        opening += 1;
        paid += KAPPA;
      } else if (move === 'close' && open > 0 && n < FIXED + open) open -= 1;
      else break;
    }
    return { at: index(n, opening, open), paid };
  };
  const uniform = ARRIVALS + (FIXED + FLOATING) * SERVICE + FLOATING / OPENING;
  const steps: { from: number; to: number; share: number; paid: number }[] = [];
  const holding = new Float64Array(size);
  for (let n = 0; n <= MOST; n += 1)
    for (let opening = 0; opening <= FLOATING; opening += 1)
      for (let open = 0; opening + open <= FLOATING; open += 1) {
        const from = index(n, opening, open);
        const servers = FIXED + open;
        holding[from] = Math.max(0, n - servers) + price * (opening + open);
        let stays = uniform;
        const goes = (rate: number, n2: number, opening2: number, open2: number) => {
          if (rate === 0) return;
          const { at: to, paid } = settle(n2, opening2, open2);
          steps.push({ from, to, share: rate / uniform, paid });
          stays -= rate;
        };
        goes(n < MOST ? ARRIVALS : 0, n + 1, opening, open);
        goes(Math.min(n, servers) * SERVICE, n - 1, opening, open);
        goes(opening / OPENING, n, opening - 1, open + 1);
        steps.push({ from, to: from, share: stays / uniform, paid: 0 });
      }
  let law = new Float64Array(size);
  law[settle(0, 0, 0).at] = 1;
  let cost = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const next = new Float64Array(size);
    let now = 0;
    for (let at = 0; at < size; at += 1) now += (law[at] as number) * (holding[at] as number);
    for (const { from, to, share, paid } of steps) {
      const mass = (law[from] as number) * share;
      next[to] = (next[to] as number) + mass;
      now += mass * paid * uniform;
    }
    law = next;
    const settled = round > 500 && Math.abs(now - cost) < 1e-10;
    cost = now;
    if (settled) break;
  }
  return cost;
}

/** The optimal rule, as the oracle gives it: open one more at n or above, close one at n or below, by (opening, open). */
const OPTIMAL: Readonly<Record<1 | 2, Readonly<Record<string, readonly [number, number]>>>> = {
  1: {
    ...{ '0,0': [5, -1], '0,1': [8, -1], '0,2': [10, 2], '0,3': [999, 4], '1,0': [7, -1], '1,1': [9, 1] },
    ...{ '1,2': [999, 3], '2,0': [8, -1], '2,1': [999, 2], '3,0': [999, -1] },
  },
  2: {
    ...{ '0,0': [7, -1], '0,1': [9, 2], '0,2': [12, 4], '0,3': [999, 5], '1,0': [8, -1], '1,1': [11, 3] },
    ...{ '1,2': [999, 4], '2,0': [10, -1], '2,1': [999, 3], '3,0': [999, -1] },
  },
};

describe.each([1, 2] as const)('at a price of %i', (price) => {
  test('the reckoning gives the optimum for the optimal rule', () => {
    const cost = averageCost(price, (n, opening, open) => {
      const [opens, closes] = OPTIMAL[price][`${opening},${open}`] ?? [999, -1];
      return n >= opens ? 'open' : n <= closes ? 'close' : 'nothing';
    });
    expect(cost).toBeCloseTo(OPTIMUM[price], 4);
  });

  test('F9 the rolling plan costs at most 1.03 times the exact optimum', () => {
    const cost = averageCost(price, planned(price));
    expect(cost / OPTIMUM[price]).toBeGreaterThan(0.9999);
    expect(cost / OPTIMUM[price]).toBeLessThanOrEqual(1.03);
  });
});
