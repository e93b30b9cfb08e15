import { describe, expect, test } from '@jest/globals';
import type { BranchConfig } from '../../domain/config.ts';
import type { Ticket } from '../../domain/state.ts';
import type { KioskView } from '../../domain/views/views.ts';
import { evolve } from '../../domain/evolve.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

/** The small branch, with a machine that can also take deposits. */
const services = BRANCH.services.map((service) => ({
  ...service,
  selfService: service.selfService || service.id === 'deposit',
}));
const open = (changes: Partial<BranchConfig> = {}) => Hall.open({ services, ...changes });
const DECLINED = { channel: 'machine', answer: 'declined', savesMinutes: 10 } as const;
const ACCEPTED = { ...DECLINED, answer: 'accepted' } as const;
const takes = { type: 'TakeTicket', services: ['deposit'] } as const;

function busy(hall: Hall, people: number): Hall {
  hall.do({ type: 'OpenCounter', counterId: 'c1', tellerId: 'ann' });
  for (let each = 0; each < people; each += 1) hall.take('deposit');
  return hall;
}
function numbered(hall: Hall, number: string): Ticket {
  const found = [...hall.day.tickets.values()].find((ticket) => ticket.number === number);
  if (found === undefined) throw new Error(`no ticket ${number}`);
  return found;
}
const offerFor = (hall: Hall, service: string): KioskView['services'][number]['machine'] =>
  hall.view({ kind: 'kiosk' }).services.find((each) => each.service === service)?.machine;

describe('L1 what can be done at a machine is offered there', () => {
  test('L1 when it saves enough, with what it saves and how many machines nobody stands at', () => {
    const hall = busy(open(), 4);
    expect(offerFor(hall, 'deposit')).toBeUndefined();
    hall.do({ type: 'OpenCounter', counterId: 'c5' });
    expect(offerFor(hall, 'deposit')).toEqual({
      free: 1,
      range: { fromMinutes: 0, toMinutes: 0 },
      savesMinutes: 25,
    });
    hall.do({ type: 'CloseCounter', counterId: 'c5' });
    expect(offerFor(hall, 'deposit')).toBeUndefined();
  });

  test('L1 not when it saves less than the branch says, nor where no machine can do it, nor what goes there anyhow', () => {
    const hall = busy(open({ diversion: { savesMinutes: 26 } }), 4);
    hall.do({ type: 'OpenCounter', counterId: 'c5' });
    expect(offerFor(hall, 'deposit')).toBeUndefined();
    hall.take('deposit');
    expect(offerFor(hall, 'deposit')?.savesMinutes).toBe(30);
    expect(offerFor(hall, 'exchange')).toBeUndefined();
    expect(offerFor(hall, 'atm')).toBeUndefined();
  });

  test('L1 nobody with a care need is asked, whatever they answered', () => {
    const hall = busy(open(), 4);
    for (const offer of [ACCEPTED, DECLINED])
      expect(hall.refusal({ ...takes, careNeeds: ['hearing'], offer })).toEqual({ code: 'channel-not-for-care' });
  });
});

test('L2 who accepts waits for a machine, who declines gets the number that they would have got', () => {
  const hall = open();
  expect(hall.do({ ...takes, offer: ACCEPTED })).toMatchObject([
    { type: 'TicketIssued', number: 'M01', segment: 'machine', rule: 'machine-accepted' },
    { type: 'ChannelOffered' },
  ]);
  expect(hall.do({ ...takes, offer: DECLINED })).toMatchObject([
    { type: 'TicketIssued', number: 'A001', segment: 'cash', rule: 'cash' },
    { type: 'ChannelOffered' },
  ]);
  expect(hall.refusal({ ...takes, services: ['loan'], offer: ACCEPTED })).toEqual({ code: 'no-machine-for-service' });
});

test('L3 each answer is kept, and who leaves gets no number', () => {
  const hall = open();
  const about = { service: 'deposit', channel: 'machine', savesMinutes: 10 } as const;
  const events = [
    ...hall.do({ ...takes, offer: ACCEPTED }),
    ...hall.do({ ...takes, offer: DECLINED }),
    ...hall.do({ type: 'LeaveOffer', ...about }),
  ];
  expect(events.filter(({ type }) => type === 'ChannelOffered')).toEqual([
    { type: 'ChannelOffered', ...about, answer: 'accepted', ticketId: numbered(hall, 'M01').id },
    { type: 'ChannelOffered', ...about, answer: 'declined', ticketId: numbered(hall, 'A001').id },
    { type: 'ChannelOffered', ...about, answer: 'left' },
  ]);
  expect(hall.day.tickets.size).toBe(2);
  expect(hall.refusal({ type: 'LeaveOffer', ...about, service: 'flying' })).toEqual({ code: 'unknown-service' });
});

describe('L4 a machine that could not help', () => {
  const failing = () => {
    const hall = open();
    hall.do({ type: 'OpenCounter', counterId: 'c5' });
    hall.do({ ...takes, offer: ACCEPTED });
    hall.wait({ minutes: 4 });
    hall.do({ type: 'CallNext', counterId: 'c5' });
    hall.do({ type: 'StartService', counterId: 'c5' });
    return hall.wait({ minutes: 3 });
  };

  test('L4 gives the ticket to the people, in its old place and with all its waiting time', () => {
    const hall = failing();
    const { id, issuedAt } = numbered(hall, 'M01');
    expect(hall.do({ type: 'FinishService', counterId: 'c5', outcome: 'not-possible' })).toEqual([
      { type: 'ChannelFailed', ticketId: id, segment: 'cash' },
    ]);
    expect(numbered(hall, 'M01')).toMatchObject({ status: 'waiting', segment: 'cash', waitingSince: issuedAt });
    // Not the machine again, and before somebody who came later.
    expect(hall.refusal({ type: 'CallNext', counterId: 'c5' })).toEqual({ code: 'queue-empty' });
    hall.take('deposit');
    hall.do({ type: 'OpenCounter', counterId: 'c1', tellerId: 'ann' });
    expect(hall.do({ type: 'CallNext', counterId: 'c1' })).toMatchObject([{ number: 'M01' }]);
  });

  test('L4 with the next call too, and a machine that has done it has finished', () => {
    const hall = failing();
    hall.do({ ...takes, offer: ACCEPTED });
    expect(hall.do({ type: 'CallNext', counterId: 'c5', finish: 'not-possible' })).toMatchObject([
      { type: 'ChannelFailed' },
      { type: 'TicketCalled', number: 'M02' },
    ]);
    hall.do({ type: 'StartService', counterId: 'c5' });
    hall.do({ type: 'FinishService', counterId: 'c5', outcome: 'done' });
    expect(numbered(hall, 'M02').status).toBe('finished');
  });

  test('L4 all of it can be replayed', () => {
    const hall = failing();
    hall.do({ type: 'CallNext', counterId: 'c5', finish: 'not-possible' });
    hall.do({ ...takes, offer: DECLINED });
    hall.do({ type: 'LeaveOffer', service: 'deposit', channel: 'machine', savesMinutes: 9 });
    hall.do({ type: 'CloseDay' });
    expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
  });
});

describe('S6 several services on one ticket', () => {
  const at = (counterId: string, tellerId: string) => ({ type: 'OpenCounter', counterId, tellerId }) as const;
  const take = (hall: Hall, ...wanted: string[]) =>
    hall.do({ type: 'TakeTicket', services: wanted, planned: true })[0] as { services?: readonly string[] };
  const stops = (hall: Hall, number: string) =>
    hall.view({ kind: 'ticket', ticketId: numbered(hall, number).id }).stops;

  test('S6 one stop when one open window can do all: what the fewest can do goes first', () => {
    const hall = open();
    hall.do(at('c1', 'ann'));
    hall.do(at('c2', 'ben'));
    expect(take(hall, 'deposit', 'exchange').services).toEqual(['exchange', 'deposit']);
    expect(stops(hall, 'A001')).toEqual([['exchange', 'deposit']]);
    // Only she can begin with it, and she can do all of it.
    expect(hall.refusal({ type: 'CallNext', counterId: 'c2' })).toEqual({ code: 'queue-empty' });
  });

  test('S6 a route when none can, with the most at the first stop, and the place is kept between them', () => {
    const hall = open();
    hall.do(at('c1', 'ben'));
    hall.do(at('c3', 'dan'));
    expect(take(hall, 'loan', 'deposit', 'account').services).toEqual(['deposit', 'account', 'loan']);
    expect(stops(hall, 'A001')).toEqual([['deposit', 'account'], ['loan']]);
    hall.do({ type: 'CallNext', counterId: 'c1' });
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    const { status, waitingSince, issuedAt, services: left } = numbered(hall, 'A001');
    expect({ status, left }).toEqual({ status: 'waiting', left: ['loan'] });
    expect(waitingSince).toBe(issuedAt);
    expect(stops(hall, 'A001')).toBeUndefined();
  });

  test('S6 as chosen while no window is open, and where it is not asked for', () => {
    const hall = open();
    expect(take(hall, 'loan', 'deposit').services).toEqual(['loan', 'deposit']);
    expect(stops(hall, 'B001')).toEqual([['loan'], ['deposit']]);
    hall.do(at('c1', 'ben'));
    expect(hall.do({ type: 'TakeTicket', services: ['loan', 'deposit'] })).toMatchObject([
      { services: ['loan', 'deposit'] },
    ]);
  });
});

test('V9 why nobody serves a service, and when the first counter opens', () => {
  const hall = open();
  const look = () => hall.view({ kind: 'kiosk' });
  const loan = () => look().services.find(({ service }) => service === 'loan')?.paused;
  hall.do({ type: 'OpenCounter', counterId: 'c3', tellerId: 'dan' });
  expect([loan(), look().opensAt]).toEqual([undefined, undefined]);
  hall.do({ type: 'PauseCounter', counterId: 'c3', reason: 'lunch' });
  expect(loan()).toBe('lunch');
  // He could not do it anyhow.
  expect(look().services.find(({ service }) => service === 'deposit')?.paused).toBeUndefined();
  // Somebody is on the way: a counter that has paused is not open.
  const readyAt = hall.now + 240_000;
  const { now: at } = hall;
  const coming = {
    type: 'CounterOpening',
    at,
    by: 'system',
    commandId: 'x',
    counterId: 'c1',
    tellerId: 'ann',
    readyAt,
  } as const;
  hall.state = evolve(hall.day, coming);
  expect(look().opensAt).toBe(readyAt);
  hall.do({ type: 'ResumeCounter', counterId: 'c3' });
  expect([loan(), look().opensAt]).toEqual([undefined, undefined]);
});
