import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../domain/ids.ts';
import type { Alert, BranchProfile, CounterTile, ManagerView, QueueRow } from '../../domain/views/views.ts';
import { alertCards, isAcknowledged, stillAcknowledged } from '../../manager/alert-cards.ts';
import { couldOpen, fitOf, leftAlone, mayReceive, waitingFor } from '../../manager/coverage.ts';
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
    proposals: [],
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
  const past = (number: string): Alert => ({
    kind: 'past-ceiling',
    id: `p:${number}`,
    ticketId: number,
    number,
    since: 0,
  });
  const nobody: Alert = { kind: 'nobody-serves', id: 'n', segment: 'vip', waiting: 2 };

  test('one card per problem: the tickets of one segment together, the worst problem first', () => {
    const waiting = [row('A1'), row('A2'), row('V1', { segment: 'vip' })];
    const cards = alertCards(view({ waiting, alerts: [past('A1'), past('V1'), past('A2'), nobody] }));
    expect(cards.map(({ id }) => id)).toEqual(['nobody-serves:vip', 'past-ceiling:cash', 'past-ceiling:vip']);
    expect(cards[1]).toMatchObject({ tickets: [{ number: 'A1' }, { number: 'A2' }] });
  });

  test('an acknowledged card comes back with a new ticket in it, not when it shrinks, and is new after it was solved', () => {
    const waiting = [row('A1'), row('A2')];
    const cardOf = (...alerts: Alert[]) => alertCards(view({ waiting, alerts }))[0];
    const two = cardOf(past('A1'), past('A2'));
    const one = cardOf(past('A1'));
    if (!one || !two) throw new Error('no card');
    expect(isAcknowledged(two, new Map([[two.id, one.signature]]))).toBe(false);
    expect(isAcknowledged(one, new Map([[one.id, two.signature]]))).toBe(true);
    expect(stillAcknowledged(new Map([[one.id, one.signature]]), []).size).toBe(0);
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
