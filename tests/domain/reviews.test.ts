import { describe, expect, test } from '@jest/globals';
import { dayFacts, type Calendar } from '../../domain/forecast/calendar.ts';
import { isForPack, moveAction, urgencyOf } from '../../domain/reviews/action.ts';
import { EMPTY_MINUTES, lacksOf, meetingRefusal, type Minutes } from '../../domain/reviews/meeting.ts';
import { daysOf, monthBefore, monthsOf, packDue, quarterOf } from '../../domain/reviews/months.ts';
import { complaintRate, ranking } from '../../domain/reviews/ranking.ts';

describe('the pack of a month', () => {
  // 1 January 2027 is a Friday and a holiday; the Sunday after it is worked.
  const calendar: Calendar = { holidays: ['2027-01-01'], paydays: [], workingWeekends: ['2027-01-03'] };
  const until = (last: number, year = calendar) =>
    Array.from({ length: last }, (_, place) => dayFacts(`2027-01-${String(place + 1).padStart(2, '0')}`, year));

  test.each([
    ['the holiday', 1, 1, undefined],
    ['the Saturday', 2, 1, undefined],
    ['the Sunday on which people work', 3, 1, '2026-12'],
    ['too early for the second', 3, 2, undefined],
    ['the second', 4, 2, '2026-12'],
    ['any day later', 20, 1, '2026-12'],
  ])('J1 on %s', (_name, day, nth, due) => {
    expect(packDue(until(day), nth)).toBe(due);
  });

  test('J1 without that Sunday it waits for Monday', () => {
    const usual = { ...calendar, workingWeekends: [] };
    expect([packDue(until(3, usual), 1), packDue(until(4, usual), 1), packDue([], 1)]).toEqual([
      undefined,
      '2026-12',
      undefined,
    ]);
  });

  test('J1 months know their neighbours, their days and their quarter', () => {
    expect([monthBefore('2026-01'), monthBefore('2026-12')]).toEqual(['2025-12', '2026-11']);
    expect([daysOf('2028-02'), daysOf('2026-11')].map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2028-02-01 2028-02-29',
      '2026-11-01 2026-11-30',
    ]);
    expect(['2026-01', '2026-06', '2026-12'].map(quarterOf)).toEqual(['2026-Q1', '2026-Q2', '2026-Q4']);
    expect(monthsOf('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12']);
  });
});

describe('a meeting', () => {
  test('J2, J4 that is open is written and closed; one that nobody approved is not', () => {
    for (const move of ['write', 'close'] as const) {
      expect(meetingRefusal({ state: 'open' }, move, '1001')).toBeUndefined();
      for (const state of ['requested', 'refused'] as const)
        expect(meetingRefusal({ state, requestedBy: '1001' }, move, '1001')).toBe('not-open');
    }
  });

  test.each(['approve', 'refuse'] as const)('J3 a request: %s by somebody else, once', (move) => {
    const stand = { state: 'requested', requestedBy: '1001' } as const;
    expect(meetingRefusal(stand, move, '1002')).toBeUndefined();
    expect(meetingRefusal(stand, move, '1001')).toBe('own-request');
    for (const state of ['open', 'refused', 'closed'] as const)
      expect(meetingRefusal({ ...stand, state }, move, '1002')).toBe('not-requested');
  });

  const whole: Minutes = {
    day: '2026-11-03',
    attendees: ['1001'],
    items: ['Waits at noon'],
    decisions: [],
    actions: [{ what: 'A second window at noon', owner: '1001', due: '2026-11-03' }],
  };
  const [action] = whole.actions;

  test.each([
    ['nothing at all', EMPTY_MINUTES, ['day', 'attendees', 'items']],
    ['a day to come', { ...whole, day: '2026-11-05' }, ['day-to-come', 'action-due']],
    ['an action of nobody', { ...whole, actions: [{ what: 'x', due: '2026-12-01' }] }, ['action-owner']],
    ['an action without a day', { ...whole, actions: [{ what: 'x', owner: '1001' }] }, ['action-due']],
    [
      'an action due before the meeting',
      { ...whole, actions: [{ ...action, what: 'x', due: '2026-11-02' }] },
      ['action-due'],
    ],
    ['all of it', whole, []],
  ])('J5 minutes with %s', (_name, minutes, lacks) => {
    expect(lacksOf(minutes, '2026-11-04')).toEqual(lacks);
  });

  test('J5 closed minutes never change', () => {
    for (const move of ['write', 'close'] as const)
      expect(meetingRefusal({ state: 'closed' }, move, '1001')).toBe('minutes-closed');
  });
});

describe('an action', () => {
  test.each([
    ['open', 'finish', 'done', 'done'],
    ['open', 'escalate', 'escalated', 'escalated'],
    ['open', 'reopen', 'open-already', 'open-already'],
    ['escalated', 'finish', 'with-management', 'done'],
    ['escalated', 'escalate', 'with-management', 'with-management'],
    ['escalated', 'reopen', 'with-management', 'open'],
    ['done', 'finish', 'done-already', 'done-already'],
    ['done', 'escalate', 'done-already', 'done-already'],
    ['done', 'reopen', 'open', 'open'],
  ] as const)('J6 %s, %s: %s in the branch, %s from above', (state, move, inBranch, above) => {
    const answer = (fromAbove: boolean) => Object.values(moveAction(state, move, fromAbove))[0];
    expect([answer(false), answer(true)]).toEqual([inBranch, above]);
  });

  test('J7 is late after its day, and a reminder from seven days before', () => {
    const on = (due: string) => urgencyOf(due, '2026-11-24');
    expect([on('2026-11-23'), on('2026-11-24'), on('2026-12-01'), on('2026-12-02')]).toEqual([
      'late',
      'soon',
      'soon',
      'later',
    ]);
  });
});

test('J8 what is not done, and what was finished since the pack before, stands in the next pack', () => {
  const done = (at: number) => ({ state: 'done', changed: { at } }) as const;
  const actions = [{ state: 'open' }, { state: 'escalated', changed: { at: 1 } }, done(5), done(6)] as const;
  expect(actions.map((action) => isForPack(action, 5))).toEqual([true, true, false, true]);
  expect(actions.every((action) => isForPack(action, undefined))).toBe(true);
});

test('J9 branches are ranked by the share within target; the same share is the same place', () => {
  const rows = ['a', 'b', 'c', 'd'].map((branchId, place) => ({
    branchId,
    called: branchId === 'a' ? 0 : 10,
    withinTarget: [0, 0.9, 0.8, 0.9][place] as number,
  }));
  expect(ranking(rows).map(({ branchId, place }) => [branchId, place])).toEqual([
    ['b', 1],
    ['d', 1],
    ['c', 3],
    ['a', undefined],
  ]);
  expect([complaintRate(3, 20_000), complaintRate(0, 0)]).toEqual([1.5, undefined]);
});
