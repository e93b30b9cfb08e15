import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { MINUTE } from '../../domain/ids.ts';
import { visitOf } from '../../domain/visit.ts';
import { OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

describe('the life of a ticket', () => {
  const serving = (...wish: Parameters<Hall['take']>) => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take(...wish);
    hall.wait({ minutes: 4 }).next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    return { hall: hall.wait({ minutes: 3 }), ticketId };
  };
  const transfer = (hall: Hall, ticketId: string, to: object) =>
    hall.do({ type: 'TransferTicket', ticketId, to } as Extract<Command, { type: 'TransferTicket' }>);

  test('Q2 the wait counts from the issue', () => {
    const { hall, ticketId } = serving('deposit');
    expect(hall.ticket(ticketId)).toMatchObject({ issuedAt: OPENING, waitingSince: OPENING });
    expect(hall.log.find(({ type }) => type === 'TicketCalled')).toMatchObject({ why: { waitedMs: 4 * MINUTE } });
  });

  test('Q3 a transfer to a service decides the segment anew and puts it in place of the current one', () => {
    const { hall, ticketId } = serving('deposit', { services: ['deposit', 'account'] });
    const to = { kind: 'service', service: 'loan' };
    expect(transfer(hall, ticketId, to)).toEqual([{ type: 'TicketTransferred', ticketId, to, segment: 'non-cash' }]);
    const after = { status: 'waiting', services: ['loan', 'account'], waitingSince: OPENING, number: 'A001' };
    expect(hall.ticket(ticketId)).toMatchObject(after);
    expect(hall.counter('c1').ticketId).toBeUndefined();
  });

  test('Q3 a transfer back to its own service moves a ticket that a person had put elsewhere', () => {
    const hall = Hall.open();
    const ticketId = hall.take('deposit');
    transfer(hall, ticketId, { kind: 'segment', segment: 'vip' });
    transfer(hall, ticketId, { kind: 'service', service: 'deposit' });
    expect(hall.ticket(ticketId).segment).toBe('cash');
    const again: Command = { type: 'TransferTicket', ticketId, to: { kind: 'service', service: 'deposit' } };
    expect(hall.refusal(again).code).toBe('nothing-would-change');
  });

  test('Q3 a transfer to a counter or a person: only that counter, only where that person sits', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c3', 'ann');
    const ticketId = hall.take('deposit');
    transfer(hall, ticketId, { kind: 'counter', counterId: 'c3' });
    expect([hall.numbers('c1'), hall.numbers('c3')]).toEqual([[], ['A001']]);
    transfer(hall, ticketId, { kind: 'person', staffId: 'ben' });
    expect([hall.numbers('c1'), hall.numbers('c3')]).toEqual([['A001'], []]);
    transfer(hall, ticketId, { kind: 'segment', segment: 'cash' });
    expect([hall.numbers('c1'), hall.numbers('c3')]).toEqual([['A001'], ['A001']]);
  });

  test('Q3 a transfer that nobody there could serve, or that changes nothing, is refused', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take('loan');
    const refused = (to: object) => hall.refusal({ type: 'TransferTicket', ticketId, to } as Command).code;
    expect(refused({ kind: 'counter', counterId: 'c1' })).toBe('skills-missing');
    expect(refused({ kind: 'counter', counterId: 'c5' })).toBe('skills-missing');
    expect(refused({ kind: 'person', staffId: 'ben' })).toBe('skills-missing');
    expect(refused({ kind: 'segment', segment: 'non-cash' })).toBe('nothing-would-change');
    expect(refused({ kind: 'segment', segment: 'x' })).toBe('unknown-segment');
    expect(refused({ kind: 'service', service: 'x' })).toBe('unknown-service');
    expect(refused({ kind: 'counter', counterId: 'x' })).toBe('unknown-counter');
    expect(refused({ kind: 'person', staffId: 'x' })).toBe('unknown-staff');
    transfer(hall, ticketId, { kind: 'counter', counterId: 'c2' });
    expect(refused({ kind: 'counter', counterId: 'c2' })).toBe('nothing-would-change');
  });

  test.each<[string, (hall: Hall, ticketId: string) => void]>([
    ['return', (hall) => hall.do({ type: 'ReturnToQueue', counterId: 'c1' })],
    ['transfer', (hall, ticketId) => transfer(hall, ticketId, { kind: 'segment', segment: 'cash' })],
    [
      'hold and transfer',
      (hall, ticketId) => {
        hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
        transfer(hall, ticketId, { kind: 'segment', segment: 'cash' });
      },
    ],
  ])('Q4 after a %s it stands in its old place, before all who came later', (_name, goBack) => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const first = hall.take('deposit');
    hall.wait({ minutes: 1 }).take('deposit');
    hall.next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    goBack(hall.wait({ minutes: 5 }), first);
    expect(hall.numbers('c1')).toEqual(['A001', 'A002']);
    expect(hall.ticket(first)).toMatchObject({ status: 'waiting', waitingSince: OPENING });
  });

  test('Q5 finishing does all up to the first that this counter cannot do; the rest waits in its old place', () => {
    const services = ['deposit', 'account', 'loan', 'advice'];
    const { hall, ticketId } = serving('deposit', { services });
    expect(hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' })).toEqual([
      {
        ...{ type: 'ServiceFinished', ticketId, outcome: 'done', served: ['deposit', 'account'] },
        ...{ remaining: ['loan', 'advice'], remainingSegment: 'non-cash' },
      },
    ]);
    expect(hall.ticket(ticketId)).toMatchObject({
      ...{ status: 'waiting', segment: 'non-cash', services: ['loan', 'advice'], done: ['deposit', 'account'] },
      ...{ waitingSince: OPENING, number: 'A001', counterId: undefined },
    });
  });

  test('Q6 a held ticket belongs to its counter, and any open counter that may serve it resumes it', () => {
    const { hall, ticketId } = serving('deposit');
    const hold: Command = { type: 'HoldTicket', counterId: 'c1', reason: 'form' };
    expect(hall.do(hold)).toEqual([{ type: 'TicketHeld', ticketId, reason: 'form' }]);
    expect(hall.ticket(ticketId)).toMatchObject({ status: 'held', counterId: 'c1', holdReason: 'form' });
    hall.openCounter('c2', 'cat').openCounter('c3', 'ann');
    const resume = (counterId: string): Command => ({ type: 'ResumeTicket', counterId, ticketId });
    expect(hall.refusal(resume('c2'))).toEqual({ code: 'skills-missing' }); // cat's cash skill has lapsed
    expect(hall.refusal(resume('c4'))).toEqual({ code: 'counter-not-open' });
    expect(hall.do(resume('c3'))).toMatchObject([{ type: 'TicketCalled', counterId: 'c3', why: { rule: 'held' } }]);
    expect(hall.refusal({ type: 'HoldTicket', counterId: 'c3', reason: 'whim' })).toEqual({ code: 'unknown-reason' });
  });

  test('Q7 a customer leaves while waiting, called or held, not while being served', () => {
    const { hall, ticketId } = serving('deposit');
    const leave = (id: string): Command => ({ type: 'CancelTicket', ticketId: id, reason: 'left' });
    expect(hall.refusal(leave(ticketId))).toEqual({ code: 'ticket-being-served' });
    hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
    expect(hall.do(leave(ticketId))).toEqual([{ type: 'TicketCancelled', ticketId, reason: 'left' }]);
    const called = hall.take('deposit');
    hall.next('c1');
    hall.do(leave(called));
    expect(hall.counter('c1').ticketId).toBeUndefined();
    hall.do(leave(hall.take('deposit')));
    expect(hall.numbers('c1')).toEqual([]);
    expect(hall.refusal(leave('nobody'))).toEqual({ code: 'unknown-ticket' });
  });

  test('Q8 a missed ticket rejoins with its share of the time it waited, the absence not counted', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take('deposit');
    hall.wait({ minutes: 12 }).next('c1');
    hall.wait({ minutes: 1 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    const rejoin: Command = { type: 'RejoinQueue', ticketId };
    hall.wait({ minutes: 30 });
    expect(hall.do(rejoin, 'customer')).toEqual([{ type: 'TicketRejoined', ticketId, creditMs: 6 * MINUTE }]);
    expect(hall.ticket(ticketId).waitingSince).toBe(hall.now - 6 * MINUTE);
    expect(hall.refusal(rejoin)).toEqual({ code: 'ticket-not-missed', status: 'waiting' });
  });

  test('Q8 too late is too late', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take('deposit');
    hall.next('c1');
    hall.wait({ seconds: 20 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    hall.wait({ minutes: 30, seconds: 1 });
    const tooLate = { code: 'rejoin-too-late', withinMinutes: 30 };
    expect(hall.refusal({ type: 'RejoinQueue', ticketId })).toEqual(tooLate);
  });

  test('Q9 every stretch is kept, without gap or overlap, and the visit sums them up', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c3', 'ann');
    const ticketId = hall.take('deposit');
    const minutes = (from: number, to: number) => ({ from: OPENING + from * MINUTE, to: OPENING + to * MINUTE });
    hall.wait({ minutes: 4 }).next('c1');
    hall.wait({ minutes: 1 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    expect(visitOf(hall.ticket(ticketId))).toMatchObject({ status: 'missed', endedAt: OPENING + 5 * MINUTE });
    hall.wait({ minutes: 2 }).do({ type: 'RejoinQueue', ticketId });
    expect(visitOf(hall.ticket(ticketId))).toBeUndefined();
    hall.wait({ minutes: 3 }).next('c3');
    hall.wait({ minutes: 1 }).do({ type: 'StartService', counterId: 'c3' });
    hall.wait({ minutes: 2 }).do({ type: 'HoldTicket', counterId: 'c3', reason: 'form' });
    hall.wait({ minutes: 5 }).do({ type: 'ResumeTicket', counterId: 'c3', ticketId });
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.wait({ minutes: 6 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'referred' });
    const ben = { counterId: 'c1', tellerId: 'ben' };
    const ann = { counterId: 'c3', tellerId: 'ann' };
    const periods = [
      { kind: 'wait', ...minutes(0, 4) },
      { kind: 'call', ...minutes(4, 5), ...ben },
      { kind: 'away', ...minutes(5, 7) },
      { kind: 'wait', ...minutes(7, 10) },
      { kind: 'call', ...minutes(10, 11), ...ann },
      { kind: 'serve', ...minutes(11, 13), ...ann },
      { kind: 'hold', ...minutes(13, 18), ...ann },
      { kind: 'call', ...minutes(18, 18), ...ann },
      { kind: 'serve', ...minutes(18, 24), ...ann },
    ];
    expect(visitOf(hall.ticket(ticketId))).toMatchObject({
      ...{ ticketId, number: 'A001', segment: 'cash', services: ['deposit'], status: 'finished', reason: 'referred' },
      ...{ issuedAt: OPENING, endedAt: OPENING + 24 * MINUTE, waitedMs: 7 * MINUTE, servedMs: 8 * MINUTE },
      ...{ ...ann, periods },
    });
  });

  test('Q10 a service is added to a ticket that goes on, not twice', () => {
    const { hall, ticketId } = serving('deposit');
    const add = (service: string): Command => ({ type: 'AddService', ticketId, service });
    expect(hall.do(add('account'))).toEqual([{ type: 'ServiceAdded', ticketId, service: 'account' }]);
    expect(hall.refusal(add('account'))).toEqual({ code: 'service-already-on-ticket' });
    expect(hall.refusal(add('juggling'))).toEqual({ code: 'unknown-service' });
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    expect(hall.refusal(add('loan'))).toEqual({ code: 'ticket-ended', status: 'finished' });
    expect(hall.ticket(ticketId).done).toEqual(['deposit', 'account']);
  });

  test('Q11 the mark of a care need is set and taken away while the ticket goes on', () => {
    const { hall, ticketId } = serving('deposit');
    const mark = (...careNeeds: string[]): Command => ({ type: 'MarkCareNeeds', ticketId, careNeeds });
    expect(hall.do(mark('hearing', 'hearing'))).toEqual([
      { type: 'CareNeedsMarked', ticketId, careNeeds: ['hearing'] },
    ]);
    expect(hall.refusal(mark('hearing'))).toEqual({ code: 'nothing-would-change' });
    expect(hall.refusal(mark('rude'))).toEqual({ code: 'unknown-care-need' });
    hall.do(mark());
    expect(hall.ticket(ticketId).careNeeds).toEqual([]);
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    expect(hall.refusal(mark('sight'))).toEqual({ code: 'ticket-ended', status: 'finished' });
  });

  test('P1 a waiting ticket is prioritised once, with a reason', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const prioritise = (ticketId: string): Command => ({ type: 'PrioritiseTicket', ticketId, reason: 'complaint' });
    const early = hall.take('deposit');
    const ticketId = hall.wait({ minutes: 1 }).take('deposit');
    expect(hall.do(prioritise(ticketId))).toEqual([{ type: 'TicketPrioritised', ticketId, reason: 'complaint' }]);
    expect(hall.refusal(prioritise(ticketId))).toEqual({ code: 'already-prioritised' });
    expect(hall.numbers('c1')).toEqual(['A002', 'A001']);
    expect(hall.next('c1').why).toMatchObject({ rule: 'prioritised', reason: 'complaint' });
    expect(hall.refusal(prioritise(ticketId))).toEqual({ code: 'ticket-not-waiting', status: 'called' });
    expect(hall.ticket(early).prioritised).toBeUndefined();
  });

  test('P2 the priority is spent when the ticket is called', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    hall.take('deposit');
    const ticketId = hall.wait({ minutes: 1 }).take('deposit');
    hall.do({ type: 'PrioritiseTicket', ticketId, reason: 'quick' });
    hall.next('c1');
    hall.do({ type: 'ReturnToQueue', counterId: 'c1' });
    expect(hall.numbers('c1')).toEqual(['A001', 'A002']);
  });
});
