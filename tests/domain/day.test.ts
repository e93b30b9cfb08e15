import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import type { BranchConfig } from '../../domain/config.ts';
import { MINUTE } from '../../domain/ids.ts';
import { BRANCH, DAY, OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

const segment = (id: string, changes: object): BranchConfig['segments'] =>
  BRANCH.segments.map((each) => (each.id === id ? { ...each, ...changes } : each));

describe('the day', () => {
  const someCommands: Command[] = [
    { type: 'CloseDay' },
    { type: 'TakeTicket', services: ['deposit'] },
    { type: 'OpenCounter', counterId: 'c1', tellerId: 'ann' },
    { type: 'CallNext', counterId: 'c1' },
    { type: 'UndoLast' },
    { type: 'ExpireCall', callId: 'none' },
  ];

  test('D1 before the opening every other command is refused; a second opening too', () => {
    const hall = new Hall();
    for (const command of someCommands) expect(hall.refusal(command)).toEqual({ code: 'day-not-open' });
    const open: Command = { type: 'OpenDay', day: DAY, config: BRANCH };
    expect(hall.do(open)).toEqual([{ type: 'DayOpened', day: DAY, config: BRANCH }]);
    expect(hall.refusal(open)).toEqual({ code: 'day-already-open' });
  });

  test('D2 the configuration is in the log, and the day goes by it', () => {
    const hall = Hall.open({ segments: segment('cash', { prefix: 'C' }) });
    const [opened] = hall.log;
    expect(opened?.type === 'DayOpened' && opened.config).toBe(hall.day.config);
    expect(hall.ticket(hall.take('deposit')).number).toBe('C001');
  });

  test('D3 closing the day expires every ticket that goes on and closes every counter', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c2', 'cat');
    const done = hall.take('deposit');
    hall.serveNext('c1');
    const called = hall.take('deposit');
    hall.next('c1');
    const waiting = hall.take('account');
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    expect(hall.do({ type: 'CloseDay' })).toEqual([
      { type: 'TicketExpired', ticketId: called, reason: 'day-closed' },
      { type: 'TicketExpired', ticketId: waiting, reason: 'day-closed' },
      { type: 'CounterClosed', counterId: 'c1' },
      { type: 'CounterClosed', counterId: 'c2' },
      { type: 'DayClosed' },
    ]);
    expect([done, called, waiting].map((id) => hall.ticket(id).status)).toEqual(['finished', 'expired', 'expired']);
    expect(hall.ticket(called).endReason).toBe('day-closed');
    expect(hall.day.queue.size).toBe(0);
    expect(hall.counter('c1')).toMatchObject({ status: 'closed', ticketId: undefined, tellerId: undefined });
  });

  test('D4 after that every command is refused', () => {
    const hall = Hall.open();
    hall.do({ type: 'CloseDay' });
    const all: Command[] = [...someCommands, { type: 'OpenDay', day: DAY, config: BRANCH }];
    for (const command of all) expect(hall.refusal(command)).toEqual({ code: 'day-closed' });
  });

  test('every event says when, by whom, and by which command', () => {
    const hall = Hall.open();
    hall.wait({ minutes: 3 }).take('deposit');
    expect(hall.log.at(-1)).toMatchObject({ at: OPENING + 3 * MINUTE, by: 'device:kiosk-1', commandId: 'command-2' });
  });
});

describe('numbers', () => {
  const numbersOf = (hall: Hall, services: string[]) => services.map((each) => hall.ticket(hall.take(each)).number);

  test('N1 prefix and padded number; each segment has its own series', () => {
    const numbers = numbersOf(Hall.open(), ['deposit', 'account', 'exchange', 'atm', 'loan']);
    expect(numbers).toEqual(['A001', 'B001', 'A002', 'M01', 'B002']);
  });

  test('N2 a series starts at its first number and leaves none out, also after a cancelled ticket', () => {
    const hall = Hall.open();
    const take = () => hall.take('deposit', { tier: 'gold' });
    const first = take();
    hall.do({ type: 'CancelTicket', ticketId: first, reason: 'mistake' });
    expect([first, take(), take()].map((id) => hall.ticket(id).number)).toEqual(['V501', 'V502', 'V503']);
  });

  test('N3 a series that outgrows its width goes on with one digit more', () => {
    const hall = Hall.open({ segments: segment('machine', { firstNumber: 99 }) });
    expect(numbersOf(hall, ['atm', 'atm'])).toEqual(['M99', 'M100']);
  });

  test('N4 the number stays through a transfer to another segment, and is not given again there', () => {
    const hall = Hall.open();
    const ticketId = hall.take('deposit');
    hall.do({ type: 'TransferTicket', ticketId, to: { kind: 'segment', segment: 'non-cash' } });
    expect(hall.ticket(ticketId)).toMatchObject({ number: 'A001', segment: 'non-cash' });
    expect(numbersOf(hall, ['account', 'deposit'])).toEqual(['B001', 'A002']);
  });
});

describe('which segment', () => {
  const ruleOf = (...wish: Parameters<Hall['take']>) => {
    const hall = Hall.open();
    const { rule, segment: id } = hall.ticket(hall.take(...wish));
    return `${rule} → ${id}`;
  };

  test('S1 the first rule whose conditions all hold decides', () => {
    expect(ruleOf('deposit', { tier: 'gold', amount: 60_000 })).toBe('gold → vip');
    expect(ruleOf('deposit', { amount: 50_000 })).toBe('large-cash → vip');
    expect(ruleOf('deposit', { amount: 49_999 })).toBe('cash → cash');
    expect(ruleOf('deposit', { amount: 999 })).toBe('small-cash → machine');
    expect(ruleOf('deposit', { amount: 1_000 })).toBe('cash → cash');
    expect(ruleOf('loan', { appointmentAt: OPENING })).toBe('booked → vip');
    expect(ruleOf('account', { appointmentAt: OPENING })).toBe('rest → non-cash');
    expect(ruleOf('atm', { careNeeds: ['hearing', 'sight'] })).toBe('helped-cash → cash');
    expect(ruleOf('atm', { careNeeds: ['hearing'] })).toBe('machines → machine');
    expect(ruleOf('account', { services: ['account', 'deposit'] })).toBe('rest → non-cash');
  });

  test('S2 a ticket without an amount meets no condition on the amount', () => {
    expect(ruleOf('deposit')).toBe('cash → cash');
  });

  test('S3 the rule that decided is written on the ticket', () => {
    const hall = Hall.open();
    hall.take('advice', { appointmentAt: OPENING });
    expect(hall.log.at(-1)).toMatchObject({ type: 'TicketIssued', rule: 'booked', appointmentAt: OPENING });
  });

  test('S4 at least one service, and only names that the branch knows', () => {
    const hall = Hall.open();
    const take = (wish: object) => hall.refusal({ type: 'TakeTicket', services: ['deposit'], ...wish }).code;
    expect(take({ services: [] })).toBe('no-service-chosen');
    expect(take({ services: ['deposit', 'juggling'] })).toBe('unknown-service');
    expect(take({ services: ['deposit', 'deposit'] })).toBe('service-already-on-ticket');
    expect(take({ careNeeds: ['rude'] })).toBe('unknown-care-need');
    expect(take({ tier: 'platinum' })).toBe('unknown-tier');
    expect(take({ adviser: 'zoe' })).toBe('unknown-staff');
    expect(hall.log).toHaveLength(1);
  });

  test('S5 of several services the first is current: it decides segment and skills', () => {
    const hall = Hall.open().openCounter('c3', 'ben');
    hall.take('loan', { services: ['loan', 'deposit'] });
    hall.take('deposit', { services: ['deposit', 'loan'] });
    expect(hall.numbers('c3')).toEqual(['A001']); // ben cannot do loans
  });
});
