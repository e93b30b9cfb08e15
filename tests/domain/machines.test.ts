import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import type { BranchConfig } from '../../domain/config.ts';
import { machinesFor } from '../../domain/diversion/machines.ts';
import { timersOf } from '../../domain/timers.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

/** Two machines that can also take deposits. */
const [, , , , c5] = BRANCH.counters;
const config: Partial<BranchConfig> = {
  services: BRANCH.services.map((service) => ({
    ...service,
    selfService: service.id === 'atm' || service.id === 'deposit',
  })),
  counters: [...BRANCH.counters, { ...(c5 as (typeof BRANCH.counters)[number]), id: 'c6', label: '6' }],
};
const report = (more: { fault?: boolean; cannot?: string[] } = {}, counterId = 'c5'): Command => ({
  ...({ type: 'ReportMachine', counterId, fault: false, cannot: [] } as const),
  ...more,
});
const silent = (counterId = 'c5'): Command => ({ type: 'MarkMachineSilent', counterId });
const by = 'device:c5';
const task = { kind: 'device-fault', place: { kind: 'machine', id: 'c5' } };

let hall: Hall;
beforeEach(() => {
  hall = Hall.open(config);
  hall.openCounter('c5').openCounter('c6');
});
const offered = () => machinesFor(hall.day, 'machine', 'atm').map(({ id }) => id);

describe('M1', () => {
  test('M1 what a machine cannot do now is neither called to it nor offered there', () => {
    hall.take('atm');
    expect(hall.do(report({ cannot: ['atm'] }), by)).toEqual([
      { type: 'MachineServicesSet', counterId: 'c5', cannot: ['atm'] },
    ]);
    expect(hall.refusal({ type: 'CallNext', counterId: 'c5' })).toEqual({ code: 'queue-empty' });
    expect(offered()).toEqual(['c6']);
    hall.do(report(), by);
    expect(hall.next('c5').number).toBe('M01');
  });

  test('M1 a report says something new; it is not undone, and only machines make one', () => {
    expect(hall.refusal(report(), by)).toEqual({ code: 'nothing-would-change' });
    hall.do(report({ fault: true }), by);
    expect(hall.refusal(report({ fault: true }), by)).toEqual({ code: 'nothing-would-change' });
    expect(hall.refusal({ type: 'UndoLast', counterId: 'c5' }, by)).toEqual({ code: 'nothing-to-undo' });
    expect(hall.refusal(report({}, 'c1'))).toEqual({ code: 'not-a-machine' });
    expect(hall.refusal(report({ cannot: ['dance'] }))).toEqual({ code: 'unknown-service' });
  });
});

describe('M2', () => {
  test('M2 a fault takes it out of the offers and brings its ticket back in its old place, and the lobby gets a task', () => {
    const first = hall.take('atm');
    hall.wait({ minutes: 3 });
    hall.take('atm');
    hall.next('c5');
    hall.do({ type: 'StartService', counterId: 'c5' });
    hall.wait({ minutes: 2 });
    expect(hall.do(report({ fault: true }), by)).toEqual([
      { type: 'TicketReturned', ticketId: first },
      { type: 'MachineFailed', counterId: 'c5', why: 'fault' },
      { type: 'TaskRaised', taskId: 't1', ...task },
    ]);
    expect(offered()).toEqual(['c6']);
    // Before the one who came later, with the five minutes since it was taken.
    const { ticketId, why } = hall.next('c6');
    expect([ticketId, why.waitedMs]).toEqual([first, 5 * 60_000]);
  });

  test('M2 without another machine a person helps, also whoever was sent to this machine alone', () => {
    hall.do({ type: 'CloseCounter', counterId: 'c6' });
    const inHand = hall.take('deposit', { amount: 500 });
    const kept = hall.take('deposit', { amount: 600 });
    hall.do({ type: 'TransferTicket', ticketId: kept, to: { kind: 'counter', counterId: 'c5' } });
    hall.do({ type: 'CallTicket', counterId: 'c5', ticketId: inHand, reason: 'quick' });
    expect(hall.do(report({ fault: true }), by).slice(0, 3)).toEqual([
      { type: 'ChannelFailed', ticketId: inHand, segment: 'cash' },
      { type: 'ChannelFailed', ticketId: kept, segment: 'cash' },
      { type: 'MachineFailed', counterId: 'c5', why: 'fault' },
    ]);
    hall.openCounter('c1', 'ann');
    expect(hall.numbers('c1')).toEqual(['M01', 'M02']);
  });

  test('M2 while another machine can do it, it stays a ticket of the machines, kept for none', () => {
    const kept = hall.take('atm');
    hall.do({ type: 'TransferTicket', ticketId: kept, to: { kind: 'counter', counterId: 'c5' } });
    expect(hall.do(report({ fault: true }), by)[0]).toMatchObject({ type: 'TicketTransferred', ticketId: kept });
    expect(hall.next('c6').ticketId).toBe(kept);
  });

  test('M2 nobody puts it back to work by hand, and no second task is raised', () => {
    hall.do(report({ fault: true }), by);
    expect(hall.refusal({ type: 'ResumeCounter', counterId: 'c5' })).toEqual({ code: 'machine-out-of-service' });
    hall.do({ type: 'CloseCounter', counterId: 'c5' });
    expect(hall.refusal({ type: 'OpenCounter', counterId: 'c5' })).toEqual({ code: 'machine-out-of-service' });
    expect(hall.day.tasks.size).toBe(1);
  });
});

test('M3 one of which nothing is heard is out in the same way, once, and not when it is closed', () => {
  const ticketId = hall.take('atm');
  hall.next('c5');
  expect(hall.do(silent(), 'system')).toEqual([
    { type: 'TicketReturned', ticketId },
    { type: 'MachineFailed', counterId: 'c5', why: 'silent' },
    { type: 'TaskRaised', taskId: 't1', ...task, kind: 'device-silent' },
  ]);
  expect(hall.refusal(silent(), 'system')).toEqual({ code: 'timer-out-of-date' });
  hall.do({ type: 'CloseCounter', counterId: 'c6' });
  expect(hall.refusal(silent('c6'), 'system')).toEqual({ code: 'timer-out-of-date' });
  expect(hall.refusal(silent('c1'), 'system')).toEqual({ code: 'not-a-machine' });
});

describe('M4', () => {
  test('M4 its first good report puts it back to work and ends its task', () => {
    hall.do(silent(), 'system');
    hall.take('atm');
    expect(hall.do(report(), by)).toEqual([
      { type: 'MachineRecovered', counterId: 'c5' },
      { type: 'TaskFinished', taskId: 't1', outcome: 'not-needed' },
    ]);
    expect(hall.next('c5').number).toBe('M01');
  });

  test('M4 what people have paused or closed stays so', () => {
    const [reason] = BRANCH.pauseReasons;
    hall.do({ type: 'PauseCounter', counterId: 'c5', reason: reason?.id ?? '' });
    hall.do(report({ fault: true }), by);
    hall.do(report(), by);
    expect(hall.counter('c5').status).toBe('paused');
    hall.do({ type: 'ResumeCounter', counterId: 'c5' });
    expect(hall.counter('c5').status).toBe('open');
    hall.do({ type: 'CloseCounter', counterId: 'c5' });
    hall.do(report({ fault: true }), by);
    hall.do(report(), by);
    expect(hall.counter('c5').status).toBe('closed');
    hall.openCounter('c5');
  });
});

test('M5 with auto-call a machine calls as soon as it is free, and not while it is out of service', () => {
  hall.do({ type: 'SetAutoCall', counterId: 'c5', on: true }, by);
  hall.wait({ seconds: 30 });
  hall.take('atm');
  const due = () => timersOf(hall.day).filter(({ command }) => command.type === 'CallWaiting');
  expect(due()).toEqual([{ at: hall.now, command: { type: 'CallWaiting', counterId: 'c5', due: hall.now } }]);
  hall.do(report({ fault: true }), by);
  expect(due()).toEqual([]);
});

test('M2, M4 a day with a fault is replayed as it was', () => {
  hall.take('atm');
  hall.next('c5');
  hall.do({ type: 'StartService', counterId: 'c5' });
  hall.wait({ minutes: 1 }).do(report({ fault: true, cannot: ['atm'] }), by);
  hall.next('c6');
  hall.do({ type: 'StartService', counterId: 'c6' });
  hall.wait({ minutes: 1 }).do(silent('c6'), 'system');
  hall.wait({ minutes: 1 }).do(report(), by);
  hall.do(report({}, 'c6'), 'device:c6');
  hall.do({ type: 'CloseDay' }, 'system');
  expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
});
