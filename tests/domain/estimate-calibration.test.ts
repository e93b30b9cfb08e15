import { describe, expect, test } from '@jest/globals';
import { Chance } from '../../simulator/chance.ts';
import { estimateReport } from '../../domain/estimate/calibration.ts';
import { corrected, Corrections, rangeScores } from '../../domain/estimate/corrections.ts';
import type { Quote } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import { MINUTE } from '../../domain/ids.ts';
import { visitOf, type Visit } from '../../domain/visit.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

const QUOTE: Quote = { mean: 9, p10: 4, p50: 8, p80: 12, p90: 16 };

/** The share of waits that fall inside, when each next quote is corrected by what came before. */
function covered(waits: readonly number[]): number {
  const corrections = new Corrections();
  let inside = 0;
  waits.forEach((waited, place) => {
    const quote = corrected(QUOTE, corrections.shiftOf('cash'));
    if (place >= 500 && waited >= quote.p10 && waited <= quote.p90) inside += 1;
    corrections.add('cash', quote, waited);
  });
  return inside / (waits.length - 500);
}

describe('what was told against what came', () => {
  test.each([
    ['much longer', 4, 26],
    ['much more even', 7, 11],
    ['as told', 4, 16],
  ])('E6 eight of ten waits fall inside, also when they are %s', (_, p10, p90) => {
    const chance = new Chance(7, 'waits');
    // One of ten below p10 and above p90 each, the rest in between.
    const waits = Array.from({ length: 3_000 }, () => {
      const place = chance.uniform();
      if (place < 0.1) return p10 * chance.uniform();
      return place < 0.9 ? chance.between(p10, p90) : p90 + chance.exponential(4);
    });
    expect(covered(waits)).toBeGreaterThan(0.78);
    expect(covered(waits)).toBeLessThan(0.82);
  });

  test('E6 a corrected quote is in order and never negative, and a segment learns from its own waits only', () => {
    for (const shift of [-0.45, -0.2, 0.3, 5]) {
      const { p10, p50, p80, p90, correction } = corrected(QUOTE, shift);
      expect(p10).toBeGreaterThanOrEqual(0);
      expect([p10, p50, p80, p90]).toEqual([p10, p50, p80, p90].sort((one, other) => one - other));
      expect([p50, correction]).toEqual([8, shift]);
    }
    const corrections = new Corrections();
    for (let each = 0; each < 24; each += 1) corrections.add('cash', QUOTE, 40);
    expect(corrections.shiftOf('cash')).toBe(0);
    corrections.add('cash', QUOTE, 40);
    expect(corrections.shiftOf('cash')).toBeCloseTo(24 / 13);
    expect(corrections.shiftOf('vip')).toBe(0);
  });

  test('E6 the day learns it from the first call of each ticket', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    for (let each = 0; each < 40; each += 1) hall.take('deposit');
    for (let each = 0; each < 30; each += 1) hall.wait({ minutes: 1 }).serveNext('c1');
    expect(hall.day.experience.corrections.shiftOf('cash')).not.toBe(0);
    expect(hall.ticket(hall.take('deposit')).quote?.correction).toBeDefined();
  });

  test('E10 the days before count like waits of this one, so that the first quote of the morning is corrected', () => {
    const config = { estimate: { method: 'forward', paths: 50 } } as const;
    const yesterday = Hall.open(config).openCounter('c1', 'ann');
    for (let each = 0; each < 40; each += 1) yesterday.take('deposit');
    for (let each = 0; each < 40; each += 1) yesterday.wait({ minutes: 1 }).serveNext('c1');
    const visits = [...yesterday.day.tickets.values()].flatMap((ticket) => visitOf(ticket) ?? []);
    const carried = rangeScores([[], visits]);
    expect(Object.keys(carried)).toEqual(['cash']);
    expect(carried['cash']?.length).toBe(39); // the first was told "at once"
    const shift = yesterday.day.experience.corrections.shiftOf('cash');
    expect(new Corrections(carried).shiftOf('cash')).toBeCloseTo(shift, 2);

    const today = new Hall();
    today.do({ type: 'OpenDay', day: '2026-11-25', config: yesterday.day.config, rangeScores: carried });
    today.openCounter('c1', 'ann').take('deposit');
    today.next('c1');
    expect(today.ticket(today.wait({ seconds: 2 }).take('deposit')).quote?.correction).toBeCloseTo(shift, 2);
    const [opened] = today.log;
    if (opened === undefined) throw new Error('an empty log');
    expect(evolve(undefined, opened).experience.corrections.shiftOf('cash')).toBeCloseTo(shift, 2);
  });

  test('E10 of many days the latest 200 waits of a segment are kept, the oldest first', () => {
    const day = (from: number): Visit[] =>
      Array.from({ length: 150 }, (_, place) => ({
        ...{ ticketId: `t${place}`, number: 'A1', segment: 'cash', services: ['deposit'], careNeeds: [] },
        ...{ status: 'finished', issuedAt: 0, endedAt: 60 * MINUTE, waitedMs: 0, servedMs: 0, quote: QUOTE },
        periods: [
          { kind: 'wait', from: 0, to: (from + place) * MINUTE },
          { kind: 'call', from: (from + place) * MINUTE },
        ],
      }));
    const { cash = [] } = rangeScores([day(1_000), day(20).reverse()]);
    expect(cash).toHaveLength(200);
    expect(cash[0]).toBeCloseTo((1_100 - 16) / 13, 3);
    expect(cash[199]).toBeCloseTo((20 + 149 - 16) / 13, 3);
  });

  test('E8 the report counts how often the truth fell inside, of those who were quoted a wait and called', () => {
    const visit = (quote: Quote | undefined, waited: number, more: Partial<Visit> = {}): Visit => ({
      ...{ ticketId: 't', number: 'A1', segment: 'cash', services: ['deposit'], careNeeds: [], status: 'finished' },
      ...{ issuedAt: 0, endedAt: 60 * MINUTE, waitedMs: 0, servedMs: 0, quote },
      periods: [
        { kind: 'wait', from: 0, to: waited * MINUTE },
        { kind: 'call', from: waited * MINUTE, to: 60 * MINUTE },
      ],
      ...more,
    });
    const never = { periods: [{ kind: 'wait', from: 0, to: MINUTE }] } as const;
    const { all, segments } = estimateReport([
      ...[visit(QUOTE, 10), visit(QUOTE, 2), visit(QUOTE, 13), visit(QUOTE, 20, { segment: 'vip' })],
      ...[visit(undefined, 5), visit({ p10: 0, p50: 0, p80: 0, p90: 0 }, 5), visit(QUOTE, 1, never)],
    ]);
    expect(all).toEqual({
      ...{ visits: 4, meanWait: 45 / 4, meanQuoted: 9, inRange: 0.5, withinP80: 0.5, wellPastP80: 0.25, meanWidth: 12 },
      rmse: Math.sqrt((1 + 49 + 16 + 121) / 4),
    });
    expect(Object.keys(segments)).toEqual(['cash', 'vip']);
    expect(segments['vip']).toMatchObject({ visits: 1, inRange: 0, wellPastP80: 1 });
    expect(estimateReport([]).all.visits).toBe(0);
  });

  test('E8 the quote stays with the visit', () => {
    const hall = Hall.open({ estimate: { method: 'forward', paths: 50 } }).openCounter('c1', 'ann');
    const ticketId = hall.take('deposit');
    hall.wait({ minutes: 1 }).serveNext('c1');
    expect(visitOf(hall.ticket(ticketId))?.quote).toMatchObject({ by: 'forward', windows: 1 });
  });
});

describe('what a waiting customer is told', () => {
  const FORWARD = { estimate: { method: 'forward', paths: 400 } } as const;
  const look = (hall: Hall, ticketId: string) => hall.view({ kind: 'ticket', ticketId });

  /** A hall with two windows busy and somebody who waits third. */
  function waiting(): { hall: Hall; ticketId: string } {
    const calling = { ...BRANCH.calling, noShowSeconds: 3_600 };
    const hall = Hall.open({ ...FORWARD, calling })
      .openCounter('c1', 'ann')
      .openCounter('c3', 'ben');
    hall.take('deposit');
    hall.take('deposit');
    hall.next('c1');
    hall.next('c3');
    for (let each = 0; each < 2; each += 1) hall.wait({ seconds: 2 }).take('deposit');
    return { hall, ticketId: hall.wait({ seconds: 2 }).take('deposit') };
  }

  test('E7 the wait still to come, without a reason while it is within the first quote', () => {
    const { hall, ticketId } = waiting();
    expect(look(hall, ticketId).longer).toBeUndefined();
    hall.wait({ minutes: 1 }).do({ type: 'StartService', counterId: 'c3' });
    hall.do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
    hall.next('c3');
    const { range, longer } = look(hall, ticketId);
    expect(longer).toBeUndefined();
    expect(range?.toMinutes).toBeLessThanOrEqual(Math.ceil(hall.ticket(ticketId).quote?.p80 ?? 0));
  });

  test('E11 right after the quote nobody is told that the wait has risen, however long it is', () => {
    for (let ahead = 4; ahead <= 40; ahead += 12) {
      const hall = Hall.open({ estimate: { method: 'forward', paths: 200 } }).openCounter('c1', 'ann');
      for (let each = 0; each < ahead; each += 1) hall.wait({ seconds: 30 }).take('deposit');
      for (let each = 0; each < 10; each += 1) {
        const ticketId = hall.wait({ seconds: 2 }).take('deposit');
        const { range, longer } = look(hall.wait({ seconds: 1 }), ticketId);
        expect(longer).toBeUndefined();
        expect(range?.toMinutes).toBeGreaterThan(0);
      }
    }
  });

  test('E7 more than is left of the quote is told with its reason: fewer windows', () => {
    const { hall, ticketId } = waiting();
    hall.do({ type: 'PauseCounter', counterId: 'c3', reason: 'lunch' });
    expect(look(hall, ticketId).longer).toBe('fewer-windows');
  });

  test('E7 … others were called first', () => {
    const { hall, ticketId } = waiting();
    for (let each = 0; each < 3; each += 1) {
      const first = hall.wait({ minutes: 3 }).take('deposit');
      hall.do({ type: 'PrioritiseTicket', ticketId: first, reason: 'care' });
      hall.do({ type: 'StartService', counterId: 'c3' });
      hall.do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
      expect(hall.next('c3').ticketId).toBe(first);
    }
    expect(look(hall, ticketId).longer).toBe('others-first');
  });

  test('E7 … or the services take longer', () => {
    const { hall, ticketId } = waiting();
    hall.wait({ minutes: 12 });
    const { range, longer } = look(hall, ticketId);
    expect(longer).toBe('longer-services');
    expect(range?.toMinutes).toBeGreaterThan(0);
  });
});
