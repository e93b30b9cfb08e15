import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { CommandMessage } from '../../protocol/commands.ts';
import type { Ack } from '../../protocol/messages.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, noJobs, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const TAKE = { type: 'TakeTicket', services: ['transfer'] } as const;

async function overHttp(hall: RunningHall, message: CommandMessage): Promise<Ack> {
  const authorization = `Bearer ${await hall.token({ branchId: 'b', role: 'kiosk' })}`;
  const response = await fetch(`${hall.url}/api/branches/b/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(message),
  });
  return (await response.json()) as Ack;
}

test('the same command id, three times, over both doors and a restart: one ticket, one answer', async () => {
  const env = testEnv();
  const branches = branchesNamed('b');
  const commandId = randomUUID();

  const before = await openHall({ env, branches });
  const kiosk = await before.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  // Twice at once, so that they meet in one turn.
  const [first, twin] = await Promise.all([kiosk.send(TAKE, commandId), kiosk.send(TAKE, commandId)]);
  const second = await overHttp(before, { commandId, command: TAKE });
  await kiosk.send(TAKE);
  kiosk.close();
  await before.close();

  const after = await openHall({ env, branches, clock: new ManualClock(before.clock.now() + 60_000) });
  const again = await after.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const third = await again.send(TAKE, commandId);

  expect(first).toMatchObject({ ok: true, answer: { issued: { number: 'B001' } } });
  expect([twin, second, third]).toEqual([first, first, first]);
  expect(again.view('kiosk').waiting).toBe(2);
  const commits = await after.store.read('b', '2026-11-24', 0);
  const issued = commits.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'TicketIssued' ? [event.number] : [])),
  );
  expect(issued).toEqual(['B001', 'B002']);
  again.close();
  await after.close();
  // Two starts of the embedded database, the first of which makes its folder.
}, 120_000);

test('tokens are good after a restart, and a refused command may be sent again with its id', async () => {
  const memory = new ShakyStore(new MemoryStore(), { shared: false });
  const adapters = { database: memory.database(), jobs: noJobs };
  const options = { env: testEnv(), branches: branchesNamed('b'), adapters };
  const before = await openHall(options);
  const token = await before.token({ branchId: 'b', role: 'teller', staffId: '2001' });
  await before.close();

  const after = await openHall(options);
  const call = async (command: object, commandId: string) => {
    const response = await fetch(`${after.url}/api/branches/b/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ commandId, command }),
    });
    return { status: response.status, body: (await response.json()) as Ack };
  };
  await call({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' }, randomUUID());
  const commandId = randomUUID();
  expect(await call({ type: 'CallNext', counterId: 'c1' }, commandId)).toMatchObject({
    status: 409,
    body: { rejection: { code: 'queue-empty' } },
  });
  const kiosk = await after.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  expect(await call({ type: 'CallNext', counterId: 'c1' }, commandId)).toMatchObject({
    status: 200,
    body: { ok: true },
  });
  kiosk.close();
  await after.close();
});
