import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { BareClient } from '../faults/support/web-socket.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';
import { until } from '../support/until.ts';

/** Whoever sends more than can be done is told so; nothing grows without end, and nobody is told what is not so. */

const TAKE = { type: 'TakeTicket', services: ['transfer'] } as const;
const COMMANDS = 5_000;
const SENDERS = 10;
/** As many commands wait for a store at most, of all screens together. */
const MOST_WAITING = 2_600;
const ROUNDS = 120;

let store: ShakyStore;
let hall: RunningHall;
let release = () => {};

beforeEach(async () => {
  store = new ShakyStore(new MemoryStore(), { shared: false });
  hall = await openHall({ branches: branchesNamed('b'), adapters: { database: store.database(), jobs: noJobs } });
});
afterEach(async () => {
  release();
  await hall.close();
});

const codeOf = (ack: object) => ('problem' in ack ? (ack.problem as { code: string }).code : 'done');

test(`the store stands still for 10 s and ${COMMANDS} commands come: what waits is bounded, and every answer is true`, async () => {
  const screens = await Promise.all(
    Array.from({ length: SENDERS }, () => hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' })),
  );
  ({ release } = store.hold());
  const answers: { readonly commandId: string; readonly said: string; readonly number?: string | undefined }[] = [];
  const asked = screens.flatMap((screen) =>
    Array.from({ length: COMMANDS / SENDERS }, async () => {
      const commandId = crypto.randomUUID();
      const ack = await screen.send(TAKE, commandId);
      answers.push({ commandId, said: codeOf(ack), number: ack.ok ? ack.answer.issued?.number : undefined });
    }),
  );
  // More than can wait are turned away at once, while nothing else moves.
  await until(() => answers.length >= COMMANDS - MOST_WAITING);
  expect(new Set(answers.map(({ said }) => said))).toEqual(new Set(['busy']));
  await hall.clock.advanceBy(10_000);
  // Bytes are not counted here: this process has run other files before. tests/faults/ reads how a server of its own grows.
  expect(answers.length).toBeLessThan(COMMANDS);

  release();
  await Promise.all(asked);
  const log = (await store.memory.read('b', '2026-11-24', 0)).flatMap(({ events }) => events);
  const issued = new Map(
    log.flatMap((event) => (event.type === 'TicketIssued' ? [[event.commandId, event.number]] : [])),
  );
  const done = answers.filter(({ said }) => said === 'done');
  expect(answers).toHaveLength(COMMANDS);
  expect(done.length).toBeGreaterThan(1_000);
  expect(new Map(done.map(({ commandId, number }) => [commandId, number]))).toEqual(issued);
  expect(answers.filter(({ said }) => said !== 'done' && said !== 'busy')).toEqual([]);
  screens.forEach((screen) => screen.close());
});

test('over HTTP "busy" is 503, and says when to try again', async () => {
  const token = await hall.token({ branchId: 'b', role: 'kiosk' });
  const { reached, release: letGo } = store.hold();
  release = letGo;
  const kiosks = await Promise.all(Array.from({ length: 3 }, () => Screen.connect(hall.url, token)));
  for (const kiosk of kiosks) for (let count = 0; count < 900; count += 1) kiosk.send(TAKE).catch(() => {});
  await reached;
  const post = () =>
    fetch(`${hall.url}/api/branches/b/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ commandId: crypto.randomUUID(), command: TAKE }),
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
  let response: Response | undefined;
  await until(async () => ((response = await post()), response !== undefined));
  expect([response?.status, response?.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await response?.json()).toMatchObject({ ok: false, problem: { code: 'busy' } });
  kiosks.forEach((kiosk) => kiosk.close());
});

test('a screen that does not read is not waited for: it gets the newest view when it reads again', async () => {
  const token = await hall.token({ branchId: 'b', role: 'manager' });
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const slow = await BareClient.join(hall.port, token);
  slow.say('420["hello",{"protocol":1,"branchId":"b","audience":{"kind":"manager"}}]');
  await until(() => slow.heard.includes('"ok":true'));
  slow.socket.pause();

  // A long list, so that the network soon takes no more of it.
  await Promise.all(Array.from({ length: 900 }, () => kiosk.send(TAKE)));
  for (let round = 0; round < ROUNDS; round += 1) {
    await kiosk.send(TAKE);
    await hall.gathered();
  }
  const head = kiosk.version;
  slow.forget();
  slow.socket.resume();
  await until(() => slow.heard.includes(`"version":${head},`));
  const got = slow.heard.match(/\["view",\{"version":/g)?.length ?? 0;
  expect(got).toBeLessThan(ROUNDS / 2);
  kiosk.close();
  slow.socket.destroy();
});

test('who floods the door, or never reads an answer, is cut off; the others stay', async () => {
  const other = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const token = await hall.token({ branchId: 'b', role: 'manager' });
  const flood = await BareClient.join(hall.port, token);
  for (let count = 0; count < 100; count += 1) flood.say('42["hello",{}]');
  await until(() => flood.gone);
  expect(other.socket.connected).toBe(true);
  expect(await other.send(TAKE)).toMatchObject({ ok: true });
  other.close();
});
