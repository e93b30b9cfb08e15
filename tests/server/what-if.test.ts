import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { WhatIfProgress, WhatIfResult } from '../../protocol/what-if.ts';
import type { Database } from '../../server/compose.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ownDatabase, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 10, 24, 16);
const DAY = '2026-11-24';
const open: RunningHall[] = [];
afterEach(async () => {
  for (const hall of open.splice(0)) await hall.close();
});

/** The demo's branch with floating windows that are proposed. */
function garden(): LoadedBranch {
  const found = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'garden');
  if (found === undefined) throw new Error('config/branches has no garden');
  return found;
}

/** A hall that is busy for half an hour: two proposals, one of them approved, and all that people do; then midnight. */
async function busyDay(adapters: { database: Database; jobs: typeof noJobs }): Promise<RunningHall> {
  const hall = await openHall({ branches: [garden()], adapters, clock: new ManualClock(MIDNIGHT - 60 * MINUTE) });
  open.push(hall);
  const kiosk = await hall.screen('garden', { role: 'kiosk' }, { kind: 'kiosk' });
  const teller = await hall.screen('garden', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  const manager = await hall.screen('garden', { role: 'manager', staffId: '2008' }, { kind: 'manager' });
  await teller.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  const counters = new Set(['c1']);
  let approved = 0;
  for (let step = 0; step < 54; step += 1) {
    if (step % 3 === 0 && step < 48) await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
    for (const counterId of counters) {
      await manager.send({ type: 'StartService', counterId });
      if (step % 7 === 0) await manager.send({ type: 'CallNext', counterId, finish: 'done' });
      else if (step % 2 === 0) await manager.send({ type: 'CallNext', counterId });
    }
    await hall.clock.advanceBy(30 * SECOND + step);
    await hall.gathered();
    await manager.until(({ views }) => (views.at(-1)?.at ?? 0) > hall.clock.now() - 31 * SECOND);
    for (const { id, status, kind } of manager.view('manager').proposals)
      if (status === 'pending' && kind === 'open' && (approved += 1) === 2)
        await manager.send({ type: 'ApproveProposal', proposalId: id });
    for (const { counterId, status } of manager.view('manager').counters)
      if (status === 'open') counters.add(counterId);
  }
  expect(counters.size).toBeGreaterThan(1);
  await hall.clock.advanceTo(MIDNIGHT + 3 * SECOND);
  await kiosk.until(({ profiles }) => profiles.length === 2);
  for (const screen of [kiosk, teller, manager]) screen.close();
  return hall;
}

function client(hall: RunningHall, token: string | undefined) {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const ask = async (path: string, body?: unknown) => {
    const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${hall.url}/api/branches/garden/${path}`, request);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const result = async (body: unknown): Promise<WhatIfResult> => {
    const started = await ask('what-if', body);
    expect(started).toMatchObject({ status: 202, body: { id: expect.any(String) } });
    for (;;) {
      const progress = (await ask(`what-if/${String(started.body['id'])}`)).body as unknown as WhatIfProgress;
      if (progress.state === 'done') return progress.result;
      if (progress.state === 'failed') throw new Error(progress.why);
      expect(progress).toMatchObject({ of: 3 });
      await delay(50);
    }
  };
  return { ask, result };
}

const POLICIES = [
  { name: 'by hand', floating: { policy: 'manual' } },
  { name: 'at once', floating: { mode: 'automatic', threshold: { openAbove: 1 } }, routing: { policy: 'first-come' } },
];

test('a day that the real server recorded, under the policy in force, is that day itself', async () => {
  const hall = await busyDay(await ownDatabase());
  const { ask, result } = client(hall, await hall.token({ branchId: 'garden', role: 'manager', staffId: '2008' }));
  expect(await ask('recorded-days')).toEqual({ status: 200, body: { days: [DAY] } });

  const came = await result({ day: DAY, policies: POLICIES });
  expect(came).toMatchObject({ day: DAY, sameAsRecorded: true });
  const [inForce, byHand, atOnce] = came.policies;
  expect(inForce).toMatchObject({ name: 'in-force', openings: 1, notRepeated: {}, wait: { tickets: 16 } });
  expect(byHand).toMatchObject({ name: 'by hand', openings: 0, floatingHours: 0, wait: { tickets: 16 } });
  expect(atOnce).toMatchObject({ name: 'at once', routing: { policy: 'first-come' }, wait: { tickets: 16 } });
  expect(byHand?.wait.mean).toBeGreaterThan(inForce?.wait.mean ?? Infinity);
  expect(atOnce?.wait.mean).toBeLessThan(inForce?.wait.mean ?? 0);
  // The waits are those of the visits.
  const visits = await hall.records.visits('garden', DAY);
  const served = visits.filter(({ status }) => status === 'finished');
  expect(inForce?.served).toBe(served.length);
  const tickets = inForce?.halfHours.reduce((sum, { tickets: count }) => sum + count, 0);
  expect(tickets).toBe(visits.length);

  const customers = await ask(`recorded-days/${DAY}`);
  expect(customers).toMatchObject({ status: 200, body: { branchId: 'garden', day: DAY } });
  expect(customers.body['customers']).toHaveLength(16);
  expect(JSON.stringify(customers.body)).not.toMatch(/ticketId|staff/);
}, 120_000);

test('only managers ask, and only for closed days', async () => {
  const memory = new MemoryStore();
  const database = new ShakyStore(memory, { shared: false }).database();
  const hall = await openHall({ branches: [garden()], adapters: { database, jobs: noJobs } });
  open.push(hall);
  const manager = client(hall, await hall.token({ branchId: 'garden', role: 'manager', staffId: '2008' }));
  const teller = client(hall, await hall.token({ branchId: 'garden', role: 'teller', staffId: '2001' }));
  expect((await client(hall, undefined).ask('recorded-days')).status).toBe(401);
  for (const path of ['recorded-days', `recorded-days/${DAY}`, 'what-if/1'])
    expect((await teller.ask(path)).status).toBe(403);
  expect((await teller.ask('what-if', { day: DAY, policies: POLICIES })).status).toBe(403);

  // Today is not closed yet.
  expect((await manager.ask('recorded-days')).body).toEqual({ days: [] });
  expect((await manager.ask('what-if', { day: DAY, policies: POLICIES })).status).toBe(400);
  expect((await manager.ask(`recorded-days/${DAY}`)).status).toBe(404);
  expect((await manager.ask('what-if/1')).status).toBe(404);
  for (const wrong of [
    { day: 'today', policies: POLICIES },
    { day: DAY, policies: [] },
    { day: DAY, policies: [...POLICIES, ...POLICIES] },
    { day: DAY, policies: [{ name: 'x', floating: { staff: ['2001'] } }] },
    { day: DAY, policies: [{ name: 'x', routing: { policy: 'by-lot' } }] },
  ])
    expect((await manager.ask('what-if', wrong)).status).toBe(400);
});
