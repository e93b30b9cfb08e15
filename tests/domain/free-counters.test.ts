import { describe, expect, test } from '@jest/globals';
import { freeCounters, type FreeCounterRule } from '../../domain/routing/free-counters.ts';
import { Hall } from '../support/hall.ts';

const inOrder = (hall: Hall, rule: FreeCounterRule = 'fewest-skills', service = 'deposit') =>
  freeCounters(hall.day, service, rule).map(({ id }) => id);

describe('which of several free counters calls', () => {
  test('R11 the one whose teller and profile could take the fewest kinds of ticket', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c2', 'ben'); // ann can do all, ben two services
    expect(inOrder(hall)).toEqual(['c2', 'c1']);
  });

  test('R11 ties go to the one that has been free longest; busy and paused counters are not asked', () => {
    const staff = ['ann', 'ben'].map((id) => ({ id, skills: [{ skill: 'cash' }], speed: { '*': 1 } }));
    const hall = Hall.open({ staff }).openCounter('c1', 'ann').wait({ minutes: 1 });
    hall.do({ type: 'OpenCounter', counterId: 'c3', tellerId: 'ben' });
    hall.do({ type: 'SetWorkProfile', counterId: 'c3', profile: hall.counter('c1').profile });
    expect(inOrder(hall)).toEqual(['c1', 'c3']);
    hall.wait({ minutes: 1 });
    hall.take('deposit');
    hall.serveNext('c1');
    expect(inOrder(hall)).toEqual(['c3', 'c1']);
    hall.take('deposit');
    hall.next('c3');
    expect(inOrder(hall)).toEqual(['c1']);
    hall.do({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
    expect(inOrder(hall)).toEqual([]);
  });

  test('R11 where speed is preferred, the one that is fastest at the service', () => {
    const hall = Hall.open().openCounter('c2', 'ben').openCounter('c1', 'ann'); // ben does deposits at speed 2
    expect(inOrder(hall, 'fastest')).toEqual(['c2', 'c1']);
    expect(inOrder(Hall.open().openCounter('c1', 'ben').openCounter('c2', 'cat'), 'fastest')).toEqual(['c1', 'c2']);
  });
});
