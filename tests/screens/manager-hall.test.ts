import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../domain/ids.ts';
import type { Alert } from '../../domain/attention/alert.ts';
import type { BranchProfile, CounterTile, ManagerView, QueueRow } from '../../domain/views/views.ts';
import { inboxOf, seenNow, soundsFor, urgentOf } from '../../manager/attention/inbox.ts';
import { couldOpen, fitOf, leftAlone, mayReceive, waitingFor } from '../../manager/coverage.ts';
import { minutesOfOne, waitAt, waitAtCounter } from '../../manager/expected-wait.ts';
import { figuresOf, serviceIsLong } from '../../manager/figures.ts';
import { mapZone, packZones } from '../../manager/live/pack-zones.ts';

const NOW = 100 * MINUTE;
const text = (word: string) => ({ 'zh-CN': word, 'zh-TW': word, en: word });
const counter = (id: string, kind: 'fixed' | 'floating' | 'device') => ({ id, label: id, kind, zone: 'hall' });
const work = (id: string, first: string[], help: string[] = []) =>
  ({ id, name: text(id), first, help, helpWhen: 'free' }) as const;

const profile = {
  segments: ['cash', 'vip', 'machines'].map((id) => ({ id })),
  counters: [counter('c1', 'fixed'), counter('c2', 'fixed'), counter('c3', 'floating'), counter('m1', 'device')],
  workProfiles: [work('cash', ['cash']), work('vip', ['vip'], ['cash']), work('machine', ['machines'])],
} as unknown as BranchProfile;

const tile = (counterId: string, status: CounterTile['status'], workProfile: string, more: Partial<CounterTile> = {}) =>
  ({ counterId, status, profile: workProfile, since: 0, finished: 0, ...more }) satisfies CounterTile;

const row = (number: string, more: Partial<QueueRow> = {}): QueueRow => ({
  ticketId: number,
  number,
  segment: 'cash',
  services: ['deposit'],
  careNeeds: [],
  notes: [],
  language: 'zh-CN',
  waitingSince: NOW - 12 * MINUTE,
  targetMs: 10 * MINUTE,
  ceilingMs: 30 * MINUTE,
  ...more,
});

function view(more: Partial<ManagerView> = {}): ManagerView {
  return {
    kind: 'manager',
    day: '2026-11-24',
    open: true,
    ticker: [],
    counters: [
      tile('c1', 'open', 'cash'),
      tile('c2', 'open', 'vip'),
      tile('c3', 'closed', 'cash'),
      tile('m1', 'open', 'machine'),
    ],
    segments: [],
    waiting: [],
    held: [],
    missed: [],
    alerts: [],
    posts: [],
    proposals: [],
    tasks: [],
    today: { issued: 0, finished: 0, missed: 0, cancelled: 0 },
    ...more,
  };
}

describe('where a ticket can be sent', () => {
  const current = { ticketId: 'x', number: 'A9', segment: 'cash', status: 'serving', since: 0, typicalMs: 0 } as const;

  test('open and paused counters can have it, whatever they usually serve (R1); closed and closing ones cannot', () => {
    const fits = [
      tile('c1', 'open', 'cash'),
      tile('c1', 'open', 'cash', { ticket: current }),
      tile('c1', 'paused', 'cash'),
      tile('m1', 'open', 'machine'),
      tile('c1', 'closing', 'cash'),
      tile('c1', 'closed', 'cash'),
    ].map((target) => fitOf(target, row('A1'), profile));
    expect(fits).toEqual(['free', 'busy', 'paused', 'other-work', 'closing', 'closed']);
    expect(fits.map(mayReceive)).toEqual([true, true, true, true, false, false]);
    expect(fitOf(tile('c1', 'open', 'cash'), row('A1', { onlyCounter: 'c1' }), profile)).toBe('already');
    const unskilled = fitOf(tile('c1', 'open', 'cash', { cannot: ['deposit'] }), row('A1'), profile);
    expect([unskilled, mayReceive(unskilled)]).toEqual(['no-skill', false]);
  });

  test('those who wait for the counter already are counted, without the ticket itself', () => {
    const waiting = [row('A1', { onlyCounter: 'c1' }), row('A2', { onlyCounter: 'c1' }), row('A3')];
    expect(waitingFor(view({ waiting }), 'c1', 'A2')).toBe(1);
  });
});

describe('what a change at a counter leaves unserved', () => {
  test('closing the only VIP counter leaves VIP alone, not cash', () => {
    expect(leftAlone(view(), profile, 'c2', 'stops')).toEqual(['vip']);
    expect(leftAlone(view(), profile, 'c1', 'stops')).toEqual([]);
    expect(leftAlone(view(), profile, 'c2', { profile: 'cash' })).toEqual(['vip']);
  });

  test('counters to open: those that serve the segment first, floating ones before fixed, never a machine', () => {
    const counters = [
      tile('c1', 'closed', 'cash'),
      tile('c2', 'closed', 'vip'),
      tile('c3', 'closed', 'cash'),
      tile('m1', 'closed', 'cash'),
    ];
    expect(couldOpen(view({ counters }), profile, 'cash').map(({ counterId }) => counterId)).toEqual([
      'c3',
      'c1',
      'c2',
    ]);
  });
});

describe('figures', () => {
  const board = { segment: 'cash', waiting: 0, targetMs: 0, missed: 0 };

  test('average and share of all called, longest wait with its number, machines not counted as counters', () => {
    const segments = [
      { ...board, called: 3, withinTarget: 3, waitedMs: 3 * MINUTE },
      { ...board, called: 1, withinTarget: 0, waitedMs: 13 * MINUTE },
    ];
    const waiting = [row('A2', { waitingSince: NOW - 5 * MINUTE }), row('A1')];
    expect(figuresOf(view({ segments, waiting }), profile, NOW)).toEqual({
      waiting: 2,
      longest: { waitedMs: 12 * MINUTE, late: true, number: 'A1' },
      called: { averageMs: 4 * MINUTE, withinShare: 0.75 },
      countersOpen: 2,
      countersAll: 3,
      finished: 0,
    });
  });

  test('an empty hall has no longest wait and no average', () => {
    const figures = figuresOf(view(), profile, NOW);
    expect(figures.longest).toBeUndefined();
    expect(figures.called).toBeUndefined();
  });

  test('a service is long after one and a half times the typical time', () => {
    const ticket = {
      ticketId: 'x',
      number: 'A9',
      segment: 'cash',
      status: 'serving',
      since: NOW - 9 * MINUTE,
    } as const;
    expect(serviceIsLong({ ...ticket, typicalMs: 6 * MINUTE }, NOW)).toBe(false);
    expect(serviceIsLong({ ...ticket, typicalMs: 5 * MINUTE }, NOW)).toBe(true);
    expect(serviceIsLong({ ...ticket, status: 'called', typicalMs: 5 * MINUTE }, NOW)).toBe(false);
  });
});

describe('alerts', () => {
  const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
    ...{ kind: 'past-ceiling', id, level: 'urgent', since: 0, ...more },
  });
  const quiet = { why: 'snoozed', until: NOW + MINUTE } as const;

  test('more than three new ones in a minute are gathered, and shown one by one when they are no longer new', () => {
    const alerts = ['a', 'b', 'c', 'd', 'e'].map((id) => alert(id));
    const firstSeen = seenNow(new Map([['a', 0]]), alerts, NOW);
    expect(inboxOf(alerts, firstSeen, NOW).shown.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(inboxOf(alerts, firstSeen, NOW).gathered.map(({ id }) => id)).toEqual(['e']);
    expect(inboxOf(alerts, firstSeen, NOW + MINUTE).gathered).toEqual([]);
  });

  test('quiet ones are kept apart, and one that is over is forgotten: the same later is new', () => {
    const known = alert('a', { quiet });
    expect(inboxOf([known], new Map(), NOW)).toEqual({ shown: [], gathered: [], known: [known] });
    expect([...seenNow(new Map([['a', 1]]), [alert('b')], NOW)]).toEqual([['b', NOW]]);
  });

  test('only what is urgent and not yet heard makes a sound; what was quiet is heard again', () => {
    const alerts = [alert('a'), alert('b', { level: 'attention' }), alert('c', { quiet })];
    expect(soundsFor(alerts, new Set())).toEqual(['a']);
    expect(soundsFor(alerts, new Set(urgentOf(alerts)))).toEqual([]);
    expect(soundsFor([alert('a'), alert('c')], new Set(urgentOf(alerts)))).toEqual(['c']);
  });
});

describe('what a place means in minutes', () => {
  const board = {
    ...{ segment: 'cash', waiting: 9, targetMs: 0, called: 0, withinTarget: 0, waitedMs: 0, missed: 0 },
    range: { fromMinutes: 20, toMinutes: 30 },
  };

  test('the estimate for the end of the line in proportion, nothing where there is none', () => {
    expect(waitAt(board, 10)).toEqual({ fromMinutes: 20, toMinutes: 30 });
    expect(waitAt(board, 1)).toEqual({ fromMinutes: 2, toMinutes: 3 });
    expect(waitAt({ ...board, range: undefined }, 1)).toBeUndefined();
    expect(minutesOfOne(view({ segments: [board] }), { segment: 'cash', place: 3, of: 9 })).toBe(3);
  });

  test('at a counter: the customer in hand, and those who wait for it only', () => {
    const services = { ...profile, services: [{ id: 'deposit', minutes: 4 }] } as unknown as BranchProfile;
    const ticket = { ...{ ticketId: 'x', number: 'A9', segment: 'cash' }, status: 'serving', since: NOW } as const;
    const busy = tile('c1', 'open', 'cash', { ticket: { ...ticket, typicalMs: 6 * MINUTE } });
    const waiting = [row('A1'), row('A2', { onlyCounter: 'c1' })];
    expect(waitAtCounter(view({ waiting }), services, row('A1'), busy, NOW)).toEqual({
      fromMinutes: 10,
      toMinutes: 15,
    });
    const free = tile('c2', 'open', 'cash');
    expect(waitAtCounter(view({ waiting }), services, row('A1'), free, NOW)).toEqual({ fromMinutes: 0, toMinutes: 0 });
  });
});

test('the map fills each row with the first zones that fit, and lets a wide one have its own', () => {
  const zone = (id: string, tiles: number, kind: 'fixed' | 'device' = 'fixed') =>
    mapZone(
      { id, kind: 'cash', name: text(id) },
      Array.from({ length: tiles }, (_, index) => ({ tile: tile(`${id}${index}`, 'open', 'cash'), kind })),
    );
  const zones = [zone('cash', 3), zone('desks', 4), zone('vip', 2), zone('machines', 4, 'device')];
  const ids = (columns: number) => packZones(zones, columns).map((line) => line.map((packed) => packed.zone.id));
  expect(ids(6)).toEqual([
    ['cash', 'vip'],
    ['desks', 'machines'],
  ]);
  expect(ids(2)).toEqual([['cash'], ['desks'], ['vip'], ['machines']]);
  expect(ids(20)).toEqual([['cash', 'desks', 'vip', 'machines']]);
});
