import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { tasksRaised, taskSettled } from '../../domain/decide/raise-task.ts';
import { timersOf } from '../../domain/timers.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

const KIOSK = { kind: 'kiosk', id: 'kiosk-1' } as const;
const ask: Command = { type: 'AskForPerson', from: KIOSK };
const take: Command = { type: 'TakeTask', taskId: 't1' };
const finish: Command = { type: 'FinishTask', taskId: 't1' };
const open = () => Hall.open({ tasks: { escalateSeconds: 60 } });

test('A1 a person can be asked for at every place, and the hall gives tasks of every kind', () => {
  const hall = open();
  const ticketId = hall.take('deposit');
  hall.do(ask);
  hall.do({ type: 'AskForPerson', from: { kind: 'machine', id: 'c5' } });
  hall.do({ type: 'AskForPerson', from: { kind: 'counter', id: 'c1' } });
  hall.do({ type: 'AskForPerson', from: { kind: 'phone', id: ticketId } });
  hall.do({ type: 'RaiseTask', kind: 'guide', place: { kind: 'zone', id: 'machines' }, ticketId });
  const { tasks } = hall.view({ kind: 'manager' });
  expect(tasks.map(({ id, kind, place }) => `${id} ${kind} ${place.kind}`)).toEqual([
    't1 assist kiosk',
    't2 assist machine',
    't3 assist counter',
    't4 assist phone',
    't5 guide zone',
  ]);
});

test('A1 places and tickets that the branch does not know are refused, and nothing is raised', () => {
  const hall = open();
  const refusals = [
    hall.refusal({ type: 'AskForPerson', from: { kind: 'counter', id: 'c99' } }),
    hall.refusal({ type: 'AskForPerson', from: { kind: 'phone', id: 'nobody' } }),
    hall.refusal({ ...ask, ticketId: 'nobody' }),
    hall.refusal({ type: 'RaiseTask', kind: 'guide', place: { kind: 'zone', id: 'moon' } }),
  ];
  expect(refusals.map(({ code }) => code)).toEqual([
    'unknown-counter',
    'unknown-ticket',
    'unknown-ticket',
    'unknown-zone',
  ]);
  expect(hall.day.tasks.size).toBe(0);
});

test('A2 one of a kind at a place: the second press says how long ago, another kind or place is another task', () => {
  const hall = open();
  hall.do(ask);
  expect(hall.wait({ seconds: 20 }).refusal(ask)).toEqual({ code: 'already-asked', seconds: 20 });
  hall.do({ type: 'RaiseTask', kind: 'device-fault', place: KIOSK });
  hall.do({ type: 'AskForPerson', from: { kind: 'kiosk', id: 'kiosk-2' } });
  hall.do(finish);
  expect(hall.do(ask)).toEqual([{ type: 'TaskRaised', taskId: 't4', kind: 'assist', place: KIOSK }]);
});

test('A2 what another command raises is raised once, and settled with what it was for', () => {
  const hall = open();
  const fault = { kind: 'device-fault', place: { kind: 'machine', id: 'c5' } } as const;
  const context = { now: hall.now, actor: 'system', commandId: 'x', newId: 'y' };
  const silent = { kind: 'device-silent', place: fault.place } as const;
  expect(taskSettled(hall.day, fault, 'done', context)).toEqual([]);
  expect(tasksRaised(hall.day, [fault, silent], context).map(({ taskId }) => taskId)).toEqual(['t1', 't2']);
  hall.do({ type: 'RaiseTask', ...fault });
  expect(tasksRaised(hall.day, [fault, silent], context).map(({ kind }) => kind)).toEqual(['device-silent']);
  expect(taskSettled(hall.day, fault, 'done', context)).toMatchObject([{ type: 'TaskFinished', taskId: 't1' }]);
});

describe('A3 taken by one, finished by anybody', () => {
  test('A3 refusals say what is the case', () => {
    const hall = open();
    expect(hall.refusal(take)).toEqual({ code: 'unknown-task' });
    hall.do(ask);
    hall.do(take, 'staff:ann');
    expect(hall.refusal(take, 'staff:ben')).toEqual({ code: 'task-taken' });
    expect(hall.do({ ...finish, outcome: 'nobody-there' }, 'staff:ben')).toEqual([
      { type: 'TaskFinished', taskId: 't1', outcome: 'nobody-there' },
    ]);
    expect(hall.refusal(finish)).toEqual({ code: 'task-finished' });
    expect(hall.refusal(take)).toEqual({ code: 'task-finished' });
  });

  test('A3 the place sees since when it waits, since when somebody comes, and then nothing', () => {
    const hall = open();
    const ticketId = hall.take('deposit');
    const from = { kind: 'phone', id: ticketId } as const;
    for (const command of [ask, { ...ask, from }, { ...ask, from: { kind: 'counter', id: 'c1' } }] as Command[])
      hall.do(command);
    const seen = () => [
      hall.view({ kind: 'kiosk' }).asked?.[0],
      hall.view({ kind: 'ticket', ticketId }).asked,
      hall.view({ kind: 'counter', counterId: 'c1' }).asked,
      hall.view({ kind: 'counter', counterId: 'c2' }).asked,
    ];
    const since = hall.now;
    expect(seen()).toMatchObject([{ place: 'kiosk-1', since }, { since }, { place: 'c1', since }, undefined]);
    hall.wait({ seconds: 9 });
    for (const taskId of ['t1', 't2', 't3']) hall.do({ type: 'TakeTask', taskId });
    const takenAt = hall.now;
    expect(seen()).toMatchObject([{ since, takenAt }, { since, takenAt }, { since, takenAt }, undefined]);
    for (const taskId of ['t1', 't2', 't3']) hall.do({ type: 'FinishTask', taskId });
    expect(seen()).toEqual([undefined, undefined, undefined, undefined]);
    expect(hall.view({ kind: 'manager' }).tasks).toEqual([]);
  });
});

test('A4 nobody takes it: urgent when its time is over, once, and not when somebody has taken it', () => {
  const hall = open();
  hall.do(ask);
  const due = hall.now + 60_000;
  const timer: Command = { type: 'EscalateTask', taskId: 't1', due };
  expect(timersOf(hall.day)).toContainEqual({ at: due, command: timer });
  expect(hall.wait({ seconds: 59 }).refusal(timer, 'system')).toEqual({ code: 'timer-out-of-date' });
  hall.wait({ seconds: 1 }).do(timer, 'system');
  expect(hall.view({ kind: 'manager' }).tasks[0]?.escalatedAt).toBe(due);
  expect(hall.refusal(timer, 'system')).toEqual({ code: 'timer-out-of-date' });
  hall.do({ ...ask, from: { ...KIOSK, id: 'kiosk-2' } });
  hall.do({ type: 'TakeTask', taskId: 't2' });
  expect(timersOf(hall.day)).toEqual([]);
});

test('A4 where the branch says nothing of it, two minutes', () => {
  const hall = Hall.open();
  hall.do(ask);
  expect(timersOf(hall.day)[0]?.at).toBe(hall.now + 120_000);
});

test('U3 tasks are not undone, and an undo of what was done before goes past them', () => {
  const hall = open().openCounter('c1', 'ben');
  const ticketId = hall.take('deposit');
  hall.do({ type: 'PrioritiseTicket', ticketId, reason: 'care' }, 'staff:manager');
  hall.do(ask);
  hall.do(take, 'staff:manager');
  hall.do({ type: 'UndoLast' }, 'staff:manager');
  expect(hall.ticket(ticketId).prioritised).toBeUndefined();
  expect(hall.day.tasks.get('t1')?.status).toBe('taken');
});

test('W1 a day with tasks is itself when it is replayed', () => {
  const hall = open().openCounter('c1', 'ben');
  const ticketId = hall.take('deposit');
  hall.do({ ...ask, ticketId });
  hall.next('c1');
  hall.wait({ seconds: 60 }).do({ type: 'EscalateTask', taskId: 't1', due: hall.now }, 'system');
  hall.do({ type: 'StartService', counterId: 'c1' });
  hall.wait({ seconds: 5 }).do(take);
  hall.wait({ seconds: 5 }).do({ ...finish, outcome: 'passed-on' });
  hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
  hall.do({ type: 'RaiseTask', kind: 'guide', place: KIOSK });
  hall.do({ type: 'CloseDay' }, 'system');
  expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
});
