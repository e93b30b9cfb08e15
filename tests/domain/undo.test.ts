import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { timersOf } from '../../domain/timers.ts';
import { Hall } from '../support/hall.ts';
import { restorable } from '../support/picture.ts';

const UNDO: Command = { type: 'UndoLast', counterId: 'c1' };
const next: Command = { type: 'CallNext', counterId: 'c1' };
const start: Command = { type: 'StartService', counterId: 'c1' };
const serve = (hall: Hall) => {
  hall.do(next);
  hall.do(start);
};

/** Four who wait: t[0] and t[2] for cash, t[1] for an account and a loan, t[3] prioritised. Counters 1 and 2 are open. */
function scene(policy: 'cost-of-delay' | 'ratio' = 'cost-of-delay') {
  const hall = Hall.open({ routing: { policy } }).openCounter('c1', 'ben').openCounter('c2', 'cat');
  const tickets = [
    hall.take('deposit'),
    hall.wait({ minutes: 1 }).take('account', { services: ['account', 'loan'] }),
    hall.wait({ minutes: 1 }).take('deposit', { careNeeds: ['hearing'] }),
    hall.wait({ minutes: 1 }).take('deposit'),
  ] as const;
  hall.do({ type: 'PrioritiseTicket', ticketId: tickets[3], reason: 'quick' });
  return { hall, tickets };
}
type Scene = ReturnType<typeof scene>;

describe('what an undo puts back', () => {
  const actions: [name: string, given: (scene: Scene) => void, when: (scene: Scene) => Command][] = [
    ['a call', () => undefined, () => next],
    [
      'a chosen call',
      () => undefined,
      ({ tickets }) => ({ type: 'CallTicket', counterId: 'c1', ticketId: tickets[2], reason: 'care' }),
    ],
    ['a start', ({ hall }) => hall.do(next), () => start],
    ['a finish', ({ hall }) => serve(hall), () => ({ type: 'FinishService', counterId: 'c1', outcome: 'done' })],
    ['a finish with the next call', ({ hall }) => serve(hall), () => ({ ...next, finish: 'done' })],
    [
      'a finish of a part',
      ({ hall, tickets }) => {
        hall.do({ type: 'CallTicket', counterId: 'c1', ticketId: tickets[1], reason: 'other' });
        hall.do(start);
      },
      () => ({ type: 'FinishService', counterId: 'c1', outcome: 'done' }),
    ],
    [
      'a no-show',
      ({ hall }) => hall.do(next),
      ({ hall }) => (hall.wait({ seconds: 20 }), { type: 'MarkNoShow', counterId: 'c1' }),
    ],
    ['a hold', ({ hall }) => serve(hall), () => ({ type: 'HoldTicket', counterId: 'c1', reason: 'form' })],
    [
      'a resume',
      ({ hall }) => {
        serve(hall);
        hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
      },
      ({ tickets }) => ({ type: 'ResumeTicket', counterId: 'c1', ticketId: tickets[3] }),
    ],
    ['a return', ({ hall }) => serve(hall), () => ({ type: 'ReturnToQueue', counterId: 'c1' })],
    [
      'a transfer from the counter',
      ({ hall }) => serve(hall),
      ({ tickets }) => ({ type: 'TransferTicket', ticketId: tickets[3], to: { kind: 'person', staffId: 'ann' } }),
    ],
    ['a pause', () => undefined, () => ({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' })],
    ['a close', () => undefined, () => ({ type: 'CloseCounter', counterId: 'c1' })],
    ['a change of profile', () => undefined, () => ({ type: 'SetWorkProfile', counterId: 'c1', profile: 'both' })],
    [
      'the finish that closed a closing counter',
      ({ hall }) => {
        serve(hall);
        hall.do({ type: 'CloseCounter', counterId: 'c1' });
      },
      () => ({ type: 'FinishService', counterId: 'c1', outcome: 'done' }),
    ],
  ];

  test.each(actions)('U1 %s: tickets, counters and queue are exactly as before', (_name, given, when) => {
    const world = scene('ratio');
    given(world);
    const command = when(world);
    const before = restorable(world.hall.day);
    world.hall.do(command);
    expect(restorable(world.hall.day)).not.toEqual(before);
    world.hall.wait({ seconds: 30 }).do(UNDO);
    expect(restorable(world.hall.day)).toEqual(before);
  });

  test.each<[string, (tickets: Scene['tickets']) => Command]>([
    ['a transfer', ([ticketId]) => ({ type: 'TransferTicket', ticketId, to: { kind: 'counter', counterId: 'c3' } })],
    ['a priority', ([ticketId]) => ({ type: 'PrioritiseTicket', ticketId, reason: 'care' })],
    ['a cancel', ([ticketId]) => ({ type: 'CancelTicket', ticketId, reason: 'mistake' })],
    ['a care need', ([ticketId]) => ({ type: 'MarkCareNeeds', ticketId, careNeeds: ['sight'] })],
    ['a service', ([ticketId]) => ({ type: 'AddService', ticketId, service: 'loan' })],
  ])('U1 %s of somebody who waits is undone by the person who did it, and by no other', (_name, command) => {
    const { hall, tickets } = scene('ratio');
    hall.do({ type: 'TransferTicket', ticketId: tickets[0], to: { kind: 'person', staffId: 'ben' } });
    const before = restorable(hall.day);
    hall.do(command(tickets), 'staff:manager');
    expect(hall.refusal({ type: 'UndoLast' }, 'staff:another')).toEqual({ code: 'nothing-to-undo' });
    hall.do({ type: 'UndoLast' }, 'staff:manager');
    expect(restorable(hall.day)).toEqual(before);
  });

  test('U1 the event says what was undone; after undoSeconds it is too late', () => {
    const { hall } = scene();
    hall.do(next);
    const undone = hall.log.at(-1)?.commandId;
    expect(hall.wait({ seconds: 30 }).do(UNDO)).toEqual([
      { type: 'ActionUndone', undoneCommandId: undone, undone: 'TicketCalled' },
    ]);
    hall.do(next);
    expect(hall.wait({ seconds: 30.001 }).refusal(UNDO)).toEqual({ code: 'undo-too-late', seconds: 30 });
    expect(hall.refusal({ type: 'UndoLast', counterId: 'c9' })).toEqual({ code: 'unknown-counter' });
  });

  test('U1 one undo leaves what the others may undo', () => {
    const { hall, tickets } = scene();
    serve(hall);
    hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' }, 'staff:ben');
    hall.do({ type: 'TransferTicket', ticketId: tickets[3], to: { kind: 'person', staffId: 'ann' } }, 'staff:manager');
    hall.do(next, 'staff:ben');
    hall.do({ type: 'UndoLast' }, 'staff:manager');
    expect(hall.ticket(tickets[3]).status).toBe('held');
    hall.do(UNDO, 'staff:ben');
    expect(hall.counter('c1').ticketId).toBeUndefined();
  });

  test('U1 a customer who comes back is no action of the counter that missed them', () => {
    const { hall, tickets } = scene();
    hall.do(next);
    hall.wait({ seconds: 20 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    hall.do(next);
    hall.do({ type: 'RejoinQueue', ticketId: tickets[3] }, 'customer');
    hall.do(UNDO);
    expect(hall.ticket(tickets[3]).status).toBe('waiting');
    expect(hall.counter('c1').ticketId).toBeUndefined();
  });
});

describe('what an undo does not touch', () => {
  test('U2 not when a ticket or counter has changed since', () => {
    const { hall, tickets } = scene();
    hall.do(next, 'staff:ben');
    hall.do({ type: 'MarkCareNeeds', ticketId: tickets[3], careNeeds: ['sight'] }, 'staff:manager');
    expect(hall.refusal({ type: 'UndoLast' }, 'staff:ben')).toEqual({ code: 'undo-overtaken' });
    hall.do({ type: 'PauseCounter', counterId: 'c2', reason: 'lunch' }, 'staff:cat');
    hall.do({ type: 'ResumeCounter', counterId: 'c2' }, 'staff:manager');
    expect(hall.refusal({ type: 'UndoLast' }, 'staff:cat')).toEqual({ code: 'undo-overtaken' });
  });

  test('U2 nor a second time', () => {
    const { hall } = scene();
    hall.do(next, 'staff:ben');
    hall.do(UNDO, 'staff:ben');
    expect(hall.refusal(UNDO, 'staff:ben')).toEqual({ code: 'nothing-to-undo' });
    expect(hall.refusal({ type: 'UndoLast' }, 'staff:ben')).toEqual({ code: 'nothing-to-undo' });
  });

  test('U2, K1 nor when its teller has sat down somewhere else meanwhile', () => {
    const { hall } = scene();
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    hall.openCounter('c3', 'ben');
    expect(hall.refusal(UNDO)).toEqual({ code: 'undo-overtaken' });
    expect(hall.counter('c1').status).toBe('closed');
  });

  test('U3 taking a number, serving without a ticket and a recall cannot be undone, and hide what was before', () => {
    const { hall } = scene();
    hall.do({ type: 'TakeTicket', services: ['deposit'] }, 'staff:ben');
    expect(hall.refusal({ type: 'UndoLast' }, 'staff:ben')).toEqual({ code: 'nothing-to-undo' });
    hall.do(next, 'staff:ben');
    hall.wait({ seconds: 10 }).do({ type: 'Recall', counterId: 'c1' }, 'staff:ben');
    expect(hall.refusal(UNDO, 'staff:ben')).toEqual({ code: 'nothing-to-undo' });
    hall.do(start, 'staff:ben');
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' }, 'staff:ben');
    hall.do({ type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit'] }, 'staff:ben');
    expect(hall.refusal(UNDO, 'staff:ben')).toEqual({ code: 'nothing-to-undo' });
    expect(Hall.open().refusal({ type: 'UndoLast' })).toEqual({ code: 'nothing-to-undo' });
  });

  test('U4 an undone call leaves the display', () => {
    const { hall } = scene();
    hall.do({ type: 'CallNext', counterId: 'c2' });
    hall.do(next);
    hall.do(UNDO);
    expect(hall.view({ kind: 'display' }).calls.map(({ label }) => label)).toEqual(['2']);
  });

  test('U4, C6 a call that is on again gets its full time once more', () => {
    const { hall, tickets } = scene();
    hall.do(next);
    const { callId } = hall.ticket(tickets[3]).call ?? {};
    hall.wait({ seconds: 50 }).do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
    hall.wait({ seconds: 20 }).do(UNDO);
    const expire: Command = { type: 'ExpireCall', callId: callId ?? '' };
    expect(timersOf(hall.day)).toEqual([{ at: hall.now + 60_000, command: expire }]);
    expect(hall.wait({ seconds: 59 }).refusal(expire)).toEqual({ code: 'timer-out-of-date' });
    expect(hall.wait({ seconds: 1 }).do(expire)).toMatchObject([{ type: 'TicketMissed' }]);
  });
});
