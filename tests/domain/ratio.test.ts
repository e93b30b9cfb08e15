import { describe, expect, test } from '@jest/globals';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

describe('ratio', () => {
  /** Two cash for one non-cash: the numbers of the next `count` calls, all at one moment. */
  const open = () => Hall.open({ routing: { policy: 'ratio' } }).openCounter('c3', 'ann');
  const crowd = (hall: Hall, service: string, count: number) => {
    for (let each = 0; each < count; each += 1) hall.take(service);
  };
  const calls = (hall: Hall, count: number) =>
    Array.from({ length: count }, () => hall.serveNext('c3').number[0]).join('');
  const twoForOne = (letters: string) => {
    for (let end = 3; end <= letters.length; end += 3)
      expect([...letters.slice(0, end)].filter((letter) => letter === 'A')).toHaveLength((end / 3) * 2);
  };

  test('R4, R10 really calls two of cash for one of non-cash', () => {
    const hall = open();
    crowd(hall, 'deposit', 30);
    crowd(hall, 'account', 30);
    twoForOne(calls(hall, 30));
  });

  test('R10 three to two to one, with a third segment', () => {
    const profiles = [{ ...BRANCH.workProfiles[0], id: 'both', first: ['cash', 'non-cash', 'vip'], help: [] }];
    const workProfiles = BRANCH.workProfiles.map((each) => ({ ...each, ...profiles.find(({ id }) => id === each.id) }));
    const hall = Hall.open({ routing: { policy: 'ratio' }, workProfiles }).openCounter('c3', 'ann');
    for (let each = 0; each < 20; each += 1) {
      hall.take('deposit');
      hall.take('account');
      hall.take('account', { tier: 'gold' });
    }
    const letters = calls(hall, 18);
    expect([...letters].sort().join('')).toBe('AAAAAABBBVVVVVVVVV');
  });

  test('R10 a segment that was empty while others were called saves up nothing', () => {
    const hall = open();
    crowd(hall, 'deposit', 40);
    calls(hall, 20);
    crowd(hall, 'account', 30);
    twoForOne(calls(hall, 15));
  });

  test('R10 nor does one that comes first into an empty hall', () => {
    const hall = open();
    crowd(hall, 'deposit', 20);
    calls(hall, 20);
    hall.take('account');
    crowd(hall, 'deposit', 20);
    crowd(hall, 'account', 20);
    twoForOne(calls(hall, 15));
  });

  test('R10 nor does one that is filled by transfers', () => {
    const hall = open();
    crowd(hall, 'deposit', 60);
    calls(hall, 20);
    for (const { id } of [...hall.day.tickets.values()].filter(({ status }) => status === 'waiting').slice(0, 20))
      hall.do({ type: 'TransferTicket', ticketId: id, to: { kind: 'segment', segment: 'non-cash' } });
    const segments = Array.from({ length: 15 }, () => hall.ticket(hall.serveNext('c3').ticketId).segment);
    expect(segments.filter((segment) => segment === 'cash')).toHaveLength(10);
  });

  test('R10 a segment whose only ticket is changed while it waits was not empty: it keeps its turn', () => {
    const hall = open();
    crowd(hall, 'account', 1);
    crowd(hall, 'deposit', 6);
    const only = [...hall.day.tickets.keys()][0] ?? '';
    calls(hall, 1);
    const before = hall.order('c3').map(({ entry, score }) => [entry.number, score]);
    hall.do({ type: 'AddService', ticketId: only, service: 'loan' });
    expect(hall.order('c3').map(({ entry, score }) => [entry.number, score])).toEqual(before);
  });

  test('R10, U1 an undone call of the only ticket of a segment leaves the turns as they were', () => {
    const hall = open();
    crowd(hall, 'account', 1);
    crowd(hall, 'deposit', 6);
    const [only = '', ...others] = hall.day.tickets.keys();
    const choose = (ticketId: string) => hall.do({ type: 'CallTicket', counterId: 'c3', ticketId, reason: 'quick' });
    for (const ticketId of others.slice(0, 4)) {
      choose(ticketId);
      hall.do({ type: 'HoldTicket', counterId: 'c3', reason: 'form' });
    }
    const before = hall.order('c3').map(({ entry, score }) => [entry.number, score]);
    choose(only);
    hall.do({ type: 'UndoLast', counterId: 'c3' });
    expect(hall.order('c3').map(({ entry, score }) => [entry.number, score])).toEqual(before);
  });
});
