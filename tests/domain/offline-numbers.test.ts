import { describe, expect, test } from '@jest/globals';
import type { HandInTickets, OfflineTicket } from '../../domain/commands.ts';
import { MINUTE } from '../../domain/ids.ts';
import { DAY } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

const ONE = 'device:kiosk-1';
const TWO = 'device:kiosk-2';

function open(numbers = 4): Hall {
  const hall = Hall.open({ offline: { numbers } });
  hall.do({ type: 'ReserveNumbers', kiosk: 'one' }, ONE);
  return hall;
}

function ticket(sequence: number, more: Partial<OfflineTicket> = {}): OfflineTicket {
  const ticketId = `paper-${more.series ?? 'cash'}-${sequence}`;
  return { ticketId, series: 'cash', sequence, services: ['deposit'], takenAt: 0, ...more };
}

function handIn(tickets: readonly OfflineTicket[], more: Partial<HandInTickets> = {}): HandInTickets {
  return { type: 'HandInTickets', kiosk: 'one', day: DAY, tickets, ...more };
}

const numbersWaiting = (hall: Hall) => hall.view({ kind: 'manager' }).waiting.map(({ number }) => number);
const turnedAway = (hall: Hall, command: HandInTickets) =>
  hall
    .do(command, ONE)
    .flatMap((event) => (event.type === 'TicketTurnedAway' ? [`${event.number} ${event.reason}`] : []));

describe('blocks of numbers', () => {
  test('N5 blocks lie in the upper half of each series, one behind the other', () => {
    const hall = open();
    const second = hall.do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO);
    expect(hall.log.slice(1, 5)).toMatchObject([
      { type: 'NumbersReserved', kiosk: 'one', series: 'cash', from: 501, to: 504 },
      { series: 'non-cash', from: 501, to: 504 },
      // It starts at 501 itself, and the next one has two digits only.
      { series: 'vip', from: 751, to: 754 },
      { series: 'machine', from: 51, to: 54 },
    ]);
    expect(second[0]).toMatchObject({ kiosk: 'two', series: 'cash', from: 505, to: 508 });
  });

  test('N2, N5 numbers of the hall run on without a gap up to a block, and go round it', () => {
    const hall = Hall.open({ offline: { numbers: 2 } });
    const numberOf = (id: string) => hall.ticket(id).number;
    for (let sequence = 1; sequence <= 49; sequence += 1) hall.take('atm');
    hall.do({ type: 'ReserveNumbers', kiosk: 'one' }, ONE);
    hall.do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO);
    expect([hall.take('atm'), hall.take('atm')].map(numberOf)).toEqual(['M50', 'M55']);
    const third = hall.do({ type: 'ReserveNumbers', kiosk: 'three' }, TWO);
    expect(third.at(-1)).toMatchObject({ series: 'machine', from: 56, to: 57 });
    expect(numberOf(hall.take('atm'))).toBe('M58');
  });

  test('N6 a kiosk gets more when half of a block or less is left, and not before', () => {
    const hall = open();
    const more = { type: 'ReserveNumbers', kiosk: 'one' } as const;
    expect(hall.refusal(more, ONE)).toEqual({ code: 'nothing-would-change' });
    hall.do(handIn([ticket(501)]), ONE);
    expect(hall.refusal(more, ONE)).toEqual({ code: 'nothing-would-change' });
    hall.do(handIn([ticket(502)]), ONE);
    expect(hall.do(more, ONE)).toMatchObject([{ type: 'NumbersReserved', series: 'cash', from: 505, to: 508 }]);
    const own = hall.view({ kind: 'kiosk' }).reserved?.filter(({ series }) => series === 'cash');
    expect(own).toEqual([
      { kiosk: 'one', series: 'cash', from: 501, to: 504, next: 503 },
      { kiosk: 'one', series: 'cash', from: 505, to: 508, next: 505 },
    ]);
  });

  test('N6 a device that loses its store again and again does not use the series up', () => {
    const hall = open();
    for (let store = 2; store <= 8; store += 1) hall.do({ type: 'ReserveNumbers', kiosk: `store-${store}` }, ONE);
    expect(hall.refusal({ type: 'ReserveNumbers', kiosk: 'store-9' }, ONE)).toEqual({ code: 'nothing-would-change' });
    expect(hall.do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO)).toHaveLength(4);
  });

  test('N6 a branch that wants none reserves none, nor does a day of before', () => {
    for (const hall of [Hall.open({ offline: { numbers: 0 } }), Hall.open()])
      expect(hall.refusal({ type: 'ReserveNumbers', kiosk: 'one' }, ONE)).toEqual({ code: 'no-offline-numbers' });
  });

  test('N8 what is left is accounted for when the day closes', () => {
    const hall = open(2);
    hall.do(handIn([ticket(501)]), ONE);
    const released = hall.do({ type: 'CloseDay' }).filter(({ type }) => type === 'NumbersReleased');
    expect(released).toMatchObject([
      { kiosk: 'one', series: 'cash', from: 501, to: 502, unused: [502] },
      { series: 'non-cash', unused: [501, 502] },
      { series: 'vip', unused: [751, 752] },
      { series: 'machine', unused: [51, 52] },
    ]);
  });

  test('N8 the numbers of a device that was unpaired never come into the queue, and nobody else gets them', () => {
    const hall = open(2);
    hall.do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO);
    expect(hall.do({ type: 'ReleaseNumbers', device: ONE })).toHaveLength(4);
    expect(hall.refusal({ type: 'ReleaseNumbers', device: ONE })).toEqual({ code: 'nothing-would-change' });
    expect(turnedAway(hall, handIn([ticket(501)]))).toEqual(['A501 number-not-reserved']);
    expect(hall.do({ type: 'ReserveNumbers', kiosk: 'three' }, ONE)[0]).toMatchObject({ from: 505 });
    const again = hall
      .do({ type: 'CloseDay' })
      .filter((event) => event.type === 'NumbersReleased' && event.from === 501);
    expect(again).toEqual([]);
  });
});

describe('handing in', () => {
  test('N7 tickets of two kiosks and of the hall stand in the order in which the people came', () => {
    const hall = open();
    hall.do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO);
    const start = hall.now;
    hall.wait({ minutes: 1 }).take('deposit');
    hall.wait({ minutes: 9 }).take('deposit');
    const at = (minutes: number) => ({ takenAt: start + minutes * MINUTE });
    hall.do(handIn([ticket(502, at(6)), ticket(501, at(2))]), ONE);
    hall.do(handIn([ticket(505, at(4)), ticket(506, at(8))], { kiosk: 'two' }), TWO);
    expect(numbersWaiting(hall)).toEqual(['A001', 'A501', 'A505', 'A502', 'A506', 'A002']);
    expect(hall.openCounter('c1', 'ann').numbers('c1')).toEqual(numbersWaiting(hall));
    const paper = hall.ticket('paper-cash-501');
    expect(paper).toMatchObject({ issuedAt: start + 2 * MINUTE, waitingSince: start + 2 * MINUTE, quote: undefined });
    expect(paper.periods).toEqual([{ kind: 'wait', from: start + 2 * MINUTE }]);
  });

  test('N7 a clock that is wrong puts nobody before their number was reserved, and nobody in the future', () => {
    const hall = open();
    const reservedAt = hall.now;
    hall.wait({ minutes: 5 });
    hall.do(handIn([ticket(501, { takenAt: 0 }), ticket(502, { takenAt: hall.now + MINUTE })]), ONE);
    expect(hall.ticket('paper-cash-501').waitingSince).toBe(reservedAt);
    expect(hall.ticket('paper-cash-502').waitingSince).toBe(hall.now);
  });

  test('N7 the segment is decided by the rules, with the marks; the number is as it was printed', () => {
    const hall = open();
    hall.do(handIn([ticket(501, { tier: 'gold', careNeeds: ['hearing'], language: 'en' })]), ONE);
    expect(hall.ticket('paper-cash-501')).toMatchObject({
      number: 'A501',
      segment: 'vip',
      rule: 'gold',
      language: 'en',
    });
    expect(hall.day.nextSequence.get('vip')).toBe(501);
  });

  test('N9 what was handed in before stays as it is, whatever command it comes with', () => {
    const hall = open();
    hall.do(handIn([ticket(501)]), ONE);
    hall.openCounter('c1', 'ann').next('c1');
    const again = hall.do(handIn([ticket(501), ticket(502), ticket(502)]), ONE);
    expect(again.map(({ type }) => type)).toEqual(['TicketsHandedIn', 'TicketIssued']);
    expect(hall.ticket('paper-cash-501').status).toBe('called');
    expect(numbersWaiting(hall)).toEqual(['A502']);
  });

  test('N9 one that cannot come in is turned away with the reason, and the others are not', () => {
    const hall = open();
    hall.do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO);
    hall.take('deposit');
    const batch = [
      ticket(1),
      ticket(505),
      ticket(999),
      ticket(501),
      ticket(501, { ticketId: 'a copy' }),
      ticket(502, { services: ['juggling'] }),
      ticket(503, { tier: 'iron' }),
      ticket(504, { ticketId: 'paper-cash-501' }),
      ticket(501, { series: 'nowhere' }),
      ticket(501, { series: 'non-cash', services: ['account'] }),
    ];
    expect(turnedAway(hall, handIn(batch))).toEqual([
      'A001 number-not-reserved',
      'A505 number-not-reserved',
      'A999 number-not-reserved',
      'A501 number-already-used',
      'A502 unknown-service',
      'A503 unknown-tier',
      'A504 number-already-used',
      'nowhere 501 number-not-reserved',
    ]);
    expect(numbersWaiting(hall).toSorted()).toEqual(['A001', 'A501', 'B501']);
  });

  test('N9 papers of yesterday stay out', () => {
    const hall = open();
    expect(turnedAway(hall, handIn([ticket(501)], { day: '2026-11-23' }))).toEqual(['A501 number-of-another-day']);
    expect(numbersWaiting(hall)).toEqual([]);
  });

  test('N9 a ticket whose holder has gone is cancelled by staff like any other', () => {
    const hall = open();
    hall.do(handIn([ticket(501)]), ONE);
    hall.do({ type: 'CancelTicket', ticketId: 'paper-cash-501', reason: 'left' });
    expect(numbersWaiting(hall)).toEqual([]);
  });

  test('N10 of a ticket whose answer never came only the one on paper waits', () => {
    const hall = open();
    const lost = hall.take('deposit');
    const insteadOf = hall.log.at(-1)?.commandId;
    hall.do(handIn([ticket(501, { insteadOf }), ticket(502, { insteadOf }), ticket(503, { insteadOf: 'never' })]), ONE);
    expect(hall.ticket(lost)).toMatchObject({ status: 'cancelled', endReason: 'duplicate' });
    expect(numbersWaiting(hall)).toEqual(['A501', 'A502', 'A503']);
  });

  test('N10 somebody who is being served already is left in peace', () => {
    const hall = open();
    const lost = hall.take('deposit');
    const insteadOf = hall.log.at(-1)?.commandId;
    hall.openCounter('c1', 'ann').next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.do(handIn([ticket(501, { insteadOf })]), ONE);
    expect(hall.ticket(lost).status).toBe('serving');
  });
});

test('W1 a day on which a kiosk was on its own is replayed as it was', () => {
  const hall = open(2).openCounter('c1', 'ann');
  const lost = hall.take('deposit');
  const insteadOf = hall.log.at(-1)?.commandId;
  hall.wait({ minutes: 1 }).do({ type: 'ReserveNumbers', kiosk: 'two' }, TWO);
  const batch = [ticket(501, { insteadOf, takenAt: hall.now - MINUTE }), ticket(502, { takenAt: hall.now }), ticket(1)];
  hall.wait({ minutes: 2 }).do(handIn(batch), ONE);
  expect(hall.ticket(lost).endReason).toBe('duplicate');
  hall.wait({ seconds: 5 }).serveNext('c1');
  hall.do({ type: 'ReleaseNumbers', device: TWO });
  hall.wait({ minutes: 30 }).do({ type: 'CloseDay' }, 'system');
  expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
});
