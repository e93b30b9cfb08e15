import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../domain/ids.ts';
import type { QueueRow } from '../../domain/views/views.ts';
import { filteredQueue, marksOf } from '../../manager/queue-filter.ts';
import { ageOf, expectedLine, placeChange, placeOf, ringShare } from '../../manager/waiting-line.ts';

const NOW = 100 * MINUTE;

function row(number: string, waitedMinutes: number, more: Partial<QueueRow> = {}): QueueRow {
  return {
    ticketId: number,
    number,
    segment: 'cash',
    services: ['deposit'],
    careNeeds: [],
    notes: [],
    language: 'zh-CN',
    waitingSince: NOW - waitedMinutes * MINUTE,
    targetMs: 10 * MINUTE,
    ceilingMs: 30 * MINUTE,
    ...more,
  };
}
const numbers = (rows: readonly QueueRow[]) => rows.map(({ number }) => number);

describe('the manager sees the line as it is expected to be called', () => {
  test('R2, R3: past the ceiling first, then the prioritised by age, then by the used share of the target', () => {
    const rows = [
      row('A1', 8),
      row('A2', 31),
      row('A3', 2, { prioritised: 'care' }),
      row('A4', 5, { prioritised: 'quick' }),
      row('A5', 6, { careNeeds: ['older'], targetMs: 5 * MINUTE }),
      row('B1', 40, { segment: 'non-cash' }),
    ];
    expect(numbers(expectedLine(rows, 'cash', NOW))).toEqual(['A2', 'A4', 'A3', 'A5', 'A1']);
  });

  test('a ring is full at the target, and an age has a name', () => {
    expect(ringShare(row('A1', 5), NOW)).toBe(0.5);
    expect(ringShare(row('A1', 25), NOW)).toBe(1);
    expect([5, 10, 11, 30].map((minutes) => ageOf(row('A1', minutes), NOW))).toEqual([
      'in-time',
      'in-time',
      'late',
      'past-ceiling',
    ]);
  });

  test('prioritising says whom it passes', () => {
    const rows = [row('A1', 9), row('A2', 8), row('A3', 7), row('A4', 6)];
    expect(placeChange(rows, 'A3', { prioritised: 'care' }, NOW)).toEqual({
      from: { segment: 'cash', place: 3, of: 4 },
      to: { segment: 'cash', place: 1, of: 4 },
      passed: 2,
      freed: 0,
    });
  });

  test('a change of segment says who is passed there and who moves up here', () => {
    const rows = [row('A1', 9), row('A2', 8), row('B1', 12, { segment: 'vip' }), row('B2', 1, { segment: 'vip' })];
    const change = placeChange(rows, 'A1', { segment: 'vip', targetMs: 5 * MINUTE, ceilingMs: 15 * MINUTE }, NOW);
    expect(change).toEqual({
      from: { segment: 'cash', place: 1, of: 2 },
      to: { segment: 'vip', place: 1, of: 3 },
      passed: 2,
      freed: 1,
    });
  });

  test('a cancelled ticket frees those behind it; one that no longer waits changes nothing', () => {
    const rows = [row('A1', 9), row('A2', 8), row('A3', 7)];
    expect(placeChange(rows, 'A1', undefined, NOW)).toMatchObject({ passed: 0, freed: 2 });
    expect(placeChange(rows, 'A9', undefined, NOW)).toBeUndefined();
    expect(placeOf(rows, 'A2', NOW)).toEqual({ segment: 'cash', place: 2, of: 3 });
  });
});

describe('the queue table', () => {
  const rows = [
    row('A002', 12),
    row('A010', 3, { careNeeds: ['older'], onlyCounter: 'c1' }),
    row('B001', 20, { segment: 'non-cash', targetMs: 40 * MINUTE, prioritised: 'quick' }),
  ];
  const all = { segments: [], marks: [], search: '', sort: 'waited', descending: true } as const;

  test('filters by segment, by every mark asked for, and by part of the number', () => {
    expect(numbers(filteredQueue(rows, { ...all, segments: ['cash'] }, NOW))).toEqual(['A002', 'A010']);
    expect(numbers(filteredQueue(rows, { ...all, marks: ['care', 'assigned'] }, NOW))).toEqual(['A010']);
    expect(numbers(filteredQueue(rows, { ...all, marks: ['care', 'late'] }, NOW))).toEqual([]);
    expect(numbers(filteredQueue(rows, { ...all, search: ' b0 ' }, NOW))).toEqual(['B001']);
  });

  test('sorts by wait, by share of the target, and by number as people count', () => {
    expect(numbers(filteredQueue(rows, all, NOW))).toEqual(['B001', 'A002', 'A010']);
    expect(numbers(filteredQueue(rows, { ...all, sort: 'share' }, NOW))).toEqual(['A002', 'B001', 'A010']);
    expect(numbers(filteredQueue(rows, { ...all, sort: 'number', descending: false }, NOW))).toEqual([
      'A002',
      'A010',
      'B001',
    ]);
  });

  test('marks come in one order', () => {
    expect(marksOf(row('A1', 11, { tier: 'gold', careNeeds: ['older'] }), NOW)).toEqual(['care', 'tier', 'late']);
  });
});
