import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { MINUTE } from '../../domain/ids.ts';
import type { PeriodReport, ReportTickets } from '../../protocol/period-report.ts';
import type { Database } from '../../server/compose.ts';
import type { Jobs } from '../../server/ports.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { noJobs, ownDatabase } from '../support/running-hall.ts';
import { staffedHall, type Answer, type StaffedHall } from '../support/staffed-hall.ts';
import { until } from '../support/until.ts';

jest.setTimeout(120_000);
const DAY = '2026-11-24';
const BEFORE_MIDNIGHT = Date.parse('2026-11-24T23:30:00+08:00');
const handlers = new Map<string, Parameters<Jobs['handle']>[1]>();
let hall: StaffedHall;
let database: Database;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  const own = await ownDatabase();
  await own.jobs.stop();
  database = own.database;
  const jobs: Jobs = { ...noJobs, handle: (name, handler) => void handlers.set(name, handler) };
  const clock = new ManualClock(BEFORE_MIDNIGHT);
  hall = await staffedHall({ adapters: { database, jobs }, clock });
  await hall.hire('3001', { role: 'manager', branchId: 'b' });
  await hall.hire('3002', { role: 'network-manager' });
  await hall.hire('3003', { role: 'teller', branchId: 'b' });
  for (const [name, staffId, more] of [
    ['manager', '3001', {}],
    ['network', '3002', {}],
    ['teller', '3003', { counterId: 'c1' }],
  ] as const)
    tokens[name] = (await hall.signIn('b', staffId, more)).body['token'] as string;
  let commands = 0;
  const does = async (command: Command, actor: string) => {
    const today = await hall.hosts.today('b');
    if (!today.ok) throw new Error('the day is not open');
    const ack = await today.host.handle({ command, actor, commandId: `command-${(commands += 1)}` });
    if (!('answer' in ack)) throw new Error(JSON.stringify(ack));
    return ack.answer;
  };
  await does({ type: 'OpenCounter', counterId: 'c2', tellerId: '2002' }, 'staff:2002');
  const take = { type: 'TakeTicket', services: ['deposit-withdrawal'] } as const;
  await does(take, 'device:kiosk-1');
  const wrong = await does(take, 'device:kiosk-1');
  if (!('issued' in wrong)) throw new Error('no ticket');
  await does({ type: 'CancelTicket', ticketId: wrong.issued.ticketId, reason: 'mistake' }, 'staff:3001');
  await hall.clock.advanceBy(7 * MINUTE);
  await does({ type: 'CallNext', counterId: 'c2' }, 'staff:2002');
  await does({ type: 'StartService', counterId: 'c2' }, 'staff:2002');
  await hall.clock.advanceBy(3 * MINUTE);
  await does({ type: 'FinishService', counterId: 'c2', outcome: 'done' }, 'staff:2002');
});
afterAll(() => hall.close());

const ask = (who: string, query: string, path = ''): Promise<Answer> =>
  hall.call('GET', `/api/reports${path}?${query}`, { token: tokens[who] });
const reportOf = async (who: string, query: string) => (await ask(who, query)).body as unknown as PeriodReport;
const problemOf = ({ status, body }: Answer) => [status, (body['problem'] as { code: string }).code];
const TODAY = `from=${DAY}&to=${DAY}`;

describe('GET /api/reports', () => {
  test('has the figures of today, the names of tellers, and what was left out', async () => {
    const report = await reportOf('manager', `${TODAY}&by=teller`);
    expect(report.totals).toMatchObject({ arrivals: 1, served: 1, wait: { count: 1, max: 7 }, service: { max: 3 } });
    expect(report).toMatchObject({
      excluded: 1,
      cutOff: hall.clock.now(),
      missing: [],
      names: { '2002': expect.any(String) },
    });
    expect(report.rows.map(({ key, figures }) => [key, figures.staffing?.serving])).toEqual([['2002', 3]]);
    expect(report.before).toBeUndefined();
  });

  test('is of the branches that the asker has to do with, and of none else', async () => {
    const branchesOf = ({ branches }: PeriodReport) => branches.map(({ branchId }) => branchId);
    expect(branchesOf(await reportOf('manager', TODAY))).toEqual(['b']);
    expect(branchesOf(await reportOf('network', TODAY))).toEqual(['b', 'b2']);
    expect(branchesOf(await reportOf('network', `${TODAY}&branch=b2&branch=b`))).toEqual(['b2', 'b']);
    expect(problemOf(await ask('manager', `${TODAY}&branch=b&branch=b2`))).toEqual([403, 'not-allowed']);
    expect(problemOf(await ask('network', `${TODAY}&branch=nowhere`))).toEqual([404, 'unknown-branch']);
    for (const path of ['', '/tickets', '/names']) {
      expect(problemOf(await ask('teller', TODAY, path))).toEqual([403, 'not-allowed']);
      expect(problemOf(await ask('nobody', TODAY, path))).toEqual([401, 'not-signed-in']);
    }
  });

  test('refuses what makes no report, and says why', async () => {
    for (const query of ['', 'from=2026-11-24&to=2026-11-23', `${TODAY}&by=colour`, 'from=yesterday&to=today'])
      expect(problemOf(await ask('manager', query))).toEqual([400, 'bad-message']);
    expect(await ask('manager', 'from=2024-01-01&to=2026-11-24')).toMatchObject({
      body: { problem: { message: expect.stringContaining('two years') } },
    });
  });

  test('turns away when too many are being made', async () => {
    const many = await Promise.all(Array.from({ length: 16 }, () => ask('network', TODAY)));
    const statuses = many.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(8);
  });

  test('without data says which day has some', async () => {
    const empty = await reportOf('manager', 'from=2026-10-01&to=2026-10-31');
    expect(empty).toMatchObject({ nearest: DAY, rows: [], waits: [], totals: { arrivals: 0 } });
    expect(empty.cutOff).toBeUndefined();
  });
});

test('GET /api/reports/tickets lists the tickets behind a figure', async () => {
  const tickets = async (more: string) =>
    (await ask('manager', `${TODAY}&${more}`, '/tickets')).body as unknown as ReportTickets;
  const all = await tickets('counter=b/c2');
  expect(all).toMatchObject({
    total: 1,
    tickets: [{ branchId: 'b', day: DAY, outcome: 'served', wait: 7, service: 3, counter: 'b/c2', teller: '2002' }],
  });
  expect(all.tickets[0]?.services).toEqual(['deposit-withdrawal']);
  expect((await tickets('weekday=2&slot=47')).total).toBe(1);
  expect(await tickets('weekday=3')).toEqual({ tickets: [], total: 0 });
  expect(await tickets('slot=46')).toEqual({ tickets: [], total: 0 });
});

const evening = ({ totals: { staffing } }: PeriodReport) => ({ open: staffing?.open, idle: staffing?.idle });

test('a day that is over becomes facts once, and its report stays the same', async () => {
  const before = await reportOf('manager', TODAY);
  await hall.clock.advanceBy(21 * MINUTE);
  await hall.hosts.today('b');
  await until(async () => (await database.store.unclosedDays('b')).length === 1);
  const night = handlers.get('day-facts');
  await night?.({ timeZone: 'Asia/Shanghai' });
  expect(await database.dayFacts.days('b')).toEqual([DAY]);
  const after = await reportOf('manager', TODAY);
  const { staffing, ...figures } = before.totals;
  // The window was never closed, so it was open until the day was.
  expect(after.totals).toEqual({ ...figures, staffing: { ...staffing, ...evening(after) } });
  expect(after).toMatchObject({ excluded: 1, waits: before.waits, heat: before.heat, branches: before.branches });
  expect((await ask('manager', TODAY, '/tickets')).body['total']).toBe(1);
});
