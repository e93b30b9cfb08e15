import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { MINUTE } from '../../domain/ids.ts';
import { timersOf } from '../../domain/timers.ts';
import { visitOf } from '../../domain/visit.ts';
import { OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

const delay = (ticketId: string): Command => ({ type: 'DelayTicket', ticketId });

describe('a customer who is not back yet', () => {
  const twoWait = () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const first = hall.take('deposit');
    const second = hall.wait({ minutes: 1 }).take('deposit');
    return { hall, first, second };
  };
  const timers = (hall: Hall) => timersOf(hall.day).filter(({ command }) => command.type === 'ExpireDelay');

  test('Q12 lets others go first for five minutes and is then back in the old place, by the clock', () => {
    const { hall, first } = twoWait();
    const until = hall.now + 5 * MINUTE;
    expect(hall.do(delay(first), 'customer')).toEqual([{ type: 'TicketDelayed', ticketId: first, until }]);
    expect(hall.numbers('c1')).toEqual(['A002']);
    const command = { type: 'ExpireDelay', ticketId: first, until } as const;
    expect(timers(hall)).toEqual([{ at: until, command }]);
    expect(hall.refusal(command, 'system').code).toBe('timer-out-of-date');
    hall.wait({ minutes: 5 });
    expect(hall.do(command, 'system')).toEqual([{ type: 'DelayEnded', ticketId: first }]);
    expect(hall.numbers('c1')).toEqual(['A001', 'A002']);
    expect(hall.ticket(first)).toMatchObject({ waitingSince: OPENING, status: 'waiting', delayedUntil: undefined });
    expect(hall.refusal(command, 'system').code).toBe('timer-out-of-date');
    expect(timers(hall)).toEqual([]);
  });

  test('Q12 is back sooner when the customer says so, and was absent meanwhile', () => {
    const { hall, first } = twoWait();
    hall.do(delay(first), 'customer');
    hall.wait({ minutes: 2 }).do({ type: 'EndDelay', ticketId: first }, 'customer');
    expect(hall.numbers('c1')).toEqual(['A001', 'A002']);
    expect(hall.refusal({ type: 'EndDelay', ticketId: first }).code).toBe('nothing-would-change');
    hall.do({ type: 'CancelTicket', ticketId: first, reason: 'left' });
    expect(hall.ticket(first).periods.map(({ kind }) => kind)).toEqual(['wait', 'away', 'wait']);
    expect(visitOf(hall.ticket(first))?.waitedMs).toBe(MINUTE);
  });

  test('Q12 whose number has been called frees the counter for two minutes; the teller can take that back', () => {
    const { hall, first, second } = twoWait();
    hall.next('c1');
    hall.do(delay(first), 'customer');
    expect(hall.counter('c1').ticketId).toBeUndefined();
    expect(hall.ticket(first)).toMatchObject({
      status: 'waiting',
      delayedUntil: hall.now + 2 * MINUTE,
      call: undefined,
    });
    hall.do({ type: 'UndoLast', counterId: 'c1' });
    expect(hall.ticket(first)).toMatchObject({ status: 'called', delays: 0, delayedUntil: undefined });
    hall.do(delay(first), 'customer');
    expect(hall.next('c1').ticketId).toBe(second);
  });

  test('Q12 whose number a closing window has in hand lets it close', () => {
    const { hall, first } = twoWait();
    hall.next('c1');
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    expect(hall.do(delay(first), 'customer').map(({ type }) => type)).toEqual(['TicketDelayed', 'CounterClosed']);
  });

  test('Q13 may do so so many times, one after the other, and only while waiting or called', () => {
    const { hall, first } = twoWait();
    for (let time = 0; time < 2; time += 1) {
      hall.do(delay(first), 'customer');
      expect(hall.refusal(delay(first), 'customer').code).toBe('nothing-would-change');
      hall.do({ type: 'EndDelay', ticketId: first }, 'customer');
    }
    expect(hall.view({ kind: 'ticket', ticketId: first }).mayDelayMinutes).toBeUndefined();
    expect(hall.refusal(delay(first), 'customer')).toEqual({ code: 'delay-limit', times: 2 });
    const never = Hall.open({ delay: { minutes: 5, calledMinutes: 2, times: 0 } });
    expect(never.refusal(delay(never.take('deposit')), 'customer')).toEqual({ code: 'delay-limit', times: 0 });
    hall.next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    expect(hall.refusal(delay(first), 'customer')).toEqual({ code: 'ticket-not-waiting', status: 'serving' });
  });

  test('Q13 a chosen call, a transfer and leaving end it', () => {
    const ends: ((ticketId: string) => Command)[] = [
      (ticketId) => ({ type: 'CallTicket', counterId: 'c1', ticketId, reason: 'came-back' }),
      (ticketId) => ({ type: 'TransferTicket', ticketId, to: { kind: 'segment', segment: 'vip' } }),
      (ticketId) => ({ type: 'CancelTicket', ticketId, reason: 'left' }),
      () => ({ type: 'CloseDay' }),
    ];
    for (const end of ends) {
      const { hall, first } = twoWait();
      hall.do(delay(first), 'customer');
      hall.do(end(first));
      expect(hall.ticket(first).delayedUntil).toBeUndefined();
      expect(timers(hall)).toEqual([]);
    }
  });
});

describe('what the phone shows', () => {
  test('V8 how many are ahead, how many by appointment, and how far ahead the last called one was', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const phone = (ticketId: string) => hall.view({ kind: 'ticket', ticketId });
    hall.take('deposit');
    hall.take('deposit', { appointmentAt: OPENING + 10 * MINUTE });
    hall.take('deposit');
    const own = hall.take('deposit');
    expect(phone(own)).toMatchObject({ ahead: 3, aheadByAppointment: 1, mayDelayMinutes: 5, lastCalled: [] });
    hall.next('c1');
    expect(phone(own)).toMatchObject({ ahead: 2, lastCalled: ['A001'], lastCalledBefore: 3 });
    const late = hall.take('deposit');
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    hall.do({ type: 'CallTicket', counterId: 'c1', ticketId: late, reason: 'care' });
    const { lastCalled, lastCalledBefore } = phone(own);
    expect([lastCalled[0], lastCalledBefore]).toEqual(['A005', undefined]);
  });

  test('V8 where a ticket was sent, until it is called there; and while it is delayed, until when', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take('deposit');
    const phone = () => hall.view({ kind: 'ticket', ticketId });
    hall.do({ type: 'TransferTicket', ticketId, to: { kind: 'counter', counterId: 'c1' } });
    expect(phone().transferred).toEqual({ label: '1' });
    hall.do(delay(ticketId), 'customer');
    expect(phone()).toMatchObject({
      delayedUntil: hall.now + 5 * MINUTE,
      mayDelayMinutes: undefined,
    });
    expect(phone().range).toBeUndefined();
    hall.do({ type: 'EndDelay', ticketId }, 'customer');
    hall.next('c1');
    expect(phone()).toMatchObject({ status: 'called', mayDelayMinutes: 2 });
    expect(phone().transferred).toBeUndefined();
    hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
    expect(phone()).toMatchObject({ status: 'held', holdReason: 'form' });
  });
});
