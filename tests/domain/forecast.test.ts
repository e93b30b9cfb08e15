import { describe, expect, test } from '@jest/globals';
import type { Forecast } from '../../domain/config.ts';
import { dayFacts, type DayFacts } from '../../domain/forecast/calendar.ts';
import { EMPTY_MODEL, forecastDay, lastLearned, learnDay, type ForecastModel } from '../../domain/forecast/forecast.ts';
import { expectedBetween, levelNow } from '../../domain/forecast/intraday.ts';
import { likelyRange } from '../../domain/forecast/volume.ts';
import { MINUTE } from '../../domain/ids.ts';
import { managerView } from '../../domain/views/manager-view.ts';
import { DAY, OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

const CALENDAR = { holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-12-25'], paydays: [10, 25, 31] };
const CLOCK = Array.from({ length: 48 }, (_, index) => index);
const HALF_HOURS = { from: 0, clock: CLOCK };

const marks = (day: string) => {
  const { day: _day, weekday: _weekday, dayOfMonth: _dayOfMonth, ...rest } = dayFacts(day, CALENDAR);
  return Object.keys(rest);
};

/** The dates from a Monday on, without a calendar. */
const dates = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    dayFacts(new Date(Date.UTC(2026, 0, 5 + index)).toISOString().slice(0, 10), { holidays: [], paydays: [] }),
  );

/** All of a segment's tickets come between 10:00 and 11:00. */
const arrivals = (cash: number, vip = 0) => {
  const between10and11 = (count: number) => CLOCK.map((slot) => (slot === 20 || slot === 21 ? count / 2 : 0));
  return { cash: between10and11(cash), vip: between10and11(vip) };
};

const taught = (days: readonly DayFacts[], came: (facts: DayFacts, index: number) => number): ForecastModel =>
  days.reduce(
    (model, facts, index) => learnDay(model, { ...facts, arrivals: arrivals(came(facts, index)) }),
    EMPTY_MODEL,
  );

const expectedOn = (model: ForecastModel, facts: DayFacts) =>
  forecastDay(model, facts, HALF_HOURS, ['cash', 'vip'])?.volume ?? { mean: NaN, variation: NaN };

describe('the calendar', () => {
  test('X8 a weekend on which people work counts as the working day next to it, and is no holiday', () => {
    const calendar = { ...CALENDAR, workingWeekends: ['2026-10-10', '2026-09-20', '2026-10-25', '2026-12-26'] };
    expect(dayFacts('2026-10-10', calendar)).toMatchObject({ weekday: 5, dayOfMonth: 10, payday: true });
    expect(dayFacts('2026-10-09', calendar).payday).toBeUndefined();
    expect(dayFacts('2026-10-09', CALENDAR).payday).toBe(true); // the 10th is a Saturday
    expect(dayFacts('2026-09-20', calendar).weekday).toBe(1);
    expect(dayFacts('2026-10-25', calendar)).toMatchObject({ weekday: 1, payday: true });
    expect(dayFacts('2026-10-26', calendar)).toMatchObject({ weekday: 1, afterPayday: true });
    // The Saturday is the first working day after the holiday, and not only a day between.
    expect(dayFacts('2026-12-26', calendar).afterHoliday).toBe(true);
    expect(dayFacts('2026-12-28', calendar).afterHoliday).toBeUndefined();
    expect(dayFacts('2026-12-25', { ...calendar, workingWeekends: ['2026-12-25'] }).holiday).toBeUndefined();
  });

  test('X1 weekday and day of the month, across months and leap years', () => {
    expect(dayFacts('2026-11-24', CALENDAR)).toEqual({ day: '2026-11-24', weekday: 2, dayOfMonth: 24 });
    expect(dayFacts('2028-02-29', CALENDAR)).toMatchObject({ weekday: 2, dayOfMonth: 29, payday: true });
    expect(dayFacts('2027-01-01', CALENDAR)).toMatchObject({ weekday: 5 });
  });

  test('X1 a payday on a weekend or holiday is the working day before, and the working day after it is known', () => {
    // The 10th is a Tuesday.
    expect(marks('2026-11-10')).toEqual(['payday']);
    expect(marks('2026-11-11')).toEqual(['afterPayday']);
    // The 10th is a Saturday, the 25th a Sunday.
    expect(['2026-10-09', '2026-10-10', '2026-10-12', '2026-10-23', '2026-10-26'].map(marks)).toEqual([
      ...[['payday'], [], ['afterPayday'], ['payday'], ['afterPayday']],
    ]);
    // The 25th is a holiday.
    expect(marks('2026-12-24')).toEqual(['payday']);
    expect(marks('2026-12-25')).toEqual(['holiday']);
    // The 31st of a month with 30 days, which is a Monday.
    expect(marks('2026-11-30')).toEqual(['payday']);
  });

  test('X1 after a holiday comes the next day, and the Monday if a weekend lies between', () => {
    expect(['2026-10-02', '2026-10-03', '2026-10-05', '2026-10-06', '2026-10-07'].map(marks)).toEqual([
      // The last working day of September was a payday.
      ...[['holiday'], ['afterHoliday'], ['holiday'], ['afterHoliday', 'afterPayday'], []],
    ]);
    expect(marks('2026-12-28')).toContain('afterHoliday');
  });
});

describe('the volume of a day', () => {
  test('X2 weekday, payday, month, holiday and the day after it are factors, found from nothing but days', () => {
    const calendar = {
      holidays: ['2026-04-06', '2026-05-01', '2026-07-06', '2026-08-03', '2026-09-07'],
      paydays: [10],
    };
    const days = dates(300).map(({ day }) => dayFacts(day, calendar));
    const truth = ({ weekday, holiday, afterHoliday, payday }: DayFacts) =>
      holiday ? 100 : [240, 200, 200, 200, 220, 120, 0][weekday - 1]! * (payday ? 1.4 : 1) * (afterHoliday ? 1.3 : 1);
    const model = taught(days, truth);
    const on = (weekday: number, more: Partial<DayFacts> = {}) =>
      expectedOn(model, { day: '2026-11-02', weekday, dayOfMonth: 15, ...more }).mean;
    expect(on(1) / on(2)).toBeCloseTo(1.2, 1);
    expect(on(6) / on(2)).toBeCloseTo(0.6, 1);
    expect(on(2, { payday: true }) / on(2)).toBeCloseTo(1.4, 1);
    expect(on(2, { afterHoliday: true }) / on(2)).toBeGreaterThan(1.15);
    expect(on(2, { holiday: true }) / on(2)).toBeCloseTo(0.5, 1);
    expect(on(2)).toBeGreaterThan(190);
    expect(on(2)).toBeLessThan(212);
  });

  test('X3 once all parts are known, a surprise moves the next day by a quarter and the weekday by little', () => {
    const days = dates(120);
    const model = taught(days.slice(0, 118), (_facts, index) => (index % 2 === 0 ? 172 : 232));
    const surprised = learnDay(model, { ...days[118]!, arrivals: arrivals(240) });
    const gain = (facts: DayFacts) =>
      Math.log(expectedOn(surprised, facts).mean / expectedOn(model, facts).mean) / Math.log(240 / 200);
    expect(gain(days[119]!)).toBeGreaterThan(0.15);
    expect(gain(days[119]!)).toBeLessThan(0.35);
    const partOf = (name: string) => (surprised.volume.parts[name]?.mean ?? 0) - (model.volume.parts[name]?.mean ?? 0);
    expect(partOf('weekday-6') / Math.log(240 / 200)).toBeLessThan(0.12);
  });

  test('X3 a day that was learned, or an earlier one, changes nothing; the model survives being written down', () => {
    const days = dates(30);
    const model = taught(days, () => 200);
    expect(learnDay(model, { ...days[29]!, arrivals: arrivals(900) })).toBe(model);
    expect(learnDay(model, { ...days[3]!, arrivals: arrivals(900) })).toBe(model);
    expect(lastLearned(model)).toBe(days[29]?.day);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(lastLearned(EMPTY_MODEL)).toBeUndefined();
  });

  test('X3 an outlier is cut at three standard deviations', () => {
    const days = dates(61);
    const model = taught(days.slice(0, 60), () => 200);
    const after = (came: number) =>
      expectedOn(learnDay(model, { ...days[59]!, day: '2026-03-06', arrivals: arrivals(came) }), days[60]!);
    expect(after(20_000).mean).toBe(after(2_000).mean);
  });

  test('X3, X4 a day on which nobody came says only that the branch is closed on such days', () => {
    const days = dates(64);
    const model = taught(days.slice(0, 63), ({ weekday }) => (weekday === 7 ? 0 : 200));
    expect(expectedOn(model, { ...days[62]!, day: days[63]!.day }).mean).toBe(0);
    expect(expectedOn(model, days[63]!).mean).toBeGreaterThan(190);
    // One day of closed doors is not a habit.
    const once = learnDay(model, { ...days[63]!, arrivals: {} });
    expect(expectedOn(once, { ...days[63]!, day: '2026-03-16' }).mean).toBeGreaterThan(190);
  });

  test('X4 the swing is damped and the range grows with the lead', () => {
    const model = taught(dates(90), (_facts, index) => (index >= 87 ? 280 : 200));
    const day = (ahead: number) => ({
      day: `2026-04-${String(4 + ahead).padStart(2, '0')}`,
      weekday: 2,
      dayOfMonth: 15,
    });
    const [near, week] = [expectedOn(model, day(1)), expectedOn(model, day(8))];
    expect(near.mean).toBeGreaterThan(215);
    expect(week.mean).toBeLessThan(near.mean);
    expect(week.mean).toBeGreaterThan(200);
    expect(week.variation).toBeGreaterThan(near.variation);
  });

  test('X4 the range of a negative binomial law: 10 % below it, 10 % above', () => {
    // Poisson with mean 100: its 10 % and 90 % points are 87 and 113.
    expect(likelyRange({ mean: 100, variation: 0 })).toEqual({ low: 87, high: 113 });
    // With a variation of 0.2 and mean 400: variance 400 + 6400.
    const { low, high } = likelyRange({ mean: 400, variation: 0.2 });
    expect(Math.abs(low - 297)).toBeLessThanOrEqual(2);
    expect(Math.abs(high - 508)).toBeLessThanOrEqual(2);
    expect(likelyRange({ mean: 0, variation: 0.2 })).toEqual({ low: 0, high: 0 });
  });
});

describe('the course of a day', () => {
  const model = taught(dates(60), ({ weekday }) => (weekday === 7 ? 0 : 200));
  const facts = { day: '2026-03-10', weekday: 2, dayOfMonth: 10 };

  test('X5 half hours and segments add up to the volume, and follow the course of the weekday', () => {
    const made = forecastDay(model, facts, HALF_HOURS, ['cash', 'vip'])!;
    const total = Object.values(made.forecast.arrivals)
      .flat()
      .reduce((sum, n) => sum + n, 0);
    expect(total).toBeCloseTo(made.volume.mean, 1);
    expect(made.forecast.arrivals['cash']?.[20]).toBeCloseTo(made.volume.mean / 2, 1);
    expect(made.forecast.arrivals['vip']).toEqual(CLOCK.map(() => 0));
  });

  test('X5 a weekday with its own course keeps it; one that was seen once is shrunk towards all others', () => {
    const evening = { cash: CLOCK.map((slot) => (slot === 36 ? 200 : 0)) };
    const seen = (times: number) => {
      let known = model;
      for (let week = 0; week < times; week += 1)
        known = learnDay(known, { day: `2026-05-${10 + week}`, weekday: 6, dayOfMonth: 9, arrivals: evening });
      const made = forecastDay(known, { day: '2026-06-06', weekday: 6, dayOfMonth: 9 }, HALF_HOURS, ['cash'])!;
      return (made.forecast.arrivals['cash']?.[36] ?? 0) / made.volume.mean;
    };
    expect(seen(0)).toBe(0);
    expect(seen(1)).toBeGreaterThan(0.05);
    expect(seen(1)).toBeLessThan(0.3);
    expect(seen(15)).toBeGreaterThan(0.7);
  });

  test('X5 46 and 50 half hours: each has the share of the clock that it begins at', () => {
    // 02:00 to 03:00 is skipped, or comes twice.
    const short = { from: 7, clock: CLOCK.filter((slot) => slot < 4 || slot >= 6) };
    const long = { from: 7, clock: [...CLOCK.slice(0, 6), 4, 5, ...CLOCK.slice(6)] };
    const made = (halfHours: typeof short) => forecastDay(model, facts, halfHours, ['cash'])!.forecast;
    expect(made(short)).toMatchObject({ from: 7, slotMinutes: 30 });
    expect(made(short).arrivals['cash']).toHaveLength(46);
    expect(made(long).arrivals['cash']).toHaveLength(50);
    // 10:00 is the 19th and the 23rd half hour of these days.
    expect(made(short).arrivals['cash']?.[18]).toBe(made(long).arrivals['cash']?.[22]);
    expect(made(short).arrivals['cash']?.[18]).toBeGreaterThan(50);
    // And learning from them puts the tickets where the clock says.
    const counts = long.clock.map((slot) => (slot === 20 ? 200 : 0));
    const taughtLong = learnDay(EMPTY_MODEL, { ...facts, arrivals: { cash: counts }, clock: long.clock });
    expect(
      forecastDay(taughtLong, { ...facts, day: '2026-03-17' }, HALF_HOURS, ['cash'])!.forecast.arrivals['cash']?.[20],
    ).toBeGreaterThan(150);
  });

  test('X5 there is no forecast before anybody came, nor of a day that was learned', () => {
    expect(forecastDay(EMPTY_MODEL, facts, HALF_HOURS, ['cash'])).toBeUndefined();
    expect(forecastDay(model, { ...facts, day: lastLearned(model) ?? '' }, HALF_HOURS, ['cash'])).toBeUndefined();
  });
});

describe('during the day', () => {
  const forecast: Forecast = { from: 0, slotMinutes: 30, arrivals: { cash: [30, 30, 60, 0], vip: [0, 0, 30, 0] } };

  test('X6 expected tickets between two instants, part of a slot as part', () => {
    expect(expectedBetween(forecast, 0, 120 * MINUTE)).toBe(150);
    expect(expectedBetween(forecast, 45 * MINUTE, 70 * MINUTE)).toBeCloseTo(15 + 30);
    expect(expectedBetween(forecast, -60 * MINUTE, 0)).toBe(0);
    expect(expectedBetween(forecast, 120 * MINUTE, 180 * MINUTE)).toBe(0);
  });

  test('X6 G = (25 + N) / (25 + L), what came an hour ago counts half', () => {
    const now = 60 * MINUTE;
    // One a minute is expected for an hour: the integral of 2^-(age/60) over it is 60 / (2 ln 2).
    const L = 60 / (2 * Math.LN2);
    expect(levelNow(forecast, [], now)).toBeCloseTo(25 / (25 + L), 6);
    expect(levelNow(forecast, [now], now)).toBeCloseTo(26 / (25 + L), 6);
    expect(levelNow(forecast, [0], now)).toBeCloseTo(25.5 / (25 + L), 6);
    const asExpected = Array.from({ length: 60 }, (_, minute) => (minute + 0.5) * MINUTE);
    expect(levelNow(forecast, asExpected, now)).toBeCloseTo(1, 3);
    // Before it begins, and what is still to come, do not count.
    expect(levelNow(forecast, [-MINUTE, now + MINUTE], now)).toBe(levelNow(forecast, [], now));
  });

  test('X7 the manager sees the next half hour, more of it on a busy day, nothing without a forecast', () => {
    const hall = Hall.open();
    expect(managerView(hall.day, hall.now).expectedNext30).toBeUndefined();

    const foreseen = new Hall();
    const slots = CLOCK.map((_, slot) => (slot === 3 ? 20 : 12));
    const { config } = hall.day;
    foreseen.do({
      type: 'OpenDay',
      day: DAY,
      config,
      forecast: { from: OPENING, slotMinutes: 30, arrivals: { cash: slots } },
    });
    expect(managerView(foreseen.day, foreseen.now).nextPeak).toEqual({ at: OPENING + 90 * MINUTE, tickets: 20 });
    expect(managerView(foreseen.day, foreseen.now).expectedNext30).toBe(12);
    for (let customer = 0; customer < 40; customer += 1) foreseen.take('deposit');
    expect(managerView(foreseen.day, foreseen.now).expectedNext30).toBe(Math.round((12 * 65) / 25));
  });
});
