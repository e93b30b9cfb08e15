import { expect, test } from '@jest/globals';
import { branchesNamed, ownDatabase, openHall } from '../support/running-hall.ts';

test('managers read how often the quoted waits were true; nobody else does', async () => {
  const hall = await openHall({ branches: branchesNamed('b'), adapters: await ownDatabase() });
  const ask = async (token: string | undefined, query = '') => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${hall.url}/api/branches/b/reports/estimates${query}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const teller = await hall.screen('b', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  await teller.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  // The first is told "at once" and says nothing of a range; the second waits for the first.
  for (let each = 0; each < 2; each += 1) {
    await hall.clock.advanceBy(2_000);
    await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
    if (each === 0) await teller.send({ type: 'CallNext', counterId: 'c1' });
  }
  await teller.send({ type: 'StartService', counterId: 'c1' });
  await hall.clock.advanceBy(60_000);
  await teller.send({ type: 'CallNext', counterId: 'c1', finish: 'done' });
  await teller.send({ type: 'StartService', counterId: 'c1' });
  await teller.send({ type: 'FinishService', counterId: 'c1', outcome: 'done' });

  const manager = await hall.token({ branchId: 'b', role: 'manager', staffId: '2008' });
  const { status, body } = await ask(manager);
  expect(status).toBe(200);
  expect(body).toMatchObject({ branchId: 'b', all: { visits: 1, meanWait: expect.closeTo(1, 1) } });
  expect(await ask(manager, '?day=2020-01-01')).toMatchObject({ status: 200, body: { all: { visits: 0 } } });
  expect((await ask(manager, '?day=yesterday')).status).toBe(400);
  expect((await ask(await hall.token({ branchId: 'b', role: 'teller', staffId: '2001' }))).status).toBe(403);
  expect((await ask(undefined)).status).toBe(401);
  kiosk.close();
  teller.close();
  await hall.close();
}, 60_000);
