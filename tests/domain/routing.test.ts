import { describe, expect, test } from '@jest/globals';
import type { RoutingConfig } from '../../domain/config.ts';
import { MINUTE } from '../../domain/ids.ts';
import { Hall } from '../support/hall.ts';
import { POLICIES } from '../support/random-day.ts';

/** Counter 3 takes cash and non-cash alike; ann can do all, one service at the typical speed. */
const hallWith = (routing: Partial<RoutingConfig> = {}) => Hall.open({ routing }).openCounter('c3', 'ann');
const reserve = (hall: Hall, ticketId: string, counterId: string) =>
  hall.do({ type: 'TransferTicket', ticketId, to: { kind: 'counter', counterId } });
const prioritise = (hall: Hall, ticketId: string) =>
  hall.do({ type: 'PrioritiseTicket', ticketId, reason: 'complaint' });

describe('who is a candidate', () => {
  test('R1 own segments, what is reserved for the counter or its teller, and helping ones; never another’s', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c2', 'cat');
    hall.take('deposit'); // A001, the counter's own
    hall.take('account'); // B001, of a helping segment
    hall.take('deposit', { tier: 'gold' }); // V501, not for this counter
    reserve(hall, hall.take('account'), 'c1'); // B002
    reserve(hall, hall.take('account'), 'c2'); // B003
    hall.take('deposit', { adviser: 'ann' }); // A002
    hall.take('deposit', { adviser: 'ben' }); // A003
    expect(hall.numbers('c1').slice(0, 3).sort()).toEqual(['A001', 'A002', 'B002']);
    expect(hall.numbers('c1').slice(3)).toEqual(['B001']);
    expect(hall.numbers('c2')).toEqual(['B001', 'B003']);
  });

  test('K4 never outside the skills that are valid today: a hard limit for all three ways to call', () => {
    const hall = Hall.open().openCounter('c3', 'cat'); // accounts; loans until today; cash until yesterday
    const cash = hall.take('deposit');
    const loan = hall.take('loan');
    reserve(hall, cash, 'c1');
    expect(hall.numbers('c3')).toEqual(['B001']);
    const chosen = (ticketId: string) =>
      hall.refusal({ type: 'CallTicket', counterId: 'c3', ticketId, reason: 'quick' }).code;
    expect(chosen(cash)).toBe('skills-missing');
    hall.next('c3');
    expect(hall.ticket(loan).status).toBe('called');
    expect(hall.refusal({ type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit'] }).code).toBe(
      'counter-not-open',
    );
    hall.do({ type: 'ReturnToQueue', counterId: 'c3' });
    expect(hall.refusal({ type: 'ServeWithoutTicket', counterId: 'c3', services: ['deposit'] }).code).toBe(
      'skills-missing',
    );
  });

  test('K4 a device has its own skills, and does only what can be done at a machine', () => {
    const hall = Hall.open().openCounter('c5');
    hall.take('atm');
    hall.do({ type: 'TransferTicket', ticketId: hall.take('deposit'), to: { kind: 'segment', segment: 'machine' } });
    expect(hall.numbers('c5')).toEqual(['M01']);
  });

  test('C8 nobody is named as adviser who lacks the skill', () => {
    const hall = Hall.open();
    const services = ['loan'];
    expect(hall.refusal({ type: 'TakeTicket', services, adviser: 'ben' })).toEqual({ code: 'skills-missing' });
  });

  test('R8 free: helps when none of its own waits', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.take('account');
    hall.take('deposit');
    hall.wait({ minutes: 20 });
    expect(hall.order('c1').map(({ entry, helping }) => [entry.number, helping])).toEqual([
      ['A001', false],
      ['B001', true],
    ]);
    hall.next('c1');
    hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
    expect(hall.next('c1')).toMatchObject({ number: 'B001', why: { helping: true } });
  });

  test('R8 late: helps with tickets past their target, beside its own; not with fresh ones, even when it is free', () => {
    const hall = Hall.open({ routing: { policy: 'wait-over-target' } }).openCounter('c2', 'ann');
    hall.take('deposit');
    hall.wait({ minutes: 6 }).take('account');
    expect(hall.wait({ minutes: 3, seconds: 59 }).numbers('c2')).toEqual(['B001']);
    expect(hall.wait({ seconds: 1 }).numbers('c2')).toEqual(['A001', 'B001']);
    const empty = Hall.open().openCounter('c2', 'ann');
    empty.take('deposit');
    expect(empty.refusal({ type: 'CallNext', counterId: 'c2' })).toEqual({ code: 'queue-empty' });
  });

  test('R8 free-or-late: both', () => {
    const hall = Hall.open({ routing: { policy: 'strict-priority' } }).openCounter('c3', 'ann');
    hall.take('deposit', { tier: 'gold' });
    expect(hall.numbers('c3')).toEqual(['V501']);
    hall.take('deposit');
    expect(hall.numbers('c3')).toEqual(['A001', 'V501']);
    expect(hall.wait({ minutes: 3 }).numbers('c3')).toEqual(['V501', 'A001']);
  });

  test('R8 past its ceiling a ticket is helped with whatever the profile says', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.take('account');
    hall.wait({ minutes: 39, seconds: 59 }).take('deposit');
    expect(hall.numbers('c1')).toEqual(['A001', 'B001']);
    expect(hall.wait({ seconds: 1 }).numbers('c1')).toEqual(['B001', 'A001']);
  });
});

describe('what goes before the policy', () => {
  test.each(POLICIES)(
    'R2 under %s a ticket past its ceiling goes first, the furthest past by wait over target',
    (policy) => {
      const hall = hallWith({ policy });
      hall.take('account'); // B001: 40 of 15 min = 2.67
      hall.wait({ minutes: 14 }).take('deposit'); // A001: 26 of 10 min = 2.6
      hall.wait({ minutes: 4 }).take('deposit', { careNeeds: ['hearing'] }); // A002: 22 of 5 min = 4.4, ceiling 12.5
      hall.wait({ minutes: 21 }).take('deposit'); // A003, and somebody wants it first
      prioritise(hall, hall.take('account')); // B002
      hall.wait({ minutes: 1 });
      expect(hall.order('c3').map(({ entry, rule }) => `${entry.number} ${rule}`)).toEqual([
        'A002 ceiling',
        'B001 ceiling',
        'A001 ceiling',
        'B002 prioritised',
        'A003 policy',
      ]);
      expect(
        hall
          .order('c3')
          .slice(0, 3)
          .map(({ score }) => score),
      ).toEqual([22 / 5, 40 / 15, 26 / 10]);
    },
  );

  test.each(POLICIES)('R3 under %s prioritised ones next, oldest first; care first only where it is set', (policy) => {
    const scene = (careFirst: boolean) => {
      const hall = hallWith({ policy, careFirst, careTargetMinutes: 30 });
      hall.take('deposit'); // A001
      hall.wait({ minutes: 1 }).take('deposit', { careNeeds: ['hearing'] }); // A002
      const second = hall.wait({ minutes: 1 }).take('account'); // B001
      const third = hall.wait({ minutes: 1 }).take('deposit'); // A003
      hall.wait({ minutes: 1 }).take('account', { careNeeds: ['sight'] }); // B002
      prioritise(hall, third);
      prioritise(hall, second);
      return hall
        .wait({ minutes: 1 })
        .order('c3')
        .map(({ entry, rule }) => `${entry.number} ${rule}`);
    };
    const care = ['A002 care-first', 'B002 care-first'];
    expect(scene(true)).toEqual(['B001 prioritised', 'A003 prioritised', ...care, 'A001 policy']);
    expect(scene(false).slice(0, 3)).toEqual(['B001 prioritised', 'A003 prioritised', 'A001 policy']);
  });

  test('R5 a care need lowers target and ceiling, and never raises them', () => {
    const hall = hallWith({ careTargetMinutes: 5 });
    const limits = (service: string, wish: Parameters<Hall['take']>[1] = {}) => {
      const ticketId = hall.take(service, wish);
      const row = hall.view({ kind: 'manager' }).waiting.find((each) => each.ticketId === ticketId);
      return [row?.targetMs, row?.ceilingMs].map((ms = 0) => ms / MINUTE);
    };
    const careNeeds = ['hearing'];
    expect(limits('account')).toEqual([15, 40]);
    expect(limits('account', { careNeeds })).toEqual([5, 12.5]);
    expect(limits('deposit', { careNeeds })).toEqual([5, 12.5]);
    expect(limits('deposit', { careNeeds, tier: 'gold' })).toEqual([3, 10]);
    expect(limits('atm', { careNeeds })).toEqual([5, 15]);
  });
});

describe('the policies', () => {
  /** A001 waited 4 of 10 min for 5 min of service, B001 9 of 15 min for 12. */
  const scene = (routing: Partial<RoutingConfig>) => {
    const hall = hallWith(routing);
    hall.take('account');
    hall.wait({ minutes: 5 }).take('deposit');
    return hall.wait({ minutes: 4 });
  };
  const scores = (hall: Hall, counterId = 'c3') =>
    hall.order(counterId).map(({ entry, score }) => [entry.number, Number(score.toFixed(6))]);

  test('R4 cost-of-delay: mu (w/tau)^(p-1) / tau', () => {
    expect(scores(scene({ power: 2 }))).toEqual([
      ['A001', 0.008], // 1/5 · 0.4 / 10
      ['B001', 0.003333], // 1/12 · 0.6 / 15
    ]);
    expect(scores(scene({ power: 4 }))).toEqual([
      ['A001', 0.00128], // 1/5 · 0.4³ / 10
      ['B001', 0.0012], // 1/12 · 0.6³ / 15
    ]);
  });

  test('R4 cost-of-delay: a counter that is twice as fast at a service weighs it twice', () => {
    const hall = scene({ power: 2 });
    hall.do({ type: 'CloseCounter', counterId: 'c3' });
    hall.openCounter('c3', 'ben');
    expect(scores(hall)).toEqual([
      ['A001', 0.016],
      ['B001', 0.003333],
    ]);
  });

  test('R4 wait-over-target: w/tau', () => {
    expect(scores(scene({ policy: 'wait-over-target' }))).toEqual([
      ['B001', 0.6],
      ['A001', 0.4],
    ]);
  });

  test('R4 first-come: w', () => {
    expect(scores(scene({ policy: 'first-come' }))).toEqual([
      ['B001', 9],
      ['A001', 4],
    ]);
  });

  test('R4 strict-priority: by rank, then w', () => {
    const hall = scene({ policy: 'strict-priority' });
    hall.take('exchange');
    expect(hall.wait({ minutes: 1 }).numbers('c3')).toEqual(['A001', 'A002', 'B001']);
  });

  test('R6 ties go to the longer wait, then to the earlier number taken', () => {
    const hall = hallWith({ policy: 'strict-priority' });
    hall.take('exchange');
    hall.take('deposit');
    expect(hall.numbers('c3')).toEqual(['A001', 'A002']);
    const level = hallWith({ policy: 'wait-over-target' });
    level.take('account'); // 6 of 15
    level.wait({ minutes: 2 }).take('deposit'); // 4 of 10
    expect(level.wait({ minutes: 4 }).numbers('c3')).toEqual(['B001', 'A001']);
  });

  test.each(POLICIES)('R7 under %s tickets that are alike are called in the order of their wait', (policy) => {
    const hall = hallWith({ policy });
    for (let minute = 0; minute < 12; minute += 1) hall.wait({ minutes: 1 }).take('deposit');
    hall.next('c3');
    hall.wait({ minutes: 1 }).do({ type: 'ReturnToQueue', counterId: 'c3' });
    expect(hall.numbers('c3')).toEqual([...hall.numbers('c3')].sort());
    expect(hall.numbers('c3')).toHaveLength(12);
  });

  test('R9 each call keeps its why, with the runner-up', () => {
    const hall = scene({ policy: 'wait-over-target' });
    expect(hall.next('c3').why).toEqual({
      ...{ rule: 'policy', policy: 'wait-over-target', score: 0.6, waitedMs: 9 * MINUTE, targetMs: 15 * MINUTE },
      runnerUp: { number: 'A001', score: 0.4, waitedMs: 4 * MINUTE, targetMs: 10 * MINUTE },
    });
    hall.do({ type: 'HoldTicket', counterId: 'c3', reason: 'form' });
    expect(hall.next('c3').why).not.toHaveProperty('runnerUp');
  });
});
