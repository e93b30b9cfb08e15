import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { MINUTE } from '../../domain/ids.ts';
import { timersOf } from '../../domain/timers.ts';
import { Hall } from '../support/hall.ts';

const next = (counterId: string): Command => ({ type: 'CallNext', counterId });
const called = (number: string, counterId: string) => ({ type: 'TicketCalled', number, counterId });

/** Counter 1 is open with ben, and somebody is called to it. */
function scene() {
  const hall = Hall.open().openCounter('c1', 'ben');
  const ticketId = hall.take('deposit');
  const { callId } = hall.next('c1');
  return { hall, ticketId, callId };
}

describe('counters', () => {
  test('K1 a device opens without a teller, every other one with one', () => {
    const hall = Hall.open();
    const open = (counterId: string, tellerId?: string): Command => ({ type: 'OpenCounter', counterId, tellerId });
    expect(hall.refusal(open('c1'))).toEqual({ code: 'counter-needs-teller' });
    expect(hall.refusal(open('c5', 'ann'))).toEqual({ code: 'device-takes-no-teller' });
    expect(hall.refusal(open('c1', 'zoe'))).toEqual({ code: 'unknown-staff' });
    expect(hall.refusal(open('c9', 'ann'))).toEqual({ code: 'unknown-counter' });
    expect(hall.do(open('c1', 'ann'))).toEqual([{ type: 'CounterOpened', counterId: 'c1', tellerId: 'ann' }]);
    expect(hall.do(open('c5'))).toEqual([{ type: 'CounterOpened', counterId: 'c5' }]);
  });

  test('K1 a teller sits at one counter at a time, also while it is paused or closing', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    const again: Command = { type: 'OpenCounter', counterId: 'c2', tellerId: 'ann' };
    const elsewhere = { code: 'teller-at-another-counter', counterId: 'c1', label: '1' };
    hall.do({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
    expect(hall.refusal(again)).toEqual(elsewhere);
    hall.do({ type: 'ResumeCounter', counterId: 'c1' });
    hall.take('deposit');
    hall.next('c1');
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    expect(hall.refusal(again)).toEqual(elsewhere);
    hall.do({ type: 'ReturnToQueue', counterId: 'c1' });
    hall.do(again);
  });

  test.each<[string, Command]>([
    ['no-show', { type: 'MarkNoShow', counterId: 'c1' }],
    ['hold', { type: 'HoldTicket', counterId: 'c1', reason: 'form' }],
    ['return', { type: 'ReturnToQueue', counterId: 'c1' }],
    ['cancel', { type: 'CancelTicket', ticketId: 'id-3', reason: 'left' }],
    ['transfer', { type: 'TransferTicket', ticketId: 'id-3', to: { kind: 'segment', segment: 'vip' } }],
  ])('K2 a closing counter takes nobody more and closes by itself when it has none: after a %s', (_name, last) => {
    const { hall, ticketId } = scene();
    expect(ticketId).toBe('id-3');
    const waits = hall.take('deposit');
    expect(hall.do({ type: 'CloseCounter', counterId: 'c1' })).toEqual([{ type: 'CounterClosing', counterId: 'c1' }]);
    const code = 'counter-closing';
    expect(hall.refusal({ type: 'CallTicket', counterId: 'c1', ticketId: waits, reason: 'care' }).code).toBe(code);
    expect(hall.refusal({ type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit'] }).code).toBe(code);
    hall.wait({ seconds: 20 });
    expect(hall.do(last)).toMatchObject([{ ticketId }, { type: 'CounterClosed', counterId: 'c1' }]);
    expect(hall.counter('c1')).toMatchObject({ status: 'closed', tellerId: undefined, ticketId: undefined });
  });

  test('K2 a paused counter finishes the customer in hand and takes no other', () => {
    const { hall, ticketId } = scene();
    hall.take('deposit');
    hall.do({ type: 'StartService', counterId: 'c1' });
    const pause = (reason: string): Command => ({ type: 'PauseCounter', counterId: 'c1', reason });
    expect(hall.refusal(pause('whim'))).toEqual({ code: 'unknown-reason' });
    expect(hall.do(pause('lunch'))).toEqual([{ type: 'CounterPaused', counterId: 'c1', reason: 'lunch' }]);
    expect(hall.do({ type: 'CallNext', counterId: 'c1', finish: 'done' })).toMatchObject([
      { type: 'ServiceFinished', ticketId },
    ]);
    expect(hall.refusal(next('c1'))).toEqual({ code: 'counter-paused' });
    expect(hall.counter('c1')).toMatchObject({ status: 'paused', pauseReason: 'lunch', tellerId: 'ben' });
  });

  test('K3 at most one ticket in hand: the next call is refused with its number', () => {
    const { hall } = scene();
    const other = hall.take('deposit');
    const busy = { code: 'counter-busy', number: 'A001' };
    const commands: Command[] = [
      next('c1'),
      { type: 'CallTicket', counterId: 'c1', ticketId: other, reason: 'care' },
      { type: 'ResumeTicket', counterId: 'c1', ticketId: other },
      { type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit'] },
      { type: 'CallNext', counterId: 'c1', finish: 'done' }, // called, not yet served
    ];
    for (const command of commands) expect(hall.refusal(command)).toEqual(busy);
    hall.do({ type: 'StartService', counterId: 'c1' });
    expect(hall.refusal(next('c1'))).toEqual(busy);
  });

  test('K5 the profile changes at any time that the counter is not closed, counts from the next call, and ends with it', () => {
    const { hall } = scene();
    hall.take('account');
    hall.take('deposit');
    const set = (profile: string): Command => ({ type: 'SetWorkProfile', counterId: 'c1', profile });
    expect(hall.refusal(set('juggler'))).toEqual({ code: 'unknown-work-profile' });
    expect(hall.refusal(set('cash-first'))).toEqual({ code: 'nothing-would-change' });
    hall.do({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
    const event = { type: 'WorkProfileSet', counterId: 'c1', profile: 'non-cash-first' };
    expect(hall.do(set('non-cash-first'), 'staff:manager')).toEqual([event]);
    expect(hall.day.tickets.get(hall.counter('c1').ticketId ?? '')?.number).toBe('A001');
    hall.do({ type: 'ResumeCounter', counterId: 'c1' });
    hall.do({ type: 'ReturnToQueue', counterId: 'c1' });
    expect(hall.next('c1').number).toBe('B001');
    hall.do({ type: 'ReturnToQueue', counterId: 'c1' });
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    expect(hall.refusal(set('both'))).toEqual({ code: 'counter-not-open' });
    expect(hall.openCounter('c1', 'ben').counter('c1').profile).toBe('cash-first');
  });
});

describe('calling', () => {
  test('C1 CallNext calls the one that the routing chooses, whoever presses first, or nobody', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c3', 'ann');
    const ticketId = hall.take('deposit');
    const [call] = hall.do(next('c1'));
    expect(call).toEqual({
      ...{ ...called('A001', 'c1'), ticketId, callId: 'id-5', tellerId: 'ben' },
      why: { rule: 'policy', policy: 'cost-of-delay', score: 0, waitedMs: 0, targetMs: 10 * MINUTE },
    });
    expect(hall.refusal(next('c3'))).toEqual({ code: 'queue-empty' });
    expect(hall.refusal(next('c9'))).toEqual({ code: 'unknown-counter' });
  });

  test('C2 finishing and the next call are one action; with nobody to call it still finishes', () => {
    const { hall, ticketId } = scene();
    hall.take('deposit');
    hall.do({ type: 'StartService', counterId: 'c1' });
    const finishAndNext: Command = { type: 'CallNext', counterId: 'c1', finish: 'referred' };
    const finished = { type: 'ServiceFinished', ticketId, outcome: 'referred', served: ['deposit'], remaining: [] };
    expect(hall.do(finishAndNext)).toMatchObject([finished, called('A002', 'c1')]);
    hall.do({ type: 'StartService', counterId: 'c1' });
    expect(hall.do(finishAndNext)).toMatchObject([{ type: 'ServiceFinished', outcome: 'referred' }]);
  });

  test('C3 a chosen ticket is called with its reason; a reservation does not bind, skills and state do', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c2', 'cat');
    hall.take('deposit');
    const ticketId = hall.take('deposit', { adviser: 'ann' });
    const choose = (counterId: string): Command => ({ type: 'CallTicket', counterId, ticketId, reason: 'appointment' });
    expect(hall.refusal(choose('c2'))).toEqual({ code: 'skills-missing' });
    hall.wait({ minutes: 2 });
    expect(hall.do(choose('c1'))).toMatchObject([
      { ...called('A002', 'c1'), why: { rule: 'chosen', reason: 'appointment', waitedMs: 2 * MINUTE } },
    ]);
    expect(hall.refusal(choose('c2'))).toEqual({ code: 'ticket-taken', label: '1' });
  });

  test('C3, Q8 a missed ticket that is called keeps its share of the wait, and no more when it goes back', () => {
    const { hall, ticketId } = scene();
    hall.do({ type: 'ReturnToQueue', counterId: 'c1' });
    hall.wait({ minutes: 10 }).next('c1');
    hall.wait({ minutes: 1 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    hall.wait({ minutes: 20 }).do({ type: 'CallTicket', counterId: 'c1', ticketId, reason: 'came-back' });
    expect(hall.log.at(-1)).toMatchObject({ type: 'TicketCalled', why: { waitedMs: 5 * MINUTE } });
    hall.do({ type: 'ReturnToQueue', counterId: 'c1' });
    expect(hall.ticket(ticketId).waitingSince).toBe(hall.now - 5 * MINUTE);
  });

  test('C4 a recall repeats the call under its id, not too soon and not too often', () => {
    const { hall, ticketId, callId } = scene();
    const recall: Command = { type: 'Recall', counterId: 'c1' };
    expect(hall.wait({ seconds: 9.5 }).refusal(recall)).toEqual({ code: 'recall-too-soon', seconds: 1 });
    expect(hall.wait({ seconds: 0.5 }).do(recall)).toEqual([{ type: 'TicketRecalled', ticketId, callId }]);
    expect(hall.refusal(recall)).toEqual({ code: 'recall-too-soon', seconds: 10 });
    hall.wait({ seconds: 10 }).do(recall);
    expect(hall.ticket(ticketId).call).toMatchObject({ callId, times: 3, lastAt: hall.now });
    expect(hall.wait({ minutes: 1 }).refusal(recall)).toEqual({ code: 'recall-limit', times: 2 });
    hall.do({ type: 'StartService', counterId: 'c1' });
    expect(hall.refusal(recall)).toEqual({ code: 'not-called', status: 'serving' });
  });

  test('C5 a teller says no-show after a while, or once the ticket was recalled', () => {
    const noShow: Command = { type: 'MarkNoShow', counterId: 'c1' };
    const { hall, ticketId, callId } = scene();
    expect(hall.wait({ seconds: 12 }).refusal(noShow)).toEqual({ code: 'no-show-too-soon', seconds: 8 });
    hall.do({ type: 'Recall', counterId: 'c1' });
    expect(hall.do(noShow)).toEqual([{ type: 'TicketMissed', ticketId, callId }]);
    const patient = scene();
    expect(patient.hall.wait({ seconds: 20 }).do(noShow)).toMatchObject([{ type: 'TicketMissed' }]);
    expect(patient.hall.counter('c1').ticketId).toBeUndefined();
  });

  test.each([
    ['after noShowSeconds', [], 60],
    ['with a care need after careNoShowSeconds', ['hearing'], 120],
  ])(
    'C6 a called ticket that nobody starts is missed by itself %s, from its last call',
    (_name, careNeeds, seconds) => {
      const { hall, ticketId, callId } = scene();
      if (careNeeds.length > 0) hall.do({ type: 'MarkCareNeeds', ticketId, careNeeds });
      const expire: Command = { type: 'ExpireCall', callId };
      expect(timersOf(hall.day)).toEqual([{ at: hall.now + seconds * 1000, command: expire }]);
      hall.wait({ seconds: 30 }).do({ type: 'Recall', counterId: 'c1' });
      hall.wait({ seconds: seconds - 1 });
      expect(hall.refusal(expire)).toEqual({ code: 'timer-out-of-date' });
      hall.wait({ seconds: 1 });
      expect(hall.do(expire, 'system')).toEqual([{ type: 'TicketMissed', ticketId, callId }]);
    },
  );

  test('C7 service without a ticket makes one with the next number, at once being served', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    hall.take('deposit');
    const serve = (...services: string[]): Command => ({ type: 'ServeWithoutTicket', counterId: 'c1', services });
    expect(hall.refusal(serve('loan'))).toEqual({ code: 'skills-missing' });
    expect(hall.refusal(serve())).toEqual({ code: 'no-service-chosen' });
    expect(hall.do(serve('deposit'))).toMatchObject([
      { type: 'TicketIssued', number: 'A002', servedAt: { counterId: 'c1', tellerId: 'ben' } },
    ]);
    const { ticketId = '' } = hall.counter('c1');
    expect(hall.ticket(ticketId)).toMatchObject({ status: 'serving', counterId: 'c1' });
    expect(hall.view({ kind: 'counter', counterId: 'c1' }).current).toMatchObject({ number: 'A002', call: undefined });
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    expect(hall.ticket(ticketId).periods.map(({ kind }) => kind)).toEqual(['serve']);
  });

  test('C8 a named adviser’s ticket follows the person', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c2', 'ann');
    hall.take('deposit', { adviser: 'ann' });
    expect([hall.numbers('c1'), hall.numbers('c2')]).toEqual([[], ['A001']]);
    hall.do({ type: 'CloseCounter', counterId: 'c2' });
    hall.openCounter('c4', 'ann');
    expect([hall.numbers('c2'), hall.numbers('c4')]).toEqual([[], ['A001']]);
    expect(hall.next('c4').number).toBe('A001');
  });
});

describe('time', () => {
  test('T1 what is due is planned from the state alone; late, double or stale timers change nothing', () => {
    const { hall, callId } = scene();
    const expire: Command = { type: 'ExpireCall', callId };
    const stale = { code: 'timer-out-of-date' };
    expect(hall.refusal({ type: 'ExpireCall', callId: 'another' })).toEqual(stale);
    hall.do({ type: 'StartService', counterId: 'c1' });
    expect(timersOf(hall.day)).toEqual([]);
    expect(hall.wait({ minutes: 9 }).refusal(expire)).toEqual(stale);
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    hall.take('deposit');
    const again: Command = { type: 'ExpireCall', callId: hall.next('c1').callId };
    expect(hall.refusal(expire)).toEqual(stale);
    hall.wait({ minutes: 5 }).do(again);
    expect(hall.refusal(again)).toEqual(stale);
    expect(timersOf(hall.day)).toEqual([]);
  });
});
