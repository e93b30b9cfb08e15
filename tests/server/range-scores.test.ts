import { expect, test } from '@jest/globals';
import type { DayOpened } from '../../domain/events.ts';
import { scoresBefore } from '../../server/range-scores.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { JumpingClock } from '../support/jumping-clock.ts';
import { branchesNamed, log, ownDatabase, openHall } from '../support/running-hall.ts';

const HOUR = 3_600_000;

test('a day is opened with how true the quotes of the day before were', async () => {
  const clock = new JumpingClock(Date.UTC(2026, 10, 24, 2));
  const hall = await openHall({ branches: branchesNamed('b'), adapters: await ownDatabase(), clock });
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const teller = await hall.screen('b', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  await teller.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  // The first is told "at once", which is no range; the two others wait for those before.
  for (let each = 0; each < 3; each += 1) {
    await hall.clock.advanceBy(2_000);
    await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  }
  for (let each = 0; each < 3; each += 1) {
    await teller.send({ type: 'CallNext', counterId: 'c1' });
    await teller.send({ type: 'StartService', counterId: 'c1' });
    await hall.clock.advanceBy(60_000);
    await teller.send({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
  }
  clock.jump(24 * HOUR);
  await hall.hosts.today('b');

  const openedWith = async (day: string) =>
    ((await hall.store.read('b', day, 0))[0]?.events[0] as DayOpened).rangeScores;
  expect(await openedWith('2026-11-24')).toBeUndefined();
  expect(await openedWith('2026-11-25')).toEqual({ 'non-cash': [expect.any(Number), expect.any(Number)] });
  kiosk.close();
  teller.close();
  await hall.close();
}, 60_000);

test('five days back are enough, and a day opens also while the records are away', async () => {
  const records = new MemoryStore();
  const asked: string[] = [];
  const days = ['01', '02', '03', '04', '05', '06', '07'].map((date) => `2026-11-${date}`);
  records.openedDays = () => Promise.resolve(days);
  records.visits = (_branchId, day) => {
    asked.push(day);
    return Promise.resolve([]);
  };
  expect(await scoresBefore({ records, log }, 'b', '2026-11-08')).toBeUndefined();
  expect(asked).toEqual(days.slice(2));
  records.openedDays = () => Promise.reject(new Error('away'));
  expect(await scoresBefore({ records, log }, 'b', '2026-11-08')).toBeUndefined();
});
