import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { DomainEvent } from '../../domain/events.ts';
import { openStore } from '../../server/store/open-store.ts';
import { RunningServer } from '../support/running-server.ts';
import { bigHallFolder } from '../support/big-hall.ts';
import { Caller, type SignIn } from '../support/caller.ts';
import { ensurePostgres, freshDatabase, type PrivatePostgres } from '../support/postgres.ts';

/** Two server processes on one PostgreSQL, and many people pressing at once. */

const TELLERS = 16;
const WAITING = 500;
const KIOSKS = 32;
const TICKETS = 2_000;
const SERVICE = 'deposit-withdrawal';

const hall = bigHallFolder(TELLERS);
const { branchId } = hall;
const servers: RunningServer[] = [];
let postgres: PrivatePostgres;
let database: { url: string; drop(): Promise<void> };

const serverOf = (place: number) => servers[place % servers.length]!.url;
const callers: Caller[] = [];
const signIn = async (place: number, session: SignIn): Promise<Caller> => {
  const caller = await Caller.signIn(serverOf(place), session);
  callers.push(caller);
  return caller;
};
const everybody = <T>(count: number, what: (place: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, place) => what(place)));

async function eventsInTheLog(): Promise<DomainEvent[]> {
  const { store, close } = await openStore({ databaseUrl: database.url, log: pino({ level: 'silent' }) });
  const [day] = await store.unclosedDays(branchId);
  const commits = await store.read(branchId, day ?? '', 0);
  await close();
  expect(commits.map(({ version }) => version)).toEqual(commits.map((_, place) => place + 1));
  return commits.flatMap(({ events }) => events);
}

beforeAll(async () => {
  postgres = await ensurePostgres();
  database = await freshDatabase(postgres);
  const env = { DATABASE_URL: database.url, LOBBYFLOW_BRANCHES: hall.folder };
  for (let count = 0; count < 2; count += 1) servers.push(await RunningServer.launch({ env }));
}, 120_000);

afterAll(async () => {
  callers.forEach((caller) => caller.leave());
  await Promise.all(servers.map((server) => server.dispose()));
  await database.drop();
  await postgres.stop();
}, 60_000);

describe('two server processes on one PostgreSQL', () => {
  test(`C1 ${TELLERS} tellers press "next" at once on ${WAITING} waiting tickets: each is called exactly once`, async () => {
    const kiosk = await signIn(0, { branchId, role: 'kiosk' });
    await everybody(WAITING, async () =>
      expect(await kiosk.send({ type: 'TakeTicket', services: [SERVICE] })).toMatchObject({ ok: true }),
    );
    const tellers = await everybody(TELLERS, async (place) => {
      const counterId = hall.counters[place] ?? '';
      const staffId = hall.tellers[place] ?? '';
      const teller = await signIn(place, { branchId, role: 'teller', staffId });
      expect(await teller.send({ type: 'OpenCounter', counterId, tellerId: staffId })).toMatchObject({ ok: true });
      return { teller, counterId, called: [] as string[], told: 0 };
    });

    await Promise.all(
      tellers.map(async (each) => {
        const { teller, counterId } = each;
        for (;;) {
          const next = await teller.send({ type: 'CallNext', counterId });
          if (!next.ok) {
            expect(next).toMatchObject({ rejection: { code: 'queue-empty' } });
            each.told += 1;
            return;
          }
          each.called.push(next.answer.called?.ticketId ?? '');
          expect(await teller.send({ type: 'StartService', counterId })).toMatchObject({ ok: true });
          expect(await teller.send({ type: 'FinishService', counterId, outcome: 'done' })).toMatchObject({ ok: true });
        }
      }),
    );

    const called = tellers.flatMap((each) => each.called);
    const events = await eventsInTheLog();
    const calls = events.filter((event) => event.type === 'TicketCalled').map(({ ticketId }) => ticketId);
    const issued = events.filter((event) => event.type === 'TicketIssued').map(({ ticketId }) => ticketId);
    const told = tellers.reduce((sum, each) => sum + each.told, 0);
    console.log(
      `${TELLERS} tellers, 2 processes: ${issued.length} issued, ${called.length} calls acknowledged, ` +
        `${new Set(called).size} different tickets, ${calls.length} calls in the log, ${told} were told that nobody waits`,
    );
    expect(called).toHaveLength(WAITING);
    expect([...calls].sort()).toEqual([...called].sort());
    expect([...called].sort()).toEqual([...issued].sort());
  }, 240_000);

  test(`N2 ${KIOSKS} kiosks issue ${TICKETS} tickets: no number is missing or comes twice`, async () => {
    let wanted = TICKETS;
    const acknowledged = await everybody(KIOSKS, async (place) => {
      const kiosk = await signIn(place, { branchId, role: 'kiosk' });
      const numbers: string[] = [];
      while (wanted > 0) {
        wanted -= 1;
        const ack = await kiosk.send({ type: 'TakeTicket', services: [SERVICE] });
        if (!ack.ok) throw new Error(`a ticket was refused: ${JSON.stringify(ack)}`);
        numbers.push(ack.answer.issued?.number ?? '');
      }
      return numbers;
    });
    const numbers = acknowledged.flat();
    const issued = (await eventsInTheLog()).filter((event) => event.type === 'TicketIssued').slice(WAITING);
    const sequences = issued.map(({ sequence }) => sequence);
    console.log(
      `${KIOSKS} kiosks, 2 processes: ${numbers.length} acknowledged, ${new Set(numbers).size} different numbers, ` +
        `${issued.length} in the log, from ${issued[0]?.number} to ${issued.at(-1)?.number}`,
    );
    expect(new Set(numbers).size).toBe(TICKETS);
    expect(issued.map(({ number }) => number).sort()).toEqual([...numbers].sort());
    expect(sequences).toEqual(sequences.map((_, place) => WAITING + 1 + place));
  }, 180_000);
});
