import { describe, expect, test } from '@jest/globals';
import type { FloatingConfig } from '../../domain/config.ts';
import type { DomainEvent } from '../../domain/events.ts';
import { MINUTE } from '../../domain/ids.ts';
import type { NamedChanges } from '../../domain/replay/what-if.ts';
import { whatIf } from '../../domain/replay/what-if.ts';
import { visitOf } from '../../domain/visit.ts';
import { BRANCH, OPENING } from '../support/branch.ts';
import { FloatingHall } from '../support/floating-hall.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

const SECOND = 1_000;
/** Counter 3 serves everybody, nobody only when it is free. */
const workProfiles = BRANCH.workProfiles.map((profile) =>
  profile.id === 'both' ? { ...profile, first: [...profile.first, ...profile.help], help: [] } : profile,
);
const first = { routing: { ...BRANCH.routing, policy: 'first-come' }, workProfiles } as const;
const strict = { routing: { ...BRANCH.routing, policy: 'strict-priority' }, workProfiles } as const;

function closed(hall: Hall): readonly DomainEvent[] {
  hall.do({ type: 'CloseDay' }, 'system');
  return hall.log;
}

/** Waits in seconds, by number. */
function waits({ state }: ReturnType<typeof replayed>): Record<string, number> {
  return Object.fromEntries(
    [...state.tickets.values()].map((ticket) => [ticket.number, (visitOf(ticket)?.waitedMs ?? 0) / SECOND]),
  );
}

const times = (events: readonly DomainEvent[], type: DomainEvent['type'], start = OPENING) =>
  events.flatMap((event) => (event.type === type ? [(event.at - start) / SECOND] : []));

/** Cash and VIP customers in turn wait at 0, and one counter serves them: pressed after 5 s, walked up in 20, served in 100. */
function oneCounterDay(): Hall {
  const hall = Hall.open(first).openCounter('c3', 'ann');
  for (const tier of [undefined, 'gold', undefined, 'gold']) hall.take('deposit', { tier });
  for (let customer = 0; customer < 4; customer += 1) {
    hall.wait({ seconds: 5 }).next('c3');
    hall.wait({ seconds: 20 }).do({ type: 'StartService', counterId: 'c3' }, 'staff:ann');
    hall.wait({ seconds: 100 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'done' }, 'staff:ann');
  }
  return hall;
}

describe('W1 under the policy in force', () => {
  test('W1 the day is itself, through JSON, with everything that people can do', () => {
    const hall = oneCounterDay();
    const late = hall.take('deposit');
    hall.next('c3');
    hall.wait({ seconds: 10 }).do({ type: 'Recall', counterId: 'c3' });
    hall.wait({ seconds: 3 }).do({ type: 'MarkNoShow', counterId: 'c3' });
    hall.do({ type: 'UndoLast', counterId: 'c3' }, 'staff:manager');
    hall.wait({ seconds: 60 }).do({ type: 'MarkNoShow', counterId: 'c3' });
    hall.wait({ minutes: 4 }).do({ type: 'RejoinQueue', ticketId: late }, 'customer');
    hall.next('c3');
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.do({ type: 'AddService', ticketId: late, service: 'account' });
    hall.wait({ seconds: 9 }).do({ type: 'HoldTicket', counterId: 'c3', reason: 'form' });
    hall.wait({ seconds: 7 }).do({ type: 'ResumeTicket', counterId: 'c3', ticketId: late });
    hall.do({ type: 'PauseCounter', counterId: 'c3', reason: 'lunch' });
    const again = replayed(closed(hall));
    expect(difference(hall.log, again.events)).toBeUndefined();
    expect([...again.notRepeated]).toEqual([]);
  });

  test('W1 what is different is found, and only ids of commands may be', () => {
    const events = closed(oneCounterDay());
    const renamed = events.map((event) => ({ ...event, commandId: `x${event.commandId}` }));
    expect(difference(events, renamed)).toBeUndefined();
    expect(difference(events, events.slice(0, -1))).toMatchObject({ place: events.length - 1 });
    const later = events.map((event, place) => (place === 7 ? { ...event, at: event.at + 1 } : event));
    expect(difference(events, later)).toMatchObject({ place: 7 });
    expect(() => replayed(events.slice(0, -1))).toThrow('not closed');
  });

  test('W1 a day of another version of the product is said to differ, and from when', () => {
    const events = closed(oneCounterDay());
    const other = events.map((event) => (event.type === 'TicketIssued' ? { ...event, rule: 'of old' } : event));
    const result = whatIf(other, [], { from: OPENING });
    expect(result).toMatchObject({ sameAsRecorded: false, differsAt: OPENING });
    expect(whatIf(events, [], { from: OPENING })).toMatchObject({ sameAsRecorded: true });
  });
});

describe('W2 under another policy', () => {
  test('W2 the same customers, each with their own walk and service, called in another order', () => {
    const again = replayed(closed(oneCounterDay()), strict);
    expect(waits(again)).toEqual({ V501: 5, V502: 130, A001: 255, A002: 380 });
    expect(times(again.events, 'ServiceStarted')).toEqual([25, 150, 275, 400]);
    expect(times(again.events, 'ServiceFinished')).toEqual([125, 250, 375, 500]);
  });

  test('W2 who left after so long is served when called before, and takes as long as another one did', () => {
    const hall = oneCounterDay();
    const log = closed(hall);
    const impatient = Hall.open(first).openCounter('c3', 'ann');
    for (const tier of [undefined, undefined, 'gold']) impatient.take('deposit', { tier });
    const [, , gold = ''] = impatient.day.tickets.keys();
    for (let customer = 0; customer < 2; customer += 1) {
      impatient.wait({ seconds: 5 }).next('c3');
      impatient.wait({ seconds: 20 }).do({ type: 'StartService', counterId: 'c3' }, 'staff:ann');
      if (customer === 1) impatient.do({ type: 'CancelTicket', ticketId: gold, reason: 'left' }, 'customer');
      impatient.wait({ seconds: 100 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'done' }, 'staff:ann');
    }
    const again = replayed(closed(impatient.wait({ minutes: 9 })), strict);
    expect(waits(again)).toEqual({ V501: 5, A001: 130, A002: 255 });
    expect(times(again.events, 'ServiceFinished')).toEqual([125, 250, 375]);
    expect(waits(replayed(log, strict))['V501']).toBe(5);
  });

  test('W2 a service takes another person as much longer as they are slower', () => {
    const hall = Hall.open(first).openCounter('c1', 'ann').openCounter('c3', 'ben');
    hall.take('deposit', { tier: 'gold' });
    hall.take('deposit');
    const serve = (counterId: string) => {
      hall.wait({ seconds: 1 }).next(counterId);
      hall.do({ type: 'StartService', counterId });
    };
    serve('c3');
    serve('c1');
    hall.wait({ seconds: 99 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
    hall.wait({ seconds: 100 }).do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    const events = closed(hall.wait({ minutes: 9 }));
    expect(difference(events, replayed(events).events)).toBeUndefined();
    // Counter 3 would rather have cash: ben, who is twice as fast at it, serves what took ann 199 s. The VIP customer,
    // who took ben 100 s, comes next; counter 1 serves no VIP customers.
    const cashFirst = BRANCH.workProfiles.map((profile) =>
      profile.id === 'both' ? { ...profile, first: ['cash'], help: ['vip'], helpWhen: 'free' as const } : profile,
    );
    const again = replayed(events, { workProfiles: cashFirst });
    expect(times(again.events, 'ServiceFinished')).toEqual([1 + 99.5, 1 + 99.5 + 2 + 100]);
  });
});

describe('W3 people react as they did', () => {
  /** Three customers every minute for one counter: the windows are proposed, one is opened, one dismissed. */
  function proposedDay(floating: Partial<FloatingConfig> = {}): FloatingHall {
    const hall = FloatingHall.with({ threshold: { openAbove: 1, closeAfterIdleMinutes: 2 }, ...floating });
    hall.openCounter('c1', 'ann');
    for (let minute = 0; minute < 60; minute += 1) {
      if (minute < 20) hall.take('deposit');
      hall.pass(0.5);
      for (const { id, status, ticketId } of hall.day.counters.values()) {
        const inHand = hall.day.tickets.get(ticketId ?? '')?.status;
        if (inHand === 'serving' && minute % 2 === 1)
          hall.do({ type: 'FinishService', counterId: id, outcome: 'done' });
        else if (inHand === undefined && status === 'open' && hall.try({ type: 'CallNext', counterId: id }).ok)
          hall.do({ type: 'StartService', counterId: id });
      }
      hall.pass(0.25);
      for (const { id, proposedAt } of hall.pending)
        if (hall.now - proposedAt >= 45 * SECOND)
          hall.do(
            minute < 8
              ? { type: 'DismissProposal', proposalId: id, reason: 'passes-soon' }
              : { type: 'ApproveProposal', proposalId: id },
            'staff:manager',
          );
      hall.pass(0.25);
    }
    return hall;
  }

  test('W3 an answer comes as long after the proposal, and the window is open as long after that', () => {
    const hall = proposedDay();
    const events = closed(hall);
    expect(new Set(events.map(({ type }) => type))).toContain('ProposalDismissed');
    const again = replayed(events);
    expect(difference(events, again.events)).toBeUndefined();

    const eager = replayed(events, {
      floating: { ...hall.day.config.floating, threshold: { openAbove: 0.5, closeAfterIdleMinutes: 2 } },
    });
    const [proposed = 0] = times(eager.events, 'WindowProposed');
    expect(proposed).toBeLessThan(times(events, 'WindowProposed')[0] ?? 0);
    // The first was dismissed on the day, after 45 s.
    expect(times(eager.events, 'ProposalDismissed')[0]).toBe(proposed + 45);
    const [approved = 0] = times(eager.events, 'CounterOpening');
    expect(times(eager.events, 'CounterOpened')).toContain(approved + 240);
  });

  test('W3, W4 where windows were opened by hand, the other policy decides, and its first proposal is approved after a minute', () => {
    const hall = FloatingHall.with({ policy: 'manual' }).openCounter('c1', 'ann');
    for (let minute = 0; minute < 30; minute += 1) {
      hall.take('deposit');
      if (minute === 20) hall.do({ type: 'OpenCounter', counterId: 'c3', tellerId: 'eve' }, 'staff:manager');
      hall.wait({ minutes: 1 });
    }
    const events = closed(hall);
    expect(difference(events, replayed(events).events)).toBeUndefined();
    const { floating } = hall.day.config;
    const again = replayed(events, { floating: { ...floating, policy: 'threshold' } });
    const [proposed = 0] = times(again.events, 'WindowProposed');
    expect(times(again.events, 'ProposalApproved')[0]).toBe(proposed + 60);
    // After the four minutes of the way, and not at 1200 s by hand.
    expect(times(again.events, 'CounterOpened')).toEqual([0, proposed + 60 + 240]);
    expect([...again.notRepeated]).toEqual([]);
  });
});

describe('W4 the people at the counters', () => {
  test('W4 they come, pause and leave at their times; who went home when nobody waited stays for those who wait now', () => {
    const hall = Hall.open(first).openCounter('c1', 'ann').openCounter('c3', 'ben');
    for (let customer = 0; customer < 3; customer += 1) hall.take('deposit');
    const serve = (counterId: string) => {
      hall.next(counterId);
      hall.do({ type: 'StartService', counterId });
    };
    const finish = (counterId: string) => hall.do({ type: 'FinishService', counterId, outcome: 'done' });
    serve('c1');
    serve('c3');
    hall.wait({ seconds: 60 }).do({ type: 'PauseCounter', counterId: 'c3', reason: 'lunch' });
    hall.wait({ seconds: 40 });
    finish('c1');
    finish('c3');
    hall.do({ type: 'ResumeCounter', counterId: 'c3' });
    hall.wait({ seconds: 2 });
    serve('c3');
    hall.wait({ seconds: 10 }).do({ type: 'CloseCounter', counterId: 'c1' });
    hall.wait({ seconds: 90 });
    finish('c3');
    const events = closed(hall.wait({ minutes: 20 }));
    expect(difference(events, replayed(events).events)).toBeUndefined();
    expect(times(events, 'CounterClosed')).toEqual([112, 1402]);

    // Counter 3 serves no cash now: ann has all three, calls the last one at about 200 s, and then she may go.
    const noCash = BRANCH.workProfiles.map((profile) =>
      profile.id === 'both' ? { ...profile, first: ['vip'], help: [] } : profile,
    );
    const again = replayed(events, { workProfiles: noCash });
    expect(times(again.events, 'CounterPaused')).toEqual([60]);
    expect(times(again.events, 'CounterResumed')).toEqual([100]);
    const [last = 0] = times(again.events, 'TicketCalled').slice(-1);
    expect(last).toBeGreaterThan(112);
    expect(times(again.events, 'CounterClosing')).toEqual([last]);
    expect(times(again.events, 'TicketExpired')).toEqual([]);
  });
});

describe('W5 what was chosen by hand', () => {
  test('W5 a chosen call waits for its counter; what cannot be repeated is counted', () => {
    const hall = Hall.open(first).openCounter('c3', 'ann');
    const [one, two, three] = [hall.take('deposit'), hall.take('deposit'), hall.take('deposit', { tier: 'gold' })];
    hall.next('c3');
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.wait({ seconds: 100 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
    hall.do({ type: 'CallTicket', counterId: 'c3', ticketId: three, reason: 'complaint' });
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.wait({ seconds: 50 }).do({ type: 'PrioritiseTicket', ticketId: two, reason: 'quick' }, 'staff:manager');
    hall.wait({ seconds: 50 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
    hall.next('c3');
    const events = closed(hall);
    expect(difference(events, replayed(events).events)).toBeUndefined();
    // The VIP customer is called first now, so nobody chooses them later.
    const again = replayed(events, strict);
    expect(again.events.find((event) => event.type === 'TicketCalled')).toMatchObject({ ticketId: three });
    expect(Object.fromEntries(again.notRepeated)).toMatchObject({ 'call-chosen': 1 });
    expect(again.state.tickets.get(one)?.status).not.toBe('waiting');
  });

  test('W5 an undo undoes what it undid, for another ticket as well, and nothing else', () => {
    const hall = Hall.open(first).openCounter('c3', 'ann');
    hall.take('deposit');
    hall.take('deposit', { tier: 'gold' });
    hall.next('c3');
    hall.wait({ seconds: 8 }).do({ type: 'UndoLast', counterId: 'c3' }, 'staff:ann');
    hall.wait({ seconds: 4 }).next('c3');
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.wait({ seconds: 60 }).do({ type: 'CallNext', counterId: 'c3', finish: 'done' });
    hall.wait({ seconds: 5 }).do({ type: 'UndoLast', counterId: 'c3' }, 'staff:ann');
    hall.wait({ seconds: 5 }).do({ type: 'CallNext', counterId: 'c3', finish: 'done' });
    hall.do({ type: 'StartService', counterId: 'c3' });
    hall.wait({ seconds: 30 }).do({ type: 'FinishService', counterId: 'c3', outcome: 'done' });
    const events = closed(hall.wait({ minutes: 9 }));
    expect(difference(events, replayed(events).events)).toBeUndefined();
    const again = replayed(events, strict);
    // The VIP customer is served first. Each undo belongs to the cash customer: their call, and the end of their service.
    const undone = again.events.flatMap((event) => (event.type === 'ActionUndone' ? [event.undone] : []));
    expect(undone).toEqual(['TicketCalled', 'ServiceFinished']);
    expect([...again.state.tickets.values()].map(({ status }) => status)).toEqual(['finished', 'finished']);
  });
});

test('W5 an undo of what was left out undoes nothing', () => {
  const hall = Hall.open(first).openCounter('c3', 'ann');
  const cash = hall.take('deposit');
  const gold = hall.take('deposit', { tier: 'gold' });
  hall.do({ type: 'MarkCareNeeds', ticketId: cash, careNeeds: ['hearing'] }, 'staff:manager');
  hall.wait({ seconds: 1 }).next('c3');
  hall.wait({ seconds: 5 }).do({ type: 'PrioritiseTicket', ticketId: gold, reason: 'quick' }, 'staff:manager');
  hall.wait({ seconds: 5 }).do({ type: 'UndoLast' }, 'staff:manager');
  const events = closed(hall);
  expect(difference(events, replayed(events).events)).toBeUndefined();
  // The VIP customer is called at once and cannot be prioritised; the mark of the other one is not what was undone.
  const again = replayed(events, strict);
  expect(Object.fromEntries(again.notRepeated)).toEqual({ prioritise: 1, undo: 1 });
  expect(again.state.tickets.get(cash)?.careNeeds).toEqual(['hearing']);
});

test('W6 the figures are those of the visits; who was never called waited until the last window closed', () => {
  const hall = oneCounterDay();
  hall.take('deposit');
  hall.wait({ minutes: 8 }).do({ type: 'CloseCounter', counterId: 'c3' });
  hall.wait({ minutes: 300 });
  const events = closed(hall);
  const policies: NamedChanges[] = [{ name: 'VIP first', routing: { policy: 'strict-priority', power: undefined } }];
  const { policies: outcomes, sameAsRecorded } = whatIf(events, policies, { from: OPENING });
  expect(sameAsRecorded).toBe(true);
  const [inForce, vipFirst] = outcomes;
  const expected = [5, 130, 255, 380, 480].map((seconds) => seconds / 60);
  const mean = expected.reduce((sum, each) => sum + each, 0) / 5;
  expect(inForce?.wait).toEqual({
    ...{ tickets: 5, mean: expect.closeTo(mean, 9), p50: expected[2], p90: expected[4], p99: expected[4] },
    // Cash 10 minutes, VIP 3: the second VIP customer is late, and one waited in vain.
    ...{ withinTarget: 3 / 5, late: 1 },
  });
  expect(vipFirst?.wait).toMatchObject({ late: 0, withinTarget: 4 / 5 });
  expect(vipFirst?.segments['vip']).toMatchObject({ tickets: 2, mean: (5 + 130) / 120 });
  expect(inForce).toMatchObject({ served: 4, left: 0, missed: 0, unserved: 1, floatingHours: 980 / 3600, openings: 1 });
  expect(inForce?.halfHours[0]).toMatchObject({ from: OPENING, tickets: 5, windows: 980 / 1800 });
  const waiting = expected.reduce((sum, each) => sum + each * MINUTE, 0) + (30 * MINUTE - 980 * SECOND);
  expect(inForce?.halfHours[0]?.waiting).toBeCloseTo(waiting / (30 * MINUTE), 9);
});
