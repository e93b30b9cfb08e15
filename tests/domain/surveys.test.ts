import { describe, expect, test } from '@jest/globals';
import { answerPromisedBy, inboxRefusal } from '../../domain/inbox/moves.ts';
import { agencyCells } from '../../domain/surveys/agency-results.ts';
import { answerFault, surveyClosed } from '../../domain/surveys/answering.ts';
import { bigEnough, figuresOf, hiddenGroups, together, trendOf } from '../../domain/surveys/results.ts';
import type { Survey } from '../../domain/surveys/survey.ts';

const text = { 'zh-CN': '问', 'zh-TW': '問', en: 'Q' };
const survey: Survey = {
  ...{ id: 's', state: 'running', name: text, owner: 'head-office', branches: ['b', 'b2'], anonymous: true },
  ...{ from: '2026-11-01', to: '2026-12-31', languages: ['zh-CN'], ways: ['link'], quota: 100 },
  dimensions: ['range', 'efficiency'],
  own: [
    { id: 'q1', kind: 'scale', text, choices: [] },
    { id: 'q2', kind: 'choice', text, choices: [text, text, text] },
    { id: 'q3', kind: 'text', text, choices: [] },
  ],
};

describe('the inbox', () => {
  const MOVES = ['take', 'answer', 'close', 'make-case'] as const;
  const refusals = (stand: Parameters<typeof inboxRefusal>[0], by = '1') =>
    MOVES.map((move) => inboxRefusal(stand, move, by));

  test('H1 an item is worked on by whoever has taken it, and may be taken from another', () => {
    const [no, other] = ['not-taken', 'taken-by-other'];
    expect(refusals({ state: 'new' })).toEqual([undefined, no, no, no]);
    expect(refusals({ state: 'taken', takenBy: '1' })).toEqual([undefined, undefined, undefined, undefined]);
    expect(refusals({ state: 'taken', takenBy: '2' })).toEqual([undefined, other, other, other]);
  });

  test('H2 what is done stays done, and a case belongs to the case', () => {
    expect(new Set(refusals({ state: 'done', takenBy: '1' }))).toEqual(new Set(['done-already']));
    const made = { state: 'done', takenBy: '1', caseNumber: 'C2026-000001' } as const;
    expect(new Set(refusals(made))).toEqual(new Set(['case-made-already']));
  });

  test('H3 an answer is promised within 15 days', () => {
    const at = Date.parse('2026-11-24T01:30:00Z');
    expect(new Date(answerPromisedBy(at)).toISOString()).toBe('2026-12-09T01:30:00.000Z');
  });
});

describe('answering a survey', () => {
  test('H4 it is answered while it runs, in its branches, until enough have answered', () => {
    const now = { branchId: 'b', day: '2026-11-24', answers: 99 };
    const closed = (more: object, at: object = {}) => surveyClosed({ ...survey, ...more }, { ...now, ...at });
    expect(closed({})).toBeUndefined();
    expect(closed({ state: 'draft' })).toBe('not-started');
    expect(closed({ state: 'ended' })).toBe('over');
    expect(closed({}, { day: '2026-10-31' })).toBe('not-yet');
    expect(closed({}, { day: '2026-11-01' })).toBeUndefined();
    expect(closed({}, { day: '2026-12-31' })).toBeUndefined();
    expect(closed({}, { day: '2027-01-01' })).toBe('over');
    expect(closed({}, { answers: 100 })).toBe('full');
    expect(closed({ quota: undefined }, { answers: 1_000 })).toBeUndefined();
    expect(closed({}, { branchId: 'b3' })).toBe('other-branch');
  });

  test('H5 each answer fits its question, by a way that the survey asks by', () => {
    const fault = (scores: Record<string, number>, texts: string[] = [], way: 'link' | 'ticket' = 'link') =>
      answerFault(survey, { way, scores, texts });
    expect(fault({ range: 5, efficiency: 1, q1: 3, q2: 3 }, ['q3'])).toBeUndefined();
    expect(fault({}, ['q3'])).toBeUndefined();
    expect(fault({ range: 5 }, [], 'ticket')).toBe('other-way');
    expect(fault({})).toBe('no-answer');
    for (const [question, answer] of Object.entries({ range: 6, efficiency: 0, q1: 2.5, q2: 4, q3: 1, attitude: 3 }))
      expect([question, fault({ [question]: answer })]).toEqual([question, 'no-such-answer']);
    expect(fault({}, ['q1'])).toBe('no-such-answer');
  });
});

describe('what the answers say together', () => {
  test('H6 a mean is of single answers, with how many, how satisfied and the 95 % interval', () => {
    // 1, 2, 2, 4, 5, 5: worked out by hand, with t = 2.5706 for 5 degrees of freedom.
    const figures = figuresOf([1, 2, 0, 1, 2]);
    expect(figures).toMatchObject({ count: 6, satisfied: 0.5 });
    expect(figures?.mean).toBeCloseTo(19 / 6, 10);
    expect(figures?.interval?.map((end) => end.toFixed(2))).toEqual(['1.36', '4.97']);
    // Of 400 answers, t is 1.9659; 200 × 4 and 200 × 5 give a standard error of 0.02503.
    expect(figuresOf([0, 0, 0, 200, 200])?.interval?.map((end) => end.toFixed(3))).toEqual(['4.451', '4.549']);
    expect(figuresOf([0, 0, 1, 0, 0])).toEqual({ count: 1, mean: 3, satisfied: 0 });
    expect(figuresOf([0, 0, 0, 0, 0])).toBeUndefined();
    // One of 1 in one branch and nine of 5 in another: 4.6, not the mean of 1 and 5.
    const cell = (branchId: string, counts: number[]) => ({ branchId, month: '2026-11', question: 'range', counts });
    const all = together([cell('b', [1, 0, 0, 0, 0]), cell('b2', [0, 0, 0, 0, 9])]);
    expect(figuresOf(all)?.mean).toBeCloseTo(4.6, 10);
  });

  test('H7 groups of fewer than five are left out', () => {
    expect(bigEnough([{ counts: [4] }, { counts: [2, 3] }, { counts: [] }])).toEqual([{ counts: [2, 3] }]);
    // The whole less the others would be the one of 3: so the next smallest is hidden with it. 2 and 4 hide each other.
    expect([...hiddenGroups([20, 3, 7, 0])].sort()).toEqual([1, 2]);
    expect([...hiddenGroups([20, 2, 7, 4])].sort()).toEqual([1, 3]);
    expect([...hiddenGroups([20, 5])]).toEqual([]);
  });

  test('H8 a month is better or worse only where that is more than chance', () => {
    expect(trendOf([0, 0, 10, 10, 0], [0, 0, 0, 10, 10])).toEqual({ change: 1, direction: 'up' });
    expect(trendOf([0, 0, 0, 10, 10], [0, 0, 10, 10, 0])).toEqual({ change: -1, direction: 'down' });
    expect(trendOf([1, 0, 0, 0, 1], [0, 0, 1, 0, 1])).toEqual({ change: 1, direction: 'steady' });
    expect(trendOf([0, 0, 0, 0, 1], [0, 0, 10, 10, 0])).toBeUndefined();
  });
});

describe('an agency’s file', () => {
  const head = ['month', 'branch', 'question', 'count_1', 'count_2', 'count_3', 'count_4', 'count_5', 'remark'];
  const good = ['2026-11', 'b', 'range', '0', '1', '2', '3', '4', 'x'];

  test('H9 is taken whole, whatever the order of its columns', () => {
    const cells = [
      { branchId: 'b', month: '2026-11', question: 'range', counts: [0, 1, 2, 3, 4] },
      { branchId: 'b2', month: '2026-12', question: 'q2', counts: [7, 0, 1, 0, 0] },
    ];
    const table = [head, good, ['', ''], ['2026-12', 'b2', 'q2', '7', '0', '1', '0', '0']];
    expect(agencyCells(survey, table)).toEqual({ cells });
  });

  test('H9 or not at all: each bad row is named with its column and what is wrong', () => {
    const changed = (column: string, value: string) => good.map((cell, at) => (head[at] === column ? value : cell));
    const table = [
      ...[head, good, good, changed('branch', 'b9'), changed('month', '2026-13'), changed('month', '2027-01')],
      ...[changed('question', 'q3'), changed('count_2', '-1'), changed('count_5', '1e3')],
      ...[
        ['2026-11', 'b2', 'q2', '1', '1', '1', '1', '0'],
        ['2026-11', 'b2', 'range', '0', '0', '0', '0', '0'],
      ],
    ];
    expect(agencyCells(survey, table)).toEqual({
      faults: [
        { row: 3, column: 'question', fault: 'row-twice' },
        { row: 4, column: 'branch', fault: 'branch-unknown' },
        { row: 5, column: 'month', fault: 'month-malformed' },
        { row: 6, column: 'month', fault: 'month-outside' },
        { row: 7, column: 'question', fault: 'question-unknown' },
        { row: 8, column: 'count_2', fault: 'count-malformed' },
        { row: 9, column: 'count_5', fault: 'count-malformed' },
        { row: 10, column: 'count_4', fault: 'too-many-answers' },
        { row: 11, column: 'count_1', fault: 'nobody' },
      ],
    });
    expect(agencyCells(survey, [['month', 'branch'], []])).toMatchObject({
      faults: [
        { row: 1, column: 'question', fault: 'column-missing' },
        { row: 1, column: 'count_1' },
        { row: 1, column: 'count_2' },
        { row: 1, column: 'count_3' },
        { row: 1, column: 'count_4' },
        { row: 1, column: 'count_5' },
      ],
    });
  });
});
