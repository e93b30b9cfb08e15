import { describe, expect, test } from '@jest/globals';
import { evolve } from '../../domain/evolve.ts';
import { mayClose } from '../../domain/floating/limits.ts';
import { MINUTE } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import { reviewAt, timersOf } from '../../domain/timers.ts';
import { OPENING } from '../support/branch.ts';
import { FloatingHall } from '../support/floating-hall.ts';

const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

/** One window open and five people waiting: more than two for each window. */
function rush(floating: Parameters<typeof FloatingHall.with>[0] = {}): FloatingHall {
  const hall = FloatingHall.with(floating);
  hall.openCounter('c1', 'ann');
  return hall.takeMany('deposit', 5);
}

/** The floating window is open, with eve. */
function opened(floating: Parameters<typeof FloatingHall.with>[0] = {}): FloatingHall {
  const hall = rush(floating);
  hall.pass(1);
  hall.approve('p1');
  hall.pass(4);
  expect(hall.counter('c3').status).toBe('open');
  return hall;
}

describe('reviews', () => {
  test('F1 the hall is looked at every reviewSeconds while there is something to see', () => {
    const hall = FloatingHall.with();
    expect(reviewAt(hall.day)).toBeUndefined();
    hall.openCounter('c1', 'ann');
    expect(reviewAt(hall.day)).toBe(OPENING + MINUTE);
    expect(types(hall.pass(3))).toEqual(['WindowsReviewed', 'WindowsReviewed', 'WindowsReviewed']);
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    expect(reviewAt(hall.day)).toBeUndefined();
    expect(reviewAt(FloatingHall.with({ policy: 'manual' }).openCounter('c1', 'ann').day)).toBeUndefined();
  });

  test('F1, T1 a review that is early, late or of another moment is refused and changes nothing', () => {
    const hall = rush();
    const due = OPENING + MINUTE;
    expect(hall.refusal({ type: 'ReviewWindows', due })).toEqual({ code: 'timer-out-of-date' });
    hall.wait({ minutes: 1 }).do({ type: 'ReviewWindows', due });
    expect(hall.refusal({ type: 'ReviewWindows', due })).toEqual({ code: 'timer-out-of-date' });
    expect(hall.proposals).toHaveLength(1);
  });

  test('F1 a hall that nobody looked at for hours is looked at once, and then again by the clock', () => {
    const hall = FloatingHall.with();
    hall.wait({ minutes: 120 }).take('deposit');
    expect(types(hall.pass(0))).toEqual(['WindowsReviewed']);
    expect(reviewAt(hall.day)).toBe(hall.now + MINUTE);
  });
});

describe('what is proposed', () => {
  test('F8 a window is proposed when more wait for each window than openAbove, with its reason in numbers', () => {
    const hall = rush();
    const [, proposed] = hall.pass(1);
    expect(proposed).toMatchObject({
      ...{ type: 'WindowProposed', proposalId: 'p1', kind: 'open', counterId: 'c3', tellerId: 'eve' },
      ...{ policy: 'threshold', reason: { code: 'long-queue', waiting: 5, windows: 1 } },
      expiresAt: hall.now + 5 * MINUTE,
    });
    const calm = FloatingHall.with().openCounter('c1', 'ann');
    expect(types(calm.takeMany('deposit', 2).pass(3))).not.toContain('WindowProposed');
  });

  test('F6 a window that is proposed counts as one that opens', () => {
    const hall = rush();
    expect(types(hall.pass(4)).filter((type) => type === 'WindowProposed')).toHaveLength(1);
  });

  test('F8 an idle window is proposed to close after closeAfterIdleMinutes, when the others can do', () => {
    const hall = opened({ minOpenMinutes: 1 });
    for (let served = 0; served < 5; served += 1) hall.serveNext('c1');
    expect(types(hall.pass(9))).not.toContain('WindowProposed');
    expect(hall.pass(4)).toContainEqual(
      expect.objectContaining({ kind: 'close', counterId: 'c3', reason: { code: 'window-idle', minutes: 10 } }),
    );
  });

  test('F10 a window whose own work nobody waits for is proposed to take the other', () => {
    const hall = FloatingHall.with({ staff: [], minOpenMinutes: 1 });
    hall.openCounter('c1', 'ben').openCounter('c2', 'ann').takeMany('deposit', 3);
    expect(hall.pass(3)).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'convert', counterId: 'c2', profile: 'cash-first', reason: { code: 'other-work', waiting: 3 } },
      }),
    );
    hall.approve('p1');
    expect(hall.counter('c2').profile).toBe('cash-first');
  });

  test('F11 longer hours are proposed when the queue cannot be served by closing time', () => {
    const hall = FloatingHall.with({ staff: [] }, { closesAt: OPENING + 50 * MINUTE });
    hall.openCounter('c1', 'ann');
    const [, proposed] = hall.takeMany('deposit', 15).pass(1);
    expect(proposed).toMatchObject({ kind: 'extend-hours', reason: { code: 'cannot-finish' } });
    hall.approve('p1');
    expect(hall.day.floating.closesAt).toBeGreaterThan(OPENING + 50 * MINUTE);
    expect((hall.day.floating.closesAt ?? 0) % (5 * MINUTE)).toBe(0);
    const unknown = FloatingHall.with({ staff: [] });
    unknown.openCounter('c1', 'ann');
    expect(types(unknown.takeMany('deposit', 15).pass(2))).not.toContain('WindowProposed');
  });

  test('F14 on a day with longer hours, and on no other, the customers are told until when', () => {
    const hall = FloatingHall.with({ staff: [] }, { closesAt: OPENING + 50 * MINUTE });
    hall.openCounter('c1', 'ann');
    const ticketId = hall.take('deposit');
    const told = () => [
      hall.view({ kind: 'kiosk' }).openUntil,
      hall.view({ kind: 'display' }).openUntil,
      hall.view({ kind: 'display', counterId: 'c1' }).openUntil,
      hall.view({ kind: 'ticket', ticketId }).openUntil,
    ];
    hall.takeMany('deposit', 15).pass(1);
    expect(told()).toEqual([undefined, undefined, undefined, undefined]);
    const { until } = hall.pending[0] ?? {};
    hall.approve('p1');
    expect(until).toBeGreaterThan(OPENING + 50 * MINUTE);
    expect(told()).toEqual([until, until, until, until]);
  });

  test('F12 it says what it should bring: fewer who wait, and shorter, with it than without it', () => {
    const hall = rush();
    hall.pass(1);
    const { before, after } = hall.pending[0]?.promised ?? {};
    expect(after?.waiting).toBeLessThan(before?.waiting ?? 0);
    expect(after?.longest).toBeLessThan(before?.longest ?? 0);
    expect(after?.mean).toBeLessThan(before?.mean ?? 0);
  });
});

describe('answers', () => {
  test('F13 an approval that is undone waits for an answer as before, and nothing is measured for it', () => {
    const hall = rush();
    hall.pass(1);
    const [asked] = hall.pending;
    hall.approve('p1');
    hall.do({ type: 'UndoLast' }, 'staff:manager');
    expect(hall.counter('c3').status).toBe('closed');
    expect(hall.pending).toEqual([asked]);
    let again: BranchDay | undefined;
    for (const event of hall.log) again = evolve(again, event);
    expect(again?.floating).toEqual(hall.day.floating);
    hall.approve('p1');
    expect(hall.counter('c3').status).toBe('opening');
    hall.do({ type: 'UndoLast' }, 'staff:manager');
    expect(types(hall.pass(6))).toContain('ProposalExpired');
    expect(types(hall.pass(40))).not.toContain('EffectMeasured');
  });

  test('F4 approving sends the person over; the window opens by itself when they should be there', () => {
    const hall = rush();
    hall.pass(1);
    const readyAt = hall.now + 4 * MINUTE;
    expect(hall.approve('p1')).toEqual([
      { type: 'ProposalApproved', proposalId: 'p1' },
      { type: 'CounterOpening', counterId: 'c3', tellerId: 'eve', readyAt },
    ]);
    expect(hall.refusal({ type: 'OpenCounter', counterId: 'c3', tellerId: 'dan' })).toMatchObject({
      code: 'counter-opening',
    });
    expect(hall.refusal({ type: 'OpenCounter', counterId: 'c2', tellerId: 'eve' })).toMatchObject({
      code: 'teller-at-another-counter',
    });
    expect(types(hall.pass(4))).toContain('CounterOpened');
    expect(hall.counter('c3')).toMatchObject({ status: 'open', tellerId: 'eve', readyAt: undefined });
  });

  test('F4 the person may be there sooner, or be called off', () => {
    const sooner = rush();
    sooner.pass(1);
    sooner.approve('p1');
    sooner.openCounter('c3', 'eve');
    expect(sooner.counter('c3').status).toBe('open');
    const off = rush();
    off.pass(1);
    off.approve('p1');
    const { readyAt = 0 } = off.counter('c3');
    off.do({ type: 'CloseCounter', counterId: 'c3' });
    expect(off.counter('c3')).toMatchObject({ status: 'closed', tellerId: undefined });
    off.wait({ minutes: 5 });
    expect(off.refusal({ type: 'OpenReadyCounter', counterId: 'c3', readyAt })).toEqual({ code: 'timer-out-of-date' });
  });

  test('F4 a restart on the way changes nothing: the log alone gives the same timers', () => {
    const hall = rush();
    hall.pass(1);
    hall.approve('p1');
    const again = hall.log.reduce<BranchDay | undefined>((state, event) => evolve(state, event), undefined);
    if (again === undefined) throw new Error('no day');
    expect(timersOf(again)).toEqual(timersOf(hall.day));
  });

  test('F5 closing is soft: the customer in hand is finished first', () => {
    const hall = opened({ minOpenMinutes: 1, threshold: { openAbove: 2, closeAfterIdleMinutes: 3 } });
    for (let served = 0; served < 5; served += 1) hall.serveNext('c1');
    hall.pass(5);
    const close = hall.pending.find(({ kind }) => kind === 'close');
    hall.take('deposit');
    hall.next('c3');
    hall.approve(close?.id ?? '');
    expect(hall.counter('c3').status).toBe('closing');
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
    expect(hall.counter('c3').status).toBe('closed');
  });

  test('F6 a proposal expires, and is answered once', () => {
    const hall = rush();
    expect(hall.refusal({ type: 'ApproveProposal', proposalId: 'p9' })).toEqual({ code: 'unknown-proposal' });
    hall.pass(1);
    hall.wait({ minutes: 5 });
    expect(hall.refusal({ type: 'ApproveProposal', proposalId: 'p1' })).toEqual({ code: 'proposal-expired' });
    expect(hall.pass(0)).toContainEqual({ type: 'ProposalExpired', proposalId: 'p1', why: 'time' });
    expect(hall.refusal({ type: 'ApproveProposal', proposalId: 'p1' })).toEqual({ code: 'proposal-expired' });
    hall.approve('p2');
    expect(hall.refusal({ type: 'ApproveProposal', proposalId: 'p2' })).toEqual({
      ...{ code: 'proposal-settled', status: 'approved' },
    });
  });

  test('F6 one that cannot be done any more expires, and until then is refused as overtaken', () => {
    const hall = rush();
    hall.pass(1);
    hall.openCounter('c3', 'dan');
    expect(hall.refusal({ type: 'ApproveProposal', proposalId: 'p1' })).toEqual({ code: 'proposal-overtaken' });
    expect(hall.pass(1)).toContainEqual({ type: 'ProposalExpired', proposalId: 'p1', why: 'overtaken' });
  });

  test('F6 after a dismissal nothing of its kind is proposed for proposalMinutes', () => {
    const hall = rush();
    hall.pass(1);
    hall.do({ type: 'DismissProposal', proposalId: 'p1', reason: 'passes-soon' });
    expect(types(hall.pass(4))).not.toContain('WindowProposed');
    expect(types(hall.pass(1))).toContain('WindowProposed');
  });

  test('F7 in automatic mode it is approved in the same review', () => {
    const hall = rush({ mode: 'automatic' });
    expect(types(hall.pass(1))).toEqual(['WindowsReviewed', 'WindowProposed', 'ProposalApproved', 'CounterOpening']);
    expect(hall.log.at(-1)?.by).toBe('system');
  });

  test('F12 what came of it is measured 30 minutes later, or when the day closes', () => {
    const hall = opened();
    for (let served = 0; served < 3; served += 1) hall.serveNext('c1');
    expect(hall.pass(26)).toContainEqual(
      expect.objectContaining({
        type: 'EffectMeasured',
        proposalId: 'p1',
        came: { waiting: 2, longest: 31, mean: 15.4 },
      }),
    );
    expect(types(hall.pass(30))).not.toContain('EffectMeasured');
    const early = opened();
    expect(types(early.do({ type: 'CloseDay' }))).toContain('EffectMeasured');
  });
});

describe('limits', () => {
  test('F2 nobody without the skills, at a counter or off the list is asked', () => {
    const proposed = (hall: FloatingHall) => hall.pass(1).some(({ type }) => type === 'WindowProposed');
    expect(proposed(rush({ staff: ['dan'] }))).toBe(false);
    expect(proposed(rush({ staff: ['ann'] }))).toBe(false);
    expect(proposed(rush({ staff: [] }))).toBe(false);
    expect(proposed(rush({ staff: ['dan', 'eve'] }))).toBe(true);
  });

  test('F2 a window stays open for minOpenMinutes and closed for minClosedMinutes', () => {
    const hall = opened({ threshold: { openAbove: 2, closeAfterIdleMinutes: 1 } });
    for (let served = 0; served < 5; served += 1) hall.serveNext('c1');
    expect(types(hall.pass(14))).not.toContain('WindowProposed');
    expect(types(hall.pass(1))).toContain('WindowProposed');
    hall.approve('p2');
    hall.takeMany('deposit', 9);
    expect(types(hall.pass(4))).not.toContain('WindowProposed');
    expect(types(hall.pass(1))).toContain('WindowProposed');
  });

  test('F2 a window is not closed while it is the only one for somebody who waits', () => {
    const hall = opened({ minOpenMinutes: 1 });
    hall.wait({ minutes: 1 });
    expect(mayClose(hall.day, hall.counter('c3'), hall.now)).toBe(true);
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    expect(mayClose(hall.day, hall.counter('c3'), hall.now)).toBe(false);
  });

  test('F3 a post keeps its minimum of people who sit at no counter', () => {
    const post = (minimum: number) => ({ id: 'lobby', name: { 'zh-CN': '', 'zh-TW': '', en: '' }, minimum });
    const staff = ['dan', 'eve'];
    const kept = rush({ posts: [{ ...post(2), staff }] });
    expect(types(kept.pass(3))).not.toContain('WindowProposed');
    const enough = rush({ posts: [{ ...post(1), staff }] });
    expect(types(enough.pass(1))).toContain('WindowProposed');
    enough.openCounter('c4', 'dan');
    expect(enough.refusal({ type: 'ApproveProposal', proposalId: 'p1' })).toEqual({ code: 'proposal-overtaken' });
  });
});

describe('the rolling plan', () => {
  test('F9 renews its figures every 5 minutes and keeps them with the review', () => {
    const hall = rush({ policy: 'rolling-plan', staff: ['eve'] });
    const plans = hall
      .pass(12)
      .flatMap((event) => (event.type === 'WindowsReviewed' && event.plan ? [event.plan] : []));
    expect(plans.length).toBeGreaterThan(0);
    for (const [index, { at }] of plans.entries())
      expect(at - (plans[index - 1]?.at ?? -Infinity)).toBeGreaterThanOrEqual(5 * MINUTE);
    expect(hall.day.floating.plan).toEqual(plans.at(-1));
    expect(plans[0]).toMatchObject({ serviceMinutes: 5, windows: 1, speed: 1, floating: 1, floatingSpeed: 1.5 });
    expect(plans[0]?.rates).toHaveLength(9);
  });

  test('F9 opens for a rush that the forecast sees coming, before anybody waits', () => {
    const arrivals = { cash: [1, 40, 40, 1] };
    const hall = new FloatingHall();
    const { config } = FloatingHall.with({ policy: 'rolling-plan', staff: ['eve'] }).day;
    const forecast = { from: OPENING, slotMinutes: 30, arrivals };
    hall.do({ type: 'OpenDay', day: '2026-11-24', config, forecast });
    hall.openCounter('c1', 'ann');
    expect(types(hall.pass(10))).not.toContain('WindowProposed');
    expect(hall.pass(20)).toContainEqual(
      expect.objectContaining({ kind: 'open', reason: expect.objectContaining({ code: 'rush-ahead', waiting: 0 }) }),
    );
  });
});
