import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import type { WhatIfProgress } from '../../protocol/what-if.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { WhatIfs } from '../../server/what-if/what-ifs.ts';
import { DAY, OPENING } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { log } from '../support/running-hall.ts';

const MINUTE = 60_000;
const REQUEST = { day: DAY, policies: [{ name: 'first come', routing: { policy: 'first-come' } }] } as const;
const started: WhatIfs[] = [];
afterEach(() => {
  for (const whatIfs of started.splice(0)) whatIfs.stop();
});

/** What-ifs of a branch with one closed day; `damage` leaves out its first ticket. */
async function recorded(more: { timeLimitMs?: number; damage?: boolean } = {}) {
  const hall = Hall.open().openCounter('c1', 'ann');
  hall.take('deposit');
  hall.serveNext('c1');
  hall.do({ type: 'CloseDay' });
  const { damage = false, ...limits } = more;
  const events = hall.log.filter(({ type }) => !damage || type !== 'TicketIssued');
  const store = new MemoryStore();
  await store.append({ branchId: 'b', day: DAY, version: 1, events, visits: [], reopened: [] });
  const clock = new ManualClock();
  const days = { tomorrowOf: () => '2026-11-25', beginningOf: () => OPENING };
  const whatIfs = new WhatIfs({ store, records: store, clock, log, ...days, ...limits });
  started.push(whatIfs);
  const end = async (id = ''): Promise<WhatIfProgress | undefined> => {
    while (whatIfs.progress('b', id)?.state === 'running') await delay(20);
    return whatIfs.progress('b', id);
  };
  return { whatIfs, clock, end };
}

test('a result is kept for an hour, for its own branch', async () => {
  const { whatIfs, clock, end } = await recorded();
  expect(await whatIfs.days('b')).toEqual([DAY]);
  expect(await whatIfs.days('c')).toEqual([]);
  const id = whatIfs.start('b', { ...REQUEST, policies: [...REQUEST.policies] });
  expect(await end(id)).toMatchObject({ state: 'done', result: { sameAsRecorded: true, policies: [{}, {}] } });
  expect(whatIfs.progress('c', id ?? '')).toBeUndefined();
  await clock.advanceBy(59 * MINUTE);
  expect(whatIfs.progress('b', id ?? '')).toMatchObject({ state: 'done' });
  await clock.advanceBy(2 * MINUTE);
  expect(whatIfs.progress('b', id ?? '')).toBeUndefined();
});

test('two run and six wait; the next is turned away, and has a place again when one has ended', async () => {
  const { whatIfs, end } = await recorded();
  const request = { ...REQUEST, policies: [...REQUEST.policies] };
  const ids = Array.from({ length: 9 }, () => whatIfs.start('b', request));
  expect(ids.slice(0, 8)).not.toContain(undefined);
  expect(ids[8]).toBeUndefined();
  expect(await whatIfs.customers('b', DAY)).toBeUndefined();
  expect(await end(ids[0])).toMatchObject({ state: 'done' });
  expect(whatIfs.start('b', request)).toBeDefined();
  for (const id of ids.slice(1, 8)) expect(await end(id)).toMatchObject({ state: 'done' });
}, 120_000);

test('one that takes too long is stopped; one that cannot be read says so; the next one runs', async () => {
  const request = { ...REQUEST, policies: [...REQUEST.policies] };
  const slow = await recorded({ timeLimitMs: 1 });
  expect(await slow.end(slow.whatIfs.start('b', request))).toEqual({ state: 'failed', why: 'too-long' });
  const broken = await recorded({ damage: true });
  expect(await broken.end(broken.whatIfs.start('b', request))).toEqual({ state: 'failed', why: 'broken' });
  await expect(broken.whatIfs.customers('b', DAY)).rejects.toThrow();
});
