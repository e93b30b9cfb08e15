import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import type { Quote } from '../../domain/events.ts';
import { rangeOf } from '../../domain/estimate/range.ts';
import { MINUTE } from '../../domain/ids.ts';
import { viewFor } from '../../domain/views/view-for.ts';
import { profileOf } from '../../domain/views/profile.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { audiences, faultsOfShape, leaksOf } from '../support/view-shapes.ts';

/** A hall with everything in it that a public view could leak. */
function fullHall(): Hall {
  const hall = Hall.open().openCounter('c1', 'ben').openCounter('c3', 'ann').openCounter('c4', 'dan').openCounter('c5');
  hall.take('deposit', { careNeeds: ['wheelchair'], amount: 5_000, adviser: 'ben' });
  hall.take('loan', { tier: 'gold', appointmentAt: 1 });
  hall.take('deposit');
  hall.take('account', { careNeeds: ['hearing'] });
  const last = hall.take('deposit');
  hall.do({ type: 'PrioritiseTicket', ticketId: last, reason: 'complaint' });
  hall.next('c4');
  hall.wait({ seconds: 30 }).next('c1');
  hall.do({ type: 'StartService', counterId: 'c1' });
  hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
  hall.next('c1');
  hall.next('c3');
  hall.wait({ seconds: 30 }).do({ type: 'MarkNoShow', counterId: 'c3' });
  return hall;
}

describe('views', () => {
  test('V1 a view is made from the state and the time alone, for each audience its own', () => {
    const hall = fullHall();
    for (const audience of audiences(hall.day)) {
      const view = viewFor(hall.day, audience, hall.now);
      expect(view).toEqual(viewFor(hall.day, audience, hall.now));
      expect(view?.kind).toBe(audience.kind);
      expect(view && faultsOfShape(view)).toBeUndefined();
    }
  });

  test('V1 before the opening, and of a ticket, counter or zone that is not there, there is no view', () => {
    const { day, now } = fullHall();
    expect(viewFor(undefined, { kind: 'kiosk' }, now)).toBeUndefined();
    expect(viewFor(day, { kind: 'ticket', ticketId: 'nobody' }, now)).toBeUndefined();
    expect(viewFor(day, { kind: 'counter', counterId: 'c9' }, now)).toBeUndefined();
    expect(viewFor(day, { kind: 'display', counterId: 'c9' }, now)).toBeUndefined();
    expect(viewFor(day, { kind: 'display', zone: 'cellar' }, now)).toBeUndefined();
  });

  test('V2 what kiosk and display are sent holds no ticket id, no person and no mark of a person', () => {
    const { day, now } = fullHall();
    const open = audiences(day).filter(({ kind }) => kind === 'kiosk' || kind === 'display');
    expect(open).toHaveLength(2 + 3 + 5);
    for (const audience of open) {
      const view = viewFor(day, audience, now);
      expect(view && leaksOf(view, day)).toEqual([]);
    }
    const counter = viewFor(day, { kind: 'counter', counterId: 'c1' }, now);
    expect(counter && leaksOf(counter, day)).not.toEqual([]); // the check itself sees what it should
    const profile = JSON.stringify(profileOf(BRANCH));
    for (const { id } of BRANCH.staff) expect(profile).not.toContain(`"${id}"`);
  });

  test('V3 the display’s calls are in the order of calling, each once, with the count of recalls', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c4', 'dan');
    hall.take('deposit');
    hall.take('loan', { tier: 'gold' });
    hall.next('c1');
    hall.wait({ seconds: 10 }).next('c4');
    hall.wait({ seconds: 10 }).do({ type: 'Recall', counterId: 'c1' });
    const calls = (audience: { zone?: string; counterId?: string }) =>
      hall
        .view({ kind: 'display', ...audience })
        .calls.map(({ number, label, times }) => `${number} ${label} ${times}`);
    expect(calls({})).toEqual(['A001 1 2', 'V501 4 1']);
    expect(calls({ zone: 'vip-room' })).toEqual(['V501 4 1']);
    expect(calls({ counterId: 'c1' })).toEqual(['A001 1 2']);
    const counter = { counterId: 'c1', label: '1', status: 'open', number: 'A001' };
    expect(hall.view({ kind: 'display', counterId: 'c1' }).counter).toEqual(counter);
  });

  test('V3 the newest twenty calls', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    for (let each = 0; each < 70; each += 1) hall.take('deposit');
    for (let each = 0; each < 70; each += 1) hall.serveNext('c1');
    const { calls } = hall.view({ kind: 'display' });
    expect(calls.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, each) => `A0${each + 51}`));
  });

  test('V3 a recall of an old call is news: it is among the twenty again', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c3', 'ann');
    for (let each = 0; each < 30; each += 1) hall.take('deposit');
    hall.next('c3');
    for (let each = 0; each < 25; each += 1) hall.wait({ seconds: 1 }).serveNext('c1');
    expect(hall.view({ kind: 'display' }).calls.map(({ number }) => number)).not.toContain('A001');
    hall.do({ type: 'Recall', counterId: 'c3' });
    const { calls } = hall.view({ kind: 'display' });
    expect(calls).toHaveLength(20);
    expect(calls[0]).toMatchObject({ number: 'A001', times: 2 });
  });

  test('V4 the counter’s queue is in the order in which it would be called if nothing changed', () => {
    const hall = Hall.open({ routing: { policy: 'ratio' } }).openCounter('c3', 'ann');
    for (const service of ['deposit', 'account', 'deposit', 'exchange', 'loan', 'account', 'deposit'])
      hall.wait({ seconds: 20 }).take(service);
    hall.take('deposit', { tier: 'gold' });
    const { queue, queueLength, waitingElsewhere } = hall.view({ kind: 'counter', counterId: 'c3' });
    const called = queue.map(() => {
      const { number } = hall.next('c3');
      hall.do({ type: 'HoldTicket', counterId: 'c3', reason: 'form' });
      return number;
    });
    expect(queue.map(({ number }) => number)).toEqual(called);
    expect([queueLength, waitingElsewhere]).toEqual([8, 0]);
  });

  test('the teller sees who is in hand, since when, and what was done today', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take('deposit', { services: ['deposit', 'account'] });
    hall.wait({ minutes: 3 }).next('c1');
    const look = () => hall.view({ kind: 'counter', counterId: 'c1' });
    expect(look().current).toMatchObject({
      ...{ ticketId, status: 'called', waitedMs: 3 * MINUTE, targetMs: 10 * MINUTE, typicalMs: 17 * MINUTE },
      ...{ noShowAt: hall.now + MINUTE, servingSince: undefined, call: { times: 1 } },
    });
    hall.wait({ seconds: 30 }).do({ type: 'StartService', counterId: 'c1' });
    expect(look().current).toMatchObject({ status: 'serving', servingSince: hall.now, noShowAt: undefined });
    expect(look().undo).toEqual({ what: 'ServiceStarted', until: hall.now + 30_000 });
    expect(
      look()
        .counters.filter(({ busy }) => busy)
        .map(({ counterId }) => counterId),
    ).toEqual(['c1']);
    const tile = hall.view({ kind: 'manager' }).counters.find(({ counterId }) => counterId === 'c1');
    expect(tile).toMatchObject({ ticket: { ticketId, status: 'serving', since: hall.now }, finished: 0 });
    hall.wait({ minutes: 9 }).do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    expect(look()).toMatchObject({ current: undefined, today: { finished: 1, missed: 0, serviceMs: 9 * MINUTE } });
    expect(hall.view({ kind: 'manager' })).toMatchObject({ today: { issued: 1, finished: 1 } });
  });

  test('the manager sees every waiting ticket, oldest first, and what is wrong', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    hall.take('exchange'); // ben has no currency skill
    hall.take('atm'); // nobody serves the machines
    hall.wait({ minutes: 1 }).take('deposit');
    hall.wait({ minutes: 24 });
    const { waiting, alerts, today } = hall.view({ kind: 'manager' });
    expect(waiting.map(({ number }) => number)).toEqual(['A001', 'M01', 'A002']);
    expect(alerts.filter(({ segment }) => segment !== undefined)).toMatchObject([
      { kind: 'nobody-serves', segment: 'machine', count: 1 },
      { kind: 'nobody-can', segment: 'cash', tickets: [{ number: 'A001' }] },
      { kind: 'past-ceiling', segment: 'machine', tickets: [{ number: 'M01' }] },
      { kind: 'past-ceiling', segment: 'cash', tickets: [{ number: 'A001' }] },
    ]);
    expect(today).toEqual({ issued: 3, finished: 0, missed: 0, cancelled: 0 });
  });

  test('the board of a segment counts who was called, who of them within target, and who did not come', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    for (const service of ['deposit', 'deposit', 'deposit']) hall.take(service);
    hall.wait({ minutes: 10 }).serveNext('c1');
    hall.wait({ minutes: 1 }).next('c1');
    hall.wait({ minutes: 1 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    const board = hall.view({ kind: 'manager' }).segments.find(({ segment }) => segment === 'cash');
    expect(board).toMatchObject({ called: 2, withinTarget: 1, waitedMs: 21 * MINUTE, missed: 1, waiting: 1 });
    expect(board).toMatchObject({ targetMs: 10 * MINUTE, longestSince: hall.now - 12 * MINUTE });
  });

  test('a ticket that is kept for a counter that is closed is its own alert, not one of its segment', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    const ticketId = hall.take('deposit');
    hall.take('deposit');
    hall.do({ type: 'TransferTicket', ticketId, to: { kind: 'counter', counterId: 'c3' } });
    const alerts = hall.view({ kind: 'manager' }).alerts.filter(({ segment }) => segment === 'cash');
    expect(alerts).toMatchObject([{ kind: 'nobody-can', tickets: [{ ticketId, number: 'A001' }], count: 1 }]);
  });

  test('the phone sees its own ticket through a whole visit', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    hall.take('deposit');
    const ticketId = hall.take('deposit');
    const look = () => hall.view({ kind: 'ticket', ticketId });
    expect(look()).toMatchObject({ status: 'waiting', ahead: 1, lastCalled: [], counter: undefined });
    hall.serveNext('c1');
    expect(look()).toMatchObject({ ahead: 0, range: { fromMinutes: 0, toMinutes: 0 }, lastCalled: ['A001'] });
    hall.next('c1');
    expect(look()).toMatchObject({ status: 'called', ahead: undefined, counter: { label: '1', times: 1 } });
    hall.wait({ minutes: 1 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    expect(look()).toMatchObject({ status: 'missed', counter: undefined, mayRejoinUntil: hall.now + 30 * MINUTE });
  });
});

describe('the expected wait', () => {
  const quoteOf = (hall: Hall, service: string): Quote | undefined => hall.ticket(hall.take(service)).quote;

  test('E1 the quote is that of the k-th in line of c windows, a gamma law, made before the ticket is issued', () => {
    const hall = Hall.open().openCounter('c1', 'ben');
    hall.take('deposit');
    hall.next('c1');
    for (let ahead = 0; ahead < 3; ahead += 1) hall.take('deposit');
    // Erlang(4, 1/5 per minute): exact percentiles, within 2 %.
    const exact = { p10: 8.72, p50: 18.36, p80: 27.58, p90: 33.4 };
    const quote = quoteOf(hall, 'deposit');
    for (const key of ['p10', 'p50', 'p80', 'p90'] as const)
      expect(Math.abs((quote?.[key] ?? 0) / exact[key] - 1)).toBeLessThan(0.02);
    expect(hall.log.at(-1)).toMatchObject({ type: 'TicketIssued', quote });
  });

  test('E1 twice the windows, half the wait; an idle window and nobody ahead, none', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c3', 'ben');
    expect(quoteOf(hall, 'deposit')).toMatchObject({ p10: 0, p50: 0, p80: 0, p90: 0 });
    hall.take('deposit');
    hall.next('c1');
    hall.next('c3');
    const both = quoteOf(hall, 'deposit')?.p50 ?? 0;
    hall.do({ type: 'CancelTicket', ticketId: [...hall.day.tickets.keys()].at(-1) ?? '', reason: 'left' });
    hall.do({ type: 'PauseCounter', counterId: 'c3', reason: 'lunch' });
    expect(quoteOf(hall, 'deposit')?.p50).toBeCloseTo(2 * both);
  });

  test('E1 an idle counter that helps only with late tickets is no window for somebody who comes now', () => {
    const hall = Hall.open().openCounter('c2', 'ann'); // helps with cash when it is late
    expect(quoteOf(hall, 'deposit')?.p50).toBeGreaterThan(0);
    hall.openCounter('c1', 'ben');
    hall.next('c1');
    hall.openCounter('c3', 'cat');
    expect(quoteOf(hall, 'account')).toMatchObject({ p50: 0 });
  });

  test('E2 no quote while no open counter serves the segment with the skill', () => {
    const hall = Hall.open();
    expect(quoteOf(hall, 'deposit')).toBeUndefined();
    hall.openCounter('c3', 'cat'); // her cash skill has lapsed
    expect(quoteOf(hall, 'deposit')).toBeUndefined();
    hall.openCounter('c1', 'ben');
    expect(quoteOf(hall, 'deposit')).toBeDefined();
    const pause: Command = { type: 'PauseCounter', counterId: 'c1', reason: 'lunch' };
    hall.do(pause);
    expect(quoteOf(hall, 'deposit')).toBeUndefined();
    const { services } = hall.view({ kind: 'kiosk' });
    expect(services.find(({ service }) => service === 'deposit')).toMatchObject({ segment: 'cash', range: undefined });
  });

  test('V5 the two numbers that should get ready are those that the windows busy longest would call', () => {
    const hall = Hall.open().openCounter('c1', 'ben').openCounter('c2', 'cat').openCounter('c4', 'dan');
    const next = (of: { zone?: string; counterId?: string } = {}) => hall.view({ kind: 'display', ...of }).next;
    expect(next()).toEqual([]);
    for (const service of ['account', 'deposit', 'deposit', 'deposit', 'account', 'account'])
      hall.wait({ seconds: 1 }).take(service);
    hall.next('c2');
    hall.wait({ seconds: 30 }).next('c1');
    expect(next()).toEqual(['B002', 'A002']);
    expect(next({ counterId: 'c1' })).toEqual(['A002', 'A003']);
    expect(next({ zone: 'vip-room' })).toEqual([]);
    hall.do({ type: 'CloseCounter', counterId: 'c2' });
    expect(next()).toEqual(['A002', 'A003']);
  });

  test('V6 lines of the ticker take the place of those before until the day ends, and are no action that is undone', () => {
    const hall = Hall.open();
    const line = { 'zh-CN': '十六点停电', 'zh-TW': '', en: 'No power from 16:00' };
    hall.do({ type: 'WriteTicker', lines: [line, line] }, 'staff:lobby');
    hall.do({ type: 'WriteTicker', lines: [line] }, 'staff:lobby');
    expect(hall.view({ kind: 'display' }).ticker).toEqual([line]);
    expect(hall.refusal({ type: 'WriteTicker', lines: [line] })).toEqual({ code: 'nothing-would-change' });
    expect(hall.refusal({ type: 'UndoLast' }, 'staff:lobby')).toEqual({ code: 'nothing-to-undo' });
    hall.do({ type: 'WriteTicker', lines: [] });
    expect(hall.view({ kind: 'display' }).ticker).toEqual([]);
  });

  test('E3 a range is said in whole minutes up to ten and in fives above', () => {
    const said = (p50: number, p80: number) => {
      const { fromMinutes, toMinutes } = rangeOf({ p10: 0, p50, p80, p90: 99 });
      return [fromMinutes, toMinutes];
    };
    expect(said(0, 0)).toEqual([0, 0]);
    expect(said(3.2, 6.7)).toEqual([4, 7]);
    expect(said(10, 10.1)).toEqual([10, 15]);
    expect(said(21, 34)).toEqual([25, 35]);
  });
});
