import { describe, expect, test } from '@jest/globals';
import type { ForecastReport, EffectReport, DayFigures } from '../../protocol/reports.ts';
import type { PolicyOutcome } from '../../protocol/what-if.ts';
import {
  meanWait,
  onSlots,
  slotRange,
  ticketsOnSlots,
  toldOnAverage,
  windowsOnSlots,
  worstSlot,
} from '../../manager/insight/day-series.ts';
import { followedRows } from '../../manager/insight/figures/effect-rows.ts';
import { heatOf } from '../../manager/insight/heat.ts';
import { signedTenths } from '../../manager/insight/numbers.ts';
import { isValid, NO_CHANGES, policyOf, PRESETS, type Preset } from '../../manager/insight/what-if/presets.ts';
import { bestOf, halfHoursShown, headlineOf, onHalfHours } from '../../manager/insight/what-if/side-by-side.ts';
import { hashOf, placeOf } from '../../manager/place.ts';
import { whatIfRequestSchema } from '../../protocol/what-if.ts';

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 10, 24);
const slotAt = (slot: number, more: object = {}) => ({ slot, called: 1, mean: 1, longest: 1, target: 10, ...more });

function figures(more: Partial<DayFigures> = {}): DayFigures {
  return {
    ...{ from: FROM, slotMinutes: 30, until: FROM + 24 * 60 * MINUTE, over: true, windowHours: 0 },
    ...{ issued: 0, finished: 0, missed: 0, left: 0, called: 0, meanWait: 0, longestWait: 0 },
    ...{ waits: { all: [], segments: {} }, windows: [], needed: [], within: {} },
    ...more,
  };
}

describe('the address says the page and the day', () => {
  test.each([
    ['', { page: 'live' }],
    ['#/queue', { page: 'queue' }],
    ['#/figures?day=2026-11-23', { page: 'figures', day: '2026-11-23' }],
    ['#/what-if', { page: 'what-if' }],
    ['#/figures?day=yesterday', { page: 'figures' }],
    ['#/nowhere', { page: 'live' }],
  ] as const)('%s', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
    expect(placeOf(hashOf(place))).toEqual(place);
  });
});

describe('a day on its half hours', () => {
  test('shows from the first to the last in which something came or was expected', () => {
    const forecast = { forecast: { a: [0, 0.4, 0, 0, 0, 0.6] }, came: { a: [0, 0, 0] } } as unknown as ForecastReport;
    const day = figures({ waits: { all: [slotAt(3)], segments: {} }, needed: [{ slot: 2, windows: 1 }] });
    expect(slotRange(day, forecast)).toEqual({ first: 2, last: 5 });
    expect(slotRange(day, undefined)).toEqual({ first: 2, last: 3 });
    expect(slotRange(figures(), undefined)).toBeUndefined();
  });

  test('has nothing where nobody came, and nothing of what has not come yet', () => {
    const range = { first: 1, last: 4 };
    expect(onSlots(range, [slotAt(2, { mean: 7 })], ({ mean }) => mean)).toEqual([null, 7, null, null]);
    expect(ticketsOnSlots(range, { a: [9, 1, 2, 3, 4], b: [0, 1, 0, 1, 0] }, 3)).toEqual([2, 2, 4, null]);
    expect(ticketsOnSlots(range, undefined)).toEqual([]);
  });

  test('counts the windows by how long they were open', () => {
    const at = (minutes: number, open: number, floating: number) => ({ at: FROM + minutes * MINUTE, open, floating });
    const day = figures({
      windows: [at(0, 0, 0), at(30, 3, 0), at(45, 4, 1), at(90, 2, 0)],
      until: FROM + 105 * MINUTE,
    });
    expect(windowsOnSlots(day, { first: 0, last: 4 })).toEqual({
      fixed: [0, 3, 3, 2, null],
      floating: [0, 0.5, 1, 0, null],
    });
  });

  test('is judged by its customers, not by its half hours', () => {
    const slots = [
      slotAt(1, { called: 3, mean: 2, told: { p50: 1, p80: 4 } }),
      slotAt(2, { called: 1, mean: 10, told: { p50: 5, p80: 8 } }),
      slotAt(3, { called: 4, mean: 1 }),
    ];
    expect(meanWait(slots)).toBe(2.5);
    expect(toldOnAverage(slots)).toEqual({ p50: 2, p80: 5 });
    expect(toldOnAverage([slotAt(1)])).toBeUndefined();
    expect(worstSlot(slots)?.slot).toBe(2);
  });
});

test('a promise held in all, in some, in none of its figures', () => {
  const margins = { waiting: { margin: 2 }, mean: { margin: 2 }, longest: { margin: 4 } };
  const promised = { before: { waiting: 9, mean: 9, longest: 20 }, after: { waiting: 4, mean: 4, longest: 20 } };
  const row = (came?: object) => ({ id: 'p', kind: 'open', status: 'approved', promised, came });
  const proposals = [
    row({ waiting: 6, mean: 6, longest: 25 }),
    row({ waiting: 6.1, mean: 1, longest: 25.1 }),
    row({ waiting: 9, mean: 9, longest: 30 }),
    row(),
    { id: 'h', kind: 'extend-hours', status: 'approved' },
    { id: 'd', kind: 'open', status: 'dismissed', promised },
  ];
  const rows = followedRows({ proposals, kept: margins } as unknown as EffectReport);
  expect(rows.map(({ held }) => held)).toEqual(['yes', 'partly', 'no', undefined, undefined]);
  expect(rows[4]?.figures).toBeUndefined();
});

test('a figure with its sign', () => {
  expect([0.44, -1.26, 0.04, -0.04].map(signedTenths)).toEqual(['+0.4', '−1.3', '0.0', '0.0']);
});

describe('rules to compare with', () => {
  const preset = (id: Preset['id']) => PRESETS.find((each) => each.id === id)!;

  test('say only what they change', () => {
    expect(policyOf(preset('manual'), NO_CHANGES, 'n')).toEqual({ name: 'n', floating: { policy: 'manual' } });
    expect(policyOf(preset('first-come'), NO_CHANGES, 'n')).toEqual({ name: 'n', routing: { policy: 'first-come' } });
    expect(policyOf(preset('plan-5'), { numbers: { price: 4 }, mode: 'automatic', routing: 'ratio' }, 'n')).toEqual({
      name: 'n',
      floating: { policy: 'rolling-plan', mode: 'automatic', price: 4, openingCost: 4, minOpenMinutes: 15 },
      routing: { policy: 'ratio' },
    });
  });

  test('are understood by the server at both ends of every number', () => {
    for (const { id, parameters } of PRESETS)
      for (const end of ['least', 'most'] as const) {
        const numbers = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter[end]]));
        const policies = [policyOf(preset(id), { numbers }, 'n')];
        expect(whatIfRequestSchema.safeParse({ day: '2026-11-23', policies }).error).toBeUndefined();
      }
  });

  test('take no number beyond its limits', () => {
    const [openAbove] = preset('threshold').parameters;
    expect([undefined, 0.5, 20, 0, 21, NaN].map((value) => isValid(openAbove!, value))).toEqual([
      ...[true, true, true],
      ...[false, false, false],
    ]);
  });
});

describe('two courses of a day', () => {
  const outcome = (mean: number, floatingHours: number, more: object = {}): PolicyOutcome =>
    ({
      ...{ name: 'n', served: 1, left: 0, missed: 0, unserved: 0, floatingHours, openings: 1, halfHours: [] },
      wait: { tickets: 1, mean, p50: mean, p90: mean, p99: mean, withinTarget: 0.9, late: 1 },
      ...more,
    }) as unknown as PolicyOutcome;

  test('in one sentence', () => {
    expect(headlineOf(outcome(3, 2), outcome(2, 1.5))).toEqual({ wait: 'better', hours: 'less', minutes: 30 });
    expect(headlineOf(outcome(3, 2), outcome(4, 2))).toEqual({ wait: 'worse', hours: 'equal', minutes: 0 });
    expect(headlineOf(outcome(3, 2), outcome(3.04, 3))).toEqual({ wait: 'same', hours: 'more', minutes: 60 });
  });

  test('the best is named only where there is one', () => {
    expect([...bestOf([outcome(3, 1), outcome(2, 1), outcome(2.01, 1)], 'mean')]).toEqual([1, 2]);
    expect([...bestOf([outcome(3, 1), outcome(2, 1)], 'hours')]).toEqual([]);
    const share = (withinTarget: number) => outcome(1, 1, { wait: { withinTarget } });
    expect([...bestOf([share(0.8), share(0.9)], 'within')]).toEqual([1]);
  });

  test('on the same half hours, from the first customer to the last', () => {
    const half = (place: number, tickets: number, waiting = 0) => ({
      from: FROM + place * 30 * MINUTE,
      tickets,
      waiting,
      windows: 1,
      floatingWindows: 0,
      ...(tickets && { meanWait: 5 }),
    });
    const short = outcome(1, 1, { halfHours: [half(18, 0), half(19, 2)] });
    const long = outcome(1, 1, { halfHours: [half(18, 0), half(19, 2), half(20, 0, 3), half(21, 0)] });
    const shown = halfHoursShown({ policies: [short, long] } as unknown as Parameters<typeof halfHoursShown>[0]);
    expect(shown).toEqual([FROM + 19 * 30 * MINUTE, FROM + 20 * 30 * MINUTE]);
    expect(onHalfHours(short, shown, ({ meanWait: wait }) => wait)).toEqual([5, null]);
    expect(onHalfHours(long, shown, ({ floatingWindows }) => floatingWindows)).toEqual([0, 0]);
  });
});

describe('the heat of the weeks', () => {
  const day = (date: string, ...counts: number[]) => ({ day: date, came: { cash: counts } });

  test('is the mean of each weekday and half hour, without the empty edges of the day', () => {
    const heat = heatOf([
      day('2026-11-16', 0, 4, 8, 0),
      day('2026-11-23', 0, 2, 2, 0),
      day('2026-11-24', 0, 0, 3, 0),
      day('2026-11-22', 0, 0, 0, 0),
    ]);
    expect(heat.weekdays).toEqual([0, 1]);
    expect(heat.slots).toEqual([1, 2]);
    expect(heat.cells.map(({ tickets }) => tickets)).toEqual([3, 5, 0, 3]);
    expect(heat).toMatchObject({ busiest: { weekday: 0, slot: 2, tickets: 5 }, days: 3 });
  });

  test('of no day at all is nothing', () => {
    expect(heatOf([])).toEqual({ cells: [], weekdays: [], slots: [], busiest: undefined, days: 0 });
  });
});
