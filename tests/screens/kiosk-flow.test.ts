import { describe, expect, test } from '@jest/globals';
import type { KioskView } from '../../domain/views/views.ts';
import { cardNumberIn } from '../../kiosk/card-reader.ts';
import { next, type Page, type Step } from '../../kiosk/flow.ts';
import { factsOf } from '../../kiosk/waits.ts';

const HOME: Page = { at: 'home' };
const follow = (steps: readonly Step[]): Page => steps.reduce(next, HOME);
const ISSUED = { ticketId: 't1', number: 'A001', segment: 'cash' };
const DONE: Step = { do: 'answered', result: { ok: true, version: 2, answer: { issued: ISSUED } } };

describe('the way to a ticket', () => {
  test('is one tap where a tile has one service', () => {
    const taking = next(HOME, { do: 'choose-entry', services: ['deposit'], title: 'Cash' });
    expect(taking).toEqual({ at: 'taking', wish: { services: ['deposit'] } });
    expect(next(taking, DONE)).toEqual({ at: 'ticket', wish: { services: ['deposit'] }, issued: ISSUED });
  });

  test('is two taps where it has several', () => {
    const steps: Step[] = [
      { do: 'choose-entry', services: ['open', 'loss'], title: 'Cards' },
      { do: 'choose-service', service: 'loss' },
    ];
    expect(follow(steps)).toEqual({ at: 'taking', wish: { services: ['loss'] } });
  });

  test('leads from the guide too', () => {
    const steps: Step[] = [
      { do: 'open-guide' },
      { do: 'read-guide', service: 'loss' },
      { do: 'choose-service', service: 'loss' },
      DONE,
    ];
    expect(follow(steps).at).toBe('ticket');
  });

  test('takes a second tap for what it is: none', () => {
    const taking: Page = { at: 'taking', wish: { services: ['deposit'] } };
    expect(next(taking, { do: 'choose-entry', services: ['other'], title: '' })).toBe(taking);
    expect(next(taking, { do: 'back' })).toBe(taking);
    expect(next(HOME, DONE)).toBe(HOME);
  });

  test('goes on after a refusal with the same service', () => {
    const refused = next(
      { at: 'taking', wish: { services: ['deposit'] } },
      { do: 'answered', result: { ok: false, unsent: true } },
    );
    expect(refused.at).toBe('refused');
    expect(next(refused, { do: 'again' })).toEqual({ at: 'taking', wish: { services: ['deposit'] } });
    expect(next(refused, { do: 'home' })).toEqual(HOME);
  });
});

const MACHINE = { free: 2, range: { fromMinutes: 0, toMinutes: 0 }, savesMinutes: 15 };

describe('a machine that would save time (rule L1)', () => {
  const asked = next(HOME, { do: 'choose-entry', services: ['deposit'], title: 'Cash', machine: MACHINE });

  test('is offered with the tap, and either answer is the second one', () => {
    expect(asked).toEqual({ at: 'offer', service: 'deposit', machine: MACHINE });
    for (const answer of ['accepted', 'declined'] as const)
      expect(next(asked, { do: 'answer-offer', answer })).toEqual({
        at: 'taking',
        wish: { services: ['deposit'], offer: { channel: 'machine', answer, savesMinutes: 15 } },
      });
  });

  test('can be gone back from, and is not answered by anything else', () => {
    expect(next(asked, { do: 'back' })).toEqual(HOME);
    expect(next(asked, { do: 'choose-service', service: 'loss' })).toBe(asked);
    expect(next(HOME, { do: 'answer-offer', answer: 'accepted' })).toBe(HOME);
  });
});

test('several services go on one number, three at most, in the order in which they were chosen', () => {
  const chosen = follow([
    { do: 'open-several' },
    ...['a', 'b', 'a', 'c', 'd', 'e'].map((service) => ({ do: 'toggle', service }) as const),
  ]);
  expect(chosen).toEqual({ at: 'several', chosen: ['b', 'c', 'd'] });
  expect(next(chosen, { do: 'take-several' })).toEqual({ at: 'taking', wish: { services: ['b', 'c', 'd'] } });
  const nothing: Page = { at: 'several', chosen: [] };
  expect(next(nothing, { do: 'take-several' })).toBe(nothing);
});

test('who wants to show a card comes from the first page and goes back to it', () => {
  expect(follow([{ do: 'open-identify' }])).toEqual({ at: 'identify' });
  expect(follow([{ do: 'open-identify' }, { do: 'back' }])).toEqual(HOME);
  const taking: Page = { at: 'taking', wish: { services: ['deposit'] } };
  expect(next(taking, { do: 'open-identify' })).toBe(taking);
});

test('of a card only its number is read', () => {
  expect(cardNumberIn(';6222020200112233445=25125010000?')).toBe('6222020200112233445');
  expect(cardNumberIn('%B6222020200112233445^LIN/MEI^2512?')).toBe('6222020200112233445');
  expect(cardNumberIn('6222020200112233')).toBe('6222020200112233');
  expect(cardNumberIn('LF-DEMO-1')).toBeUndefined();
  expect(cardNumberIn('12345678')).toBeUndefined();
});

describe('what a tile says', () => {
  const t = (key: string, named: Record<string, unknown>) => [key, ...Object.values(named)].join(' ');
  const wait = (service: string, segment: string, waiting: number, range?: [number, number]) => ({
    ...{ service, segment, waiting },
    range: range && { fromMinutes: range[0], toMinutes: range[1] },
  });
  const view = (countersOpen: number, services: KioskView['services']): KioskView => ({
    ...{ kind: 'kiosk', day: '2026-11-24', open: true, waiting: 9, countersOpen, segments: [] },
    services,
  });

  test('one service: how many and how long', () => {
    const facts = factsOf(t, view(2, [wait('a', 'cash', 6, [10, 15])]), ['a'], false);
    expect(facts).toEqual(['kiosk.tileWaiting 6', 'common.minutes 10–15']);
  });

  test('several: each queue counted once, from the shortest wait', () => {
    const services = [wait('a', 'cash', 6, [20, 30]), wait('b', 'cash', 6, [5, 10]), wait('c', 'vip', 1)];
    expect(factsOf(t, view(2, services), ['a', 'b', 'c'], false)).toEqual(['kiosk.tileWaiting 7', 'kiosk.tileFrom 5']);
  });

  test('large type: only how long', () => {
    expect(factsOf(t, view(2, [wait('a', 'cash', 6, [10, 15])]), ['a'], true)).toEqual(['common.minutes 10–15']);
  });

  test('why nobody serves it, when a counter has paused', () => {
    const lunch = [{ id: 'lunch', name: 'Lunch' }];
    const paused = view(2, [{ ...wait('a', 'cash', 0), paused: 'lunch' }]);
    expect(factsOf(t, paused, ['a'], false, lunch)).toEqual(['kiosk.tilePaused Lunch']);
  });

  test('nobody serves it, or nobody waits', () => {
    expect(factsOf(t, view(2, [wait('a', 'cash', 0)]), ['a'], false)).toEqual(['kiosk.tileNoCounter']);
    expect(factsOf(t, view(2, [wait('a', 'cash', 0, [0, 0])]), ['a'], false)).toEqual(['kiosk.tileNobody']);
    expect(factsOf(t, view(0, [wait('a', 'cash', 0)]), ['a'], false)).toEqual([]);
  });
});
