import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { Audit } from '../../server/audit/audit.ts';
import { verifyChain } from '../../server/audit/chain.ts';
import { openStore, type OpenStore } from '../../server/store/open-store.ts';
import { DAY } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });
const clock = new ManualClock();

async function postgres(): Promise<OpenStore> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  const open = await openStore({ databaseUrl: url, log });
  const close = async () => {
    await open.close();
    await drop();
    await server.stop();
  };
  return { ...open, close };
}

/** A morning in the log of one branch: each command is a commit of its own. */
async function morning(store: OpenStore['store'], branchId: string): Promise<Hall> {
  const hall = Hall.open();
  hall.do({ type: 'OpenCounter', counterId: 'c1', tellerId: 'ann' }, 'staff:ann');
  for (let taken = 0; taken < 4; taken += 1) hall.take('deposit');
  hall.wait({ minutes: 3 });
  hall.do({ type: 'CallNext', counterId: 'c1' }, 'staff:ann');
  hall.do({ type: 'StartService', counterId: 'c1' }, 'staff:ann');
  hall.wait({ minutes: 3 });
  hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' }, 'staff:ann');
  await keep(store, branchId, hall, 0);
  return hall;
}

async function keep(store: OpenStore['store'], branchId: string, hall: Hall, from: number): Promise<void> {
  let version = await store.head(branchId, DAY);
  for (const event of hall.log.slice(from)) {
    version += 1;
    const own = event.type === 'DayOpened' ? { ...event, by: 'system' } : event;
    await store.append({ branchId, day: DAY, version, events: [own], visits: [], reopened: [] });
  }
}

describe.each([
  { name: 'PGlite', open: () => openStore({ log }) },
  { name: 'PostgreSQL', open: postgres },
])('the audit on $name', ({ open }) => {
  let database: OpenStore;
  const newAudit = () => new Audit({ ...database, clock });
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test('says who did what, where and when, and what it changed; nobody is named for what a timer did', async () => {
    await morning(database.store, 'says');
    await newAudit().catchUp('says');
    const rows = await database.audit.rows('says', 0, 100);
    expect(rows.map(({ act }) => `${act.actor} ${act.acts.join()}`)).toEqual([
      'staff:ann CounterOpened',
      'device:kiosk-1 TicketIssued',
      'device:kiosk-1 TicketIssued',
      'device:kiosk-1 TicketIssued',
      'device:kiosk-1 TicketIssued',
      'staff:ann TicketCalled',
      'staff:ann ServiceStarted',
      'staff:ann ServiceFinished',
    ]);
    const [, taken, , , , called] = rows;
    const number = String(taken?.act.about['tickets']);
    expect(taken?.act).toMatchObject({ device: 'kiosk-1', after: { [`ticket ${number}`]: { status: 'waiting' } } });
    expect(taken?.act.before).toBeUndefined();
    expect(called?.act).toMatchObject({
      log: { day: DAY, version: 7 },
      before: { [`ticket ${number}`]: { status: 'waiting', counter: null } },
      after: { [`ticket ${number}`]: { status: 'called', counter: 'c1' } },
    });
  });

  test('holds no link of a ticket', async () => {
    const hall = await morning(database.store, 'links');
    await newAudit().catchUp('links');
    const text = JSON.stringify(await database.audit.rows('links', 0, 100));
    for (const ticketId of hall.day.tickets.keys()) expect(text).not.toContain(`"${ticketId}"`);
  });

  test('has each command once, however often and by however many it is written down', async () => {
    const hall = await morning(database.store, 'once');
    const [one, other] = [newAudit(), newAudit()];
    await Promise.all([
      one.catchUp('once'),
      other.catchUp('once'),
      one.note('once', { act: 'Looked', actor: 'staff:9' }),
    ]);
    const before = hall.log.length;
    hall.take('deposit');
    await keep(database.store, 'once', hall, before);
    await Promise.all([other.catchUp('once'), one.catchUp('once'), newAudit().catchUp('once')]);
    const rows = await database.audit.rows('once', 0, 100);
    const commands = rows.flatMap(({ act }) => act.log?.commandId ?? []);
    const inLog = new Set(hall.log.slice(1).map(({ commandId }) => commandId));
    expect(commands).toEqual([...inLog]);
    expect(rows.filter(({ act }) => act.log === undefined)).toHaveLength(1);
    expect(await verifyChain(database.audit, 'once')).toMatchObject({ ok: true, rows: rows.length });
  });

  test('is asked for by several at one moment, and follows the day once', async () => {
    const audit = newAudit();
    const hall = await morning(database.store, 'together');
    const first = await Promise.all([1, 2, 3].map(() => audit.catchUp('together')));
    expect(first.filter((rows) => rows > 0)).toHaveLength(1);
    const before = hall.log.length;
    hall.take('deposit');
    await keep(database.store, 'together', hall, before);
    expect(await Promise.all([1, 2, 3].map(() => audit.catchUp('together')))).toEqual([1, 0, 0]);
    expect(await verifyChain(database.audit, 'together')).toMatchObject({ ok: true });
  });

  test('finds its rows by who, which ticket, where, what and when', async () => {
    await morning(database.store, 'find');
    await newAudit().catchUp('find');
    const found = (query: object) => database.audit.search('find', { limit: 50, ...query });
    const [latest, earlier] = await found({ actor: 'staff:ann' });
    expect(latest?.act.acts).toEqual(['ServiceFinished']);
    expect(await found({ act: 'TicketIssued' })).toHaveLength(4);
    expect(await found({ act: 'TicketIssued', before: 3 })).toHaveLength(1);
    const number = String(latest?.act.about['tickets']);
    expect((await found({ ticket: number })).map(({ act }) => act.acts.join())).toEqual([
      'ServiceFinished',
      'ServiceStarted',
      'TicketCalled',
      'TicketIssued',
    ]);
    expect(await found({ counterId: 'nowhere' })).toEqual([]);
    expect(await found({ until: earlier?.act.at ?? 0 })).toHaveLength(5);
    expect((await found({ from: earlier?.act.at ?? 0, actor: 'staff:ann' })).length).toBeGreaterThan(2);
  });

  test('cannot be changed by a statement that only forgot what it is', async () => {
    await newAudit().note('kept', { act: 'Looked', actor: 'staff:9' });
    await expect(database.pool.query(`delete from app.audit where chain = 'kept'`)).rejects.toThrow(/only added/);
    await expect(database.pool.query(`update app.audit set hash = '' where chain = 'kept'`)).rejects.toThrow();
  });

  test.each([
    ['a changed row', `update app.audit set act = jsonb_set(act, '{actor}', '"staff:1"') where seq = 3`, 3],
    ['a changed row with a hash of its own', `update app.audit set hash = repeat('0', 64) where seq = 3`, 3],
    ['a deleted row', 'delete from app.audit where seq = 3', 3],
    ['the first row deleted', 'delete from app.audit where seq = 1', 1],
    ['the last row deleted', 'delete from app.audit where seq = 8', 8],
    ['an end that was put back', 'update app.audit_head set seq = 5', 6],
    ['an end that was taken away', 'delete from app.audit_head', 1],
  ])('shows the first broken row: %s', async (name, statement, seq) => {
    const chain = `broken ${name}`;
    await morning(database.store, chain);
    await newAudit().catchUp(chain);
    expect(await verifyChain(database.audit, chain)).toMatchObject({ ok: true, rows: 8 });
    const where = statement.includes('where') ? 'and' : 'where';
    // As somebody who owns the database would.
    await database.pool.query('alter table app.audit disable trigger all');
    await database.pool.query(`${statement} ${where} chain = $1`, [chain]);
    await database.pool.query('alter table app.audit enable trigger all');
    expect(await database.audit.chains()).toContain(chain);
    expect(await verifyChain(database.audit, chain)).toMatchObject({ ok: false, seq });
  });
});
