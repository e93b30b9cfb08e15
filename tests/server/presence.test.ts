import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';
import { until } from '../support/until.ts';

let hall: RunningHall;
beforeAll(async () => {
  const adapters = { database: new ShakyStore(new MemoryStore()).database(), jobs: noJobs };
  hall = await openHall({ branches: branchesNamed('b', 'other'), adapters });
});
afterAll(() => hall.close());

async function presence(role: 'manager' | 'teller' | 'kiosk', branchId = 'b') {
  const token = await hall.token({ branchId, role });
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${hall.url}/api/branches/b/presence`, { headers });
  return { status: response.status, body: (await response.json()) as { screens?: object[] } };
}
const health = async () => (await (await fetch(`${hall.url}/health`)).json()) as object;

test('a manager sees which screens are connected, each as what it shows now; phones are not among them', async () => {
  const kiosk = await hall.screen('b', { role: 'kiosk', deviceId: 'kiosk-2' }, { kind: 'kiosk' });
  const display = await hall.screen('b', { role: 'display' }, { kind: 'display', counterId: 'c1' });
  const teller = await hall.screen('b', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  const elsewhere = await hall.screen('other', { role: 'kiosk' }, { kind: 'kiosk' });
  const ack = await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  const phone = await hall.phone('b', ack.ok ? (ack.answer.issued?.ticketId ?? '') : '');

  const since = hall.clock.now();
  expect((await presence('manager')).body).toEqual({
    screens: [
      { kind: 'kiosk', actor: 'device:kiosk-2', since },
      { kind: 'display', actor: 'device:display', counterId: 'c1', since },
      { kind: 'counter', actor: 'staff:2001', counterId: 'c1', since },
    ],
    complete: true,
  });
  expect(await health()).toMatchObject({
    connections: 5,
    screens: { kiosk: 2, display: 1, counter: 1, manager: 0 },
    degraded: false,
    away: [],
  });

  // Looks at something else: it is one screen still.
  await teller.hello({ protocol: 1, branchId: 'b', audience: { kind: 'counter', counterId: 'c2' } });
  display.close();
  await until(async () => (await presence('manager')).body.screens?.length === 2);
  expect((await presence('manager')).body.screens).toContainEqual({
    ...{ kind: 'counter', actor: 'staff:2001', counterId: 'c2' },
    since,
  });
  // A hello that is refused leaves it nowhere.
  await kiosk.hello({ protocol: 1, branchId: 'b', audience: { kind: 'ticket', ticketId: 'unknown' } });
  expect((await presence('manager')).body.screens).toHaveLength(1);

  for (const screen of [kiosk, teller, elsewhere, phone]) screen.close();
  await until(async () => JSON.stringify(await health()).includes('"screens":{"kiosk":0,"display":0,"counter":0'));
});

test('nobody else sees it', async () => {
  expect((await presence('teller')).status).toBe(403);
  expect((await presence('kiosk')).status).toBe(403);
  expect((await presence('manager', 'other')).status).toBe(403);
  expect((await fetch(`${hall.url}/api/branches/b/presence`)).status).toBe(401);
});
