import { afterEach, expect, jest, test } from '@jest/globals';
import type { Ack } from '../../protocol/messages.ts';
import { inProcessBus } from '../../server/bus/in-process.ts';
import type { Bus } from '../../server/ports.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const DAY = '2026-11-24';
const TICKETS = 60;
const open: RunningHall[] = [];

afterEach(async () => {
  for (const hall of open.splice(0)) await hall.close();
});

async function processOn(memory: MemoryStore, bus: Bus = inProcessBus()) {
  const store = new ShakyStore(memory);
  const adapters = { database: store.database(), jobs: noJobs };
  const hall = await openHall({ branches: branchesNamed('b'), adapters, bus });
  open.push(hall);
  return { hall, store };
}

async function eventsOf(memory: MemoryStore) {
  return (await memory.read('b', DAY, 0)).flatMap(({ events }) => events);
}

/** A teller who calls, serves and finishes until nobody is left. */
async function workAt(hall: RunningHall, counterId: string, staffId: string): Promise<void> {
  const teller = await hall.screen('b', { role: 'teller', staffId }, { kind: 'counter', counterId });
  expect(await teller.send({ type: 'OpenCounter', counterId, tellerId: staffId })).toMatchObject({ ok: true });
  let ack = await teller.send({ type: 'CallNext', counterId });
  while (ack.ok) {
    await teller.send({ type: 'StartService', counterId });
    await teller.send({ type: 'FinishService', counterId, outcome: 'done' });
    ack = await teller.send({ type: 'CallNext', counterId });
  }
  expect(code(ack)).toBe('queue-empty');
}

function code(ack: Ack): string {
  return ack.ok ? 'ok' : 'problem' in ack ? ack.problem.code : ack.rejection.code;
}

test.each(['a common bus', 'no bus between them'])(
  'two processes race for the queue: each ticket is called once (%s)',
  async (kind) => {
    const memory = new MemoryStore();
    const common = kind === 'a common bus' ? inProcessBus() : undefined;
    const one = await processOn(memory, common);
    const two = await processOn(memory, common);
    // Both opened the day; it is open once.
    expect((await eventsOf(memory)).map(({ type }) => type)).toEqual(['DayOpened']);

    const first = await one.hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
    const second = await two.hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
    const taken = Array.from({ length: TICKETS }, (_, turn) =>
      (turn % 2 === 0 ? first : second).send({ type: 'TakeTicket', services: ['deposit-withdrawal'] }),
    );
    expect((await Promise.all(taken)).map((ack) => ack.ok)).toEqual(Array(TICKETS).fill(true));

    await Promise.all([
      workAt(one.hall, 'c1', '2001'),
      workAt(two.hall, 'c2', '2002'),
      workAt(one.hall, 'c4', '2004'),
      workAt(two.hall, 'c5', '2005'),
    ]);

    const events = await eventsOf(memory);
    const issued = events.flatMap((event) => (event.type === 'TicketIssued' ? [event.number] : []));
    const called = events.flatMap((event) => (event.type === 'TicketCalled' ? [event.number] : []));
    const expected = Array.from({ length: TICKETS }, (_, place) => `A${String(place + 1).padStart(3, '0')}`);
    expect(issued).toEqual(expected);
    expect([...called].sort()).toEqual(expected);
    expect(await memory.visits('b', DAY)).toHaveLength(TICKETS);
    // Else nothing was raced for.
    expect(one.store.conflicts + two.store.conflicts).toBeGreaterThan(0);
  },
);

test('a refusal is never stale: what the other process has just done is seen first', async () => {
  const memory = new MemoryStore();
  const [one, two] = [await processOn(memory), await processOn(memory)];
  const teller = await one.hall.screen('b', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  await teller.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  expect(code(await teller.send({ type: 'CallNext', counterId: 'c1' }))).toBe('queue-empty');
  const kiosk = await two.hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  expect(await teller.send({ type: 'CallNext', counterId: 'c1' })).toMatchObject({
    ok: true,
    answer: { called: { number: 'A001' } },
  });
});

test('without a word from the bus a screen sees the other process within a second, and the same command has the same answer there', async () => {
  const memory = new MemoryStore();
  const [one, two] = [await processOn(memory), await processOn(memory)];
  const display = await one.hall.screen('b', { role: 'display' }, { kind: 'display' });
  const kiosk = await two.hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const commandId = crypto.randomUUID();
  const ack = await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] }, commandId);

  await one.hall.clock.advanceBy(1_100);
  await display.until((screen) => screen.view('display').segments.some(({ waiting }) => waiting === 1));
  const other = await one.hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  expect(await other.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] }, commandId)).toEqual(ack);
});

test('what a process hears of its own commits, late, makes it read nothing again', async () => {
  const memory = new MemoryStore();
  const inner = inProcessBus();
  // As through Redis: a word comes back while the next turn is in flight.
  const slow: Bus = {
    ...inner,
    connected: () => true,
    publish: (message) => setImmediate(() => inner.publish(message)),
  };
  const { hall, store } = await processOn(memory, slow);
  const kiosks = await Promise.all([1, 2, 3, 4].map(() => hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' })));
  const read = jest.spyOn(store, 'read');
  const take = (kiosk: Screen) => kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  for (let turn = 0; turn < 20; turn += 1)
    await Promise.all(kiosks.flatMap((kiosk) => [1, 2, 3, 4, 5].map(() => take(kiosk))));
  expect(await memory.head('b', DAY)).toBeGreaterThan(20);
  expect(read).not.toHaveBeenCalled();
});

test('the log is asked for news each second while the bus is away, once more when it is back, and rarely else', async () => {
  let connected = false;
  const bus: Bus = { ...inProcessBus(), connected: () => connected };
  const { hall, store } = await processOn(new MemoryStore(), bus);
  await hall.screen('b', { role: 'display' }, { kind: 'display' });
  const asked = jest.spyOn(store, 'head');
  const during = async (seconds: number) => {
    asked.mockClear();
    for (let second = 0; second < seconds; second += 1) await hall.clock.advanceBy(1_000);
    return asked.mock.calls.length;
  };
  expect(await during(10)).toBe(10);
  connected = true;
  expect(await during(10)).toBe(1);
  expect(await during(60)).toBe(2);
  connected = false;
  expect(await during(3)).toBe(3);
});
