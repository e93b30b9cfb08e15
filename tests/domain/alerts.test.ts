import { describe, expect, test } from '@jest/globals';
import { ALERT_KINDS, type AlertKind } from '../../domain/attention/alert.ts';
import type { AlertsConfig } from '../../domain/config.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

const alerts: AlertsConfig = {
  ...{ queueLong: 3, unansweredSeconds: 20, idleSeconds: 30, notCallingMinutes: 5, vipAhead: 1 },
  ...{ repeatMinutes: 10, snoozeMinutes: 5, escalateMinutes: 4 },
};
/** Nobody is a no-show by himself, so that a call can go unanswered for long. */
const calling = { ...BRANCH.calling, noShowSeconds: 3600 };
const posts = [{ id: 'lobby', name: BRANCH.name, staff: ['ann', 'dan'], minimum: 2 }];
/** All zones of counters are served, so that only what a test makes is a problem. */
const open = () =>
  Hall.open({ alerts, calling, floating: { ...BRANCH.floating, posts } })
    .openCounter('c1', 'ben')
    .openCounter('c4', 'cat')
    .openCounter('c5');
const lobby = 'staff:manager';
const seen = (hall: Hall) => hall.view({ kind: 'manager' }).alerts;
const ids = (hall: Hall) => seen(hall).map(({ id }) => id);
const one = (hall: Hall, id: string) => seen(hall).find((alert) => alert.id === id);

interface Case {
  readonly kind: AlertKind;
  readonly raise: (hall: Hall) => void;
  readonly about: string;
  readonly level: string;
  readonly solve: (hall: Hall) => void;
}
/** Somebody whom counter 1 cannot call: counter 1 has nobody to call, and is not idle. */
const busy = (hall: Hall) => {
  hall.do({ type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit'] });
};
const callAll = (hall: Hall) => {
  for (const { ticketId } of hall.view({ kind: 'manager' }).waiting)
    hall.do({ type: 'CancelTicket', ticketId, reason: 'left' });
};
const CASES: readonly Case[] = [
  {
    ...{ kind: 'past-target', about: 'cash', level: 'notice', solve: callAll },
    raise: (hall) => (busy(hall), hall.take('deposit'), hall.wait({ minutes: 10 })),
  },
  {
    ...{ kind: 'past-ceiling', about: 'cash', level: 'urgent', solve: callAll },
    raise: (hall) => (busy(hall), hall.take('deposit'), hall.wait({ minutes: 25 })),
  },
  {
    ...{ kind: 'queue-long', about: 'cash', level: 'attention' },
    raise: (hall) => (busy(hall), [1, 2, 3, 4].forEach(() => hall.take('deposit'))),
    solve: (hall) =>
      hall.do({
        type: 'CancelTicket',
        ticketId: hall.view({ kind: 'manager' }).waiting[0]?.ticketId ?? '',
        reason: 'left',
      }),
  },
  {
    ...{ kind: 'nobody-serves', about: 'cash', level: 'urgent' },
    raise: (hall) => (hall.do({ type: 'CloseCounter', counterId: 'c1' }), hall.take('deposit')),
    solve: (hall) => hall.openCounter('c1', 'ben'),
  },
  {
    ...{ kind: 'nobody-can', about: 'non-cash', level: 'attention' },
    raise: (hall) => (busy(hall), hall.take('loan')),
    solve: (hall) => hall.openCounter('c2', 'dan'),
  },
  {
    ...{ kind: 'not-answered', about: 'c1', level: 'attention' },
    raise: (hall) => (hall.take('deposit'), hall.next('c1'), hall.wait({ seconds: 20 })),
    solve: (hall) => hall.do({ type: 'StartService', counterId: 'c1' }),
  },
  {
    ...{ kind: 'counter-idle', about: 'c1', level: 'attention' },
    raise: (hall) => (hall.take('deposit'), hall.wait({ seconds: 30 })),
    solve: (hall) => hall.next('c1'),
  },
  {
    ...{ kind: 'not-calling', about: 'c1', level: 'urgent' },
    raise: (hall) => (hall.take('deposit'), hall.wait({ minutes: 5 })),
    solve: (hall) => hall.next('c1'),
  },
  {
    ...{ kind: 'vip-arrival', about: 'id-7', level: 'notice', solve: callAll },
    raise: (hall) => (busy(hall), hall.take('deposit', { tier: 'gold' }), hall.take('deposit', { tier: 'gold' })),
  },
  {
    ...{ kind: 'vip-soon', about: 'id-6', level: 'attention', solve: callAll },
    raise: (hall) => (busy(hall), hall.take('deposit', { tier: 'gold' })),
  },
  {
    ...{ kind: 'task', about: 't1', level: 'attention' },
    raise: (hall) => hall.do({ type: 'AskForPerson', from: { kind: 'kiosk', id: 'kiosk-1' } }),
    solve: (hall) => hall.do({ type: 'FinishTask', taskId: 't1' }),
  },
  {
    ...{ kind: 'post-short', about: 'lobby', level: 'attention' },
    raise: (hall) => hall.openCounter('c2', 'dan'),
    solve: (hall) => hall.do({ type: 'CloseCounter', counterId: 'c2' }),
  },
  {
    ...{ kind: 'zone-empty', about: 'vip-room', level: 'notice' },
    raise: (hall) => hall.do({ type: 'CloseCounter', counterId: 'c4' }),
    solve: (hall) => hall.openCounter('c4', 'cat'),
  },
];

test('A5 every kind of alert is in these cases, and a hall in order has none', () => {
  expect(CASES.map(({ kind }) => kind)).toEqual([...ALERT_KINDS]);
  expect(ids(open())).toEqual([]);
});

describe.each(CASES)('A6 $kind', ({ kind, raise, about, level, solve }) => {
  const id = `${kind}:${about}`;
  const raised = () => {
    const hall = open();
    raise(hall);
    return hall;
  };

  test('A5 A6 is raised at its limit, once, and closes by itself', () => {
    const hall = raised();
    expect(one(hall, id)).toMatchObject({ kind, level });
    expect(ids(hall).filter((each) => each === id)).toHaveLength(1);
    solve(hall);
    expect(ids(hall)).not.toContain(id);
    expect(hall.refusal({ type: 'AcknowledgeAlert', alertId: id }, lobby)).toEqual({ code: 'alert-over' });
  });

  test('A7 acknowledged and snoozed it is quiet, and comes back while it lasts', () => {
    const hall = raised();
    hall.do({ type: 'AcknowledgeAlert', alertId: id }, lobby);
    expect(one(hall, id)?.quiet).toEqual({ why: 'acknowledged', until: hall.now + 10 * 60_000 });
    expect(hall.refusal({ type: 'AcknowledgeAlert', alertId: id }, lobby)).toEqual({ code: 'nothing-would-change' });
    hall.do({ type: 'SnoozeAlert', alertId: id }, lobby);
    expect(one(hall, id)?.quiet).toEqual({ why: 'snoozed', until: hall.now + 5 * 60_000 });
    // Some become another problem meanwhile, which nobody has heard of.
    const later = hall.wait({ minutes: 5 });
    expect(seen(later).some(({ quiet }) => quiet !== undefined)).toBe(false);
    if (kind !== 'counter-idle' && kind !== 'past-target') expect(ids(later)).toContain(id);
  });

  test('A8 escalated it is urgent, and not quiet any more', () => {
    const hall = raised();
    hall.do({ type: 'SnoozeAlert', alertId: id }, lobby);
    hall.do({ type: 'EscalateAlert', alertId: id }, lobby);
    expect(one(hall, id)).toMatchObject({ level: 'urgent', escalatedAt: hall.now });
    expect(one(hall, id)?.quiet).toBeUndefined();
    expect(hall.refusal({ type: 'EscalateAlert', alertId: id }, lobby)).toEqual({ code: 'nothing-would-change' });
    solve(hall);
    expect(ids(hall)).not.toContain(id);
  });
});

test('A5 one card however many tickets, the first six of them by name; the most urgent stand first', () => {
  const hall = open();
  busy(hall);
  for (let count = 0; count < 8; count += 1) hall.take('deposit');
  hall.wait({ minutes: 25 });
  hall.do({ type: 'RaiseTask', kind: 'guide', place: { kind: 'zone', id: 'hall' } });
  expect(ids(hall)).toEqual(['queue-long:cash', 'past-ceiling:cash', 'task:t1']);
  expect(one(hall, 'past-ceiling:cash')).toMatchObject({ count: 8, since: hall.now });
  expect(one(hall, 'past-ceiling:cash')?.tickets).toHaveLength(6);
});

test('A8 what nobody answers is urgent by itself, from when it began or came back; what is only a notice stays one', () => {
  const hall = open();
  hall.do({ type: 'AskForPerson', from: { kind: 'kiosk', id: 'kiosk-1' } });
  hall.do({ type: 'RaiseTask', kind: 'guide', place: { kind: 'zone', id: 'hall' } });
  const level = (seconds: number) => (hall.wait({ seconds }), one(hall, 'task:t1')?.level);
  expect([level(239), level(1)]).toEqual(['attention', 'urgent']);
  hall.do({ type: 'AcknowledgeAlert', alertId: 'task:t1' }, lobby);
  expect([level(0), level(14 * 60 - 1), level(1)]).toEqual(['attention', 'attention', 'urgent']);
  expect(one(hall, 'task:t2')?.level).toBe('notice');
});

test('A9 a customer of a tier is for the adviser on the ticket, who sees it at the own counter', () => {
  const hall = open();
  busy(hall);
  const ticketId = hall.take('account', { tier: 'gold', adviser: 'cat' });
  const id = `vip-soon:${ticketId}`;
  expect(one(hall, id)).toMatchObject({ staffId: 'cat', segment: 'vip' });
  expect(hall.view({ kind: 'counter', counterId: 'c4' }).arrivals).toMatchObject([{ id }]);
  expect(hall.view({ kind: 'counter', counterId: 'c1' }).arrivals).toBeUndefined();
  hall.do({ type: 'AcknowledgeAlert', alertId: id }, 'staff:cat');
  expect(one(hall, id)?.quiet?.why).toBe('acknowledged');
  hall.next('c4');
  expect(hall.view({ kind: 'counter', counterId: 'c4' }).arrivals).toBeUndefined();
  expect(ids(hall)).not.toContain(id);
});

test('A10 before anybody serves no post and no zone is short; the view says who is free for each post', () => {
  const hall = Hall.open({ alerts, floating: { ...BRANCH.floating, posts } });
  expect(ids(hall)).toEqual([]);
  expect(hall.view({ kind: 'manager' }).posts).toEqual([{ post: 'lobby', name: BRANCH.name, free: 2, minimum: 2 }]);
  hall.openCounter('c1', 'ann');
  expect(ids(hall)).toEqual(['post-short:lobby', 'zone-empty:vip-room', 'zone-empty:machines']);
  expect(one(hall, 'post-short:lobby')).toMatchObject({ count: 1 });
});

test('W1 a day with alerts that were answered is itself when it is replayed', () => {
  const hall = open();
  hall.take('deposit');
  hall.wait({ seconds: 40 }).do({ type: 'AcknowledgeAlert', alertId: 'counter-idle:c1' }, lobby);
  hall.do({ type: 'SnoozeAlert', alertId: 'counter-idle:c1' }, lobby);
  hall.do({ type: 'EscalateAlert', alertId: 'counter-idle:c1' }, lobby);
  hall.do({ type: 'CloseDay' }, 'system');
  expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
});

test('U3 what was said to an alert is not undone', () => {
  const hall = open();
  hall.take('deposit');
  hall.wait({ seconds: 40 }).do({ type: 'AcknowledgeAlert', alertId: 'counter-idle:c1' }, lobby);
  expect(hall.refusal({ type: 'UndoLast' }, lobby)).toEqual({ code: 'nothing-to-undo' });
});
