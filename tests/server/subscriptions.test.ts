import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ShownSubscription, Subscriptions, SubscriptionWish } from '../../protocol/report-subscriptions.ts';
import type { PeriodQuery } from '../../protocol/period-report.ts';
import type { Caller, StaffRole } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import type { Mail, Mailer } from '../../server/mail-ports.ts';
import type { Grant, StaffAccount } from '../../server/ports.ts';
import { memoryIdentities } from '../../server/store/memory-identities.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { memorySubscriptions } from '../../server/store/memory-subscriptions.ts';
import { daysBefore, occasionsAround } from '../../server/subscriptions/occasions.ts';
import { ReportSubscriptions } from '../../server/subscriptions/subscriptions.ts';
import { jobsByHand } from '../support/jobs-by-hand.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { someReport } from '../support/period-report.ts';
import { branchesNamed, log, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';
import { SmtpSink } from '../support/smtp-sink.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WISH: SubscriptionWish = {
  ...{ query: 'by=service&branch=b', period: 'yesterday', hour: 7, format: 'csv', language: 'en', paused: false },
  address: 'chen.wei@bank.example',
};
const account = (staffId: string, ...grants: Grant[]): StaffAccount => {
  return { staffId, name: 'Chen Wei', grants, disabled: false, demo: false };
};
const head: Grant = { role: 'branch-head', branchId: 'b' };

describe('when a report comes, and of which days', () => {
  const zone = 'America/New_York';
  const at = (text: string) => Date.parse(text);
  const around = (now: string, rhythm: Pick<SubscriptionWish, 'period' | 'day' | 'hour'>) => {
    const { last, next } = occasionsAround(at(now), rhythm, zone);
    return [new Date(last.at).toISOString(), new Date(next.at).toISOString()];
  };

  test('each day at the hour of the branch, also where the clocks change', () => {
    const rhythm = { period: 'yesterday', hour: 7 } as const;
    expect(around('2026-03-07T11:59:59Z', rhythm)).toEqual(['2026-03-06T12:00:00.000Z', '2026-03-07T12:00:00.000Z']);
    expect(around('2026-03-07T12:00:00Z', rhythm)).toEqual(['2026-03-07T12:00:00.000Z', '2026-03-08T11:00:00.000Z']);
  });

  test('by weekday, by day of the month, and in the first month of a quarter', () => {
    const weekly = { period: 'last-week', day: 1, hour: 8 } as const;
    // A Sunday evening in New York, and a Monday morning.
    expect(around('2026-11-23T03:00:00Z', weekly)).toEqual(['2026-11-16T13:00:00.000Z', '2026-11-23T13:00:00.000Z']);
    expect(around('2026-11-23T13:00:00Z', weekly)).toEqual(['2026-11-23T13:00:00.000Z', '2026-11-30T13:00:00.000Z']);
    const monthly = { period: 'last-month', day: 28, hour: 5 } as const;
    expect(around('2026-03-01T00:00:00Z', monthly)).toEqual(['2026-02-28T10:00:00.000Z', '2026-03-28T09:00:00.000Z']);
    const quarterly = { period: 'last-quarter', day: 3, hour: 9 } as const;
    expect(around('2027-01-03T13:00:00Z', quarterly)).toEqual(['2026-10-03T13:00:00.000Z', '2027-01-03T14:00:00.000Z']);
  });

  test('of the last whole days, weeks, months and quarters', () => {
    expect(daysBefore('yesterday', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' });
    expect(daysBefore('last-week', '2027-01-03')).toEqual({ from: '2026-12-21', to: '2026-12-27' });
    expect(daysBefore('last-month', '2026-03-28')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(daysBefore('last-quarter', '2027-01-03')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  });
});

describe('what is sent', () => {
  const owner = { staffId: '5001', branchId: 'b' };
  let clock: ManualClock;
  let sent: Mail[];
  let asked: [PeriodQuery, Caller][];
  let broken: boolean;
  let records: ReturnType<typeof memorySubscriptions>;
  let identities: ReturnType<typeof memoryIdentities>;
  let subscriptions: ReportSubscriptions;
  const mailer: Mailer = {
    send(mail) {
      if (!sent.some(({ id }) => id === mail.id)) sent.push(mail);
      return Promise.resolve();
    },
    stateOf: (id) =>
      Promise.resolve(sent.some((mail) => mail.id === id) ? { state: 'sent', at: clock.now() } : undefined),
  };
  const open = (more: { readonly mailer?: undefined } = {}) =>
    new ReportSubscriptions({
      ...{ records, identities, mailer, clock, log, jobs: jobsByHand(), domains: ['bank.example'] },
      ...{ branches: new Map(branchesNamed('b', 'other').map((branch) => [branch.config.branchId, branch])), ...more },
      reports: {
        report(query, caller) {
          asked.push([query, caller]);
          if (broken) return Promise.reject(new Error('the database is away'));
          return Promise.resolve({ ok: true, report: someReport({ query, branches: [{ branchId: 'b', days: 1 }] }) });
        },
      },
    });

  beforeEach(async () => {
    // 09:00 in Shanghai.
    clock = new ManualClock(Date.UTC(2026, 10, 24, 1));
    [sent, asked, broken] = [[], [], false];
    records = memorySubscriptions();
    identities = memoryIdentities();
    await identities.saveAccount(account('5001', head));
    subscriptions = open();
  });

  async function add(wish: Partial<SubscriptionWish> = {}): Promise<ShownSubscription> {
    const added = await subscriptions.add(owner, { ...WISH, ...wish });
    if ('reason' in added) throw new Error(added.reason);
    return added;
  }

  test('each occasion once, by two processes and over a restart; what was due before it was made is not', async () => {
    const { id, next } = await add();
    expect(next).toBe(Date.UTC(2026, 10, 24, 23));
    await subscriptions.sendDue();
    expect(sent).toEqual([]);
    await clock.advanceTo(Date.UTC(2026, 10, 24, 23));
    await Promise.all([subscriptions.sendDue(), open().sendDue()]);
    await open().sendDue();
    expect(sent).toMatchObject([
      {
        ...{ id: `report ${id} 2026-11-25`, to: WISH.address, subject: 'Report: Qingchuan Bank, Garden, 2026-11-24' },
        attachments: [{ fileName: 'Report Qingchuan Bank, Garden 2026-11-24.csv', type: 'text/csv' }],
      },
    ]);
    expect(asked[0]).toEqual([
      { from: '2026-11-24', to: '2026-11-24', branches: ['b'], by: 'service' },
      { role: 'branch-head', actor: 'staff:5001', staffId: '5001', branchId: 'b' },
    ]);
    // Nothing ran for some days: the last one, once.
    await clock.advanceBy(3 * DAY);
    await open().sendDue();
    await open().sendDue();
    expect(sent.map((mail) => mail.id.slice(-10))).toEqual(['2026-11-25', '2026-11-28']);
    expect(await subscriptions.list(owner)).toMatchObject({
      domains: ['bank.example'],
      subscriptions: [{ id, next: Date.UTC(2026, 10, 28, 23), last: { state: 'sent' } }],
      periods: { 'last-month': { from: '2026-10-01', to: '2026-10-31' } },
    });
  });

  test('whoever lost the role gets nothing, is told why, and goes on when it is back', async () => {
    const { id } = await add();
    await identities.saveAccount(account('5001', { role: 'administrator', branchId: 'b' }));
    await clock.advanceBy(DAY);
    await subscriptions.sendDue();
    expect([sent, asked]).toEqual([[], []]);
    const { subscriptions: shown } = await subscriptions.list(owner);
    expect(shown).toMatchObject([{ paused: true, stopped: 'no-right' }]);
    expect(shown[0]).not.toHaveProperty('next');
    expect(await subscriptions.change(owner, id, WISH)).toEqual({ reason: 'no-right' });
    await identities.saveAccount(account('5001', head));
    const again = await subscriptions.change(owner, id, WISH);
    expect(again).toMatchObject({ paused: false, next: Date.UTC(2026, 10, 25, 23) });
    expect(again).not.toHaveProperty('stopped');
    await identities.saveAccount({ ...account('5001', head), disabled: true });
    expect(await subscriptions.sendNow(owner, id)).toEqual({ reason: 'no-account' });
    expect((await subscriptions.list(owner)).subscriptions).toMatchObject([{ paused: true, stopped: 'no-account' }]);
    expect(sent).toEqual([]);
  });

  test('a report that cannot be made is tried again, and says so meanwhile', async () => {
    await add();
    broken = true;
    await clock.advanceTo(Date.UTC(2026, 10, 24, 23));
    await subscriptions.sendDue();
    const failed = { at: clock.now(), state: 'failed', trouble: 'report' };
    expect((await subscriptions.list(owner)).subscriptions).toMatchObject([{ last: failed, next: clock.now() }]);
    broken = false;
    await clock.advanceBy(HOUR / 4);
    await subscriptions.sendDue();
    expect(sent).toHaveLength(1);
    expect((await subscriptions.list(owner)).subscriptions).toMatchObject([{ last: { state: 'sent' } }]);
  });

  test('nothing is kept that could never be sent', async () => {
    const reasonOf = async (wish: Partial<SubscriptionWish>, whose = owner) =>
      (await subscriptions.add(whose, { ...WISH, ...wish })) as unknown;
    expect(await reasonOf({ address: 'chen.wei@home.example' })).toEqual({ reason: 'foreign-address' });
    expect(await reasonOf({ address: 'chen.wei@bank.example.evil.example' })).toEqual({ reason: 'foreign-address' });
    expect(await reasonOf({ query: 'branch=other' })).toEqual({ reason: 'no-right' });
    expect(await reasonOf({ query: 'by=moon' })).toEqual({ reason: 'no-report' });
    expect(await reasonOf({}, { staffId: 'nobody', branchId: 'b' })).toEqual({ reason: 'no-account' });
    expect(await open({ mailer: undefined }).add(owner, WISH)).toEqual({ reason: 'no-mail' });
    expect(await open({ mailer: undefined }).list(owner)).not.toHaveProperty('domains');
    for (let count = 0; count < 20; count += 1) await add();
    expect(await reasonOf({})).toEqual({ reason: 'too-many' });
    expect(
      await subscriptions.change({ ...owner, staffId: '5002' }, (await records.active())[0]?.id ?? '', WISH),
    ).toEqual({
      reason: 'unknown',
    });
  });
});

describe('over HTTP', () => {
  const SECRET = 'a secret for tests that is long enough';
  const jobs = jobsByHand();
  const database = new ShakyStore(new MemoryStore(), { shared: false }).database();
  let sink: SmtpSink;
  let hall: RunningHall;
  beforeAll(async () => {
    sink = await SmtpSink.open();
    const mail = { url: sink.url(), password: sink.password, from: 'queue@bank.example', domains: ['bank.example'] };
    await database.identities.saveAccount(account('5001', head));
    await database.identities.saveAccount(account('5002', head));
    const env = testEnv({ secret: SECRET, mail });
    hall = await openHall({ env, branches: branchesNamed('b', 'other'), adapters: { database, jobs } });
  });
  afterAll(async () => {
    await hall.close();
    await sink.away();
  });

  async function call(path: string, method = 'GET', body?: object, role: StaffRole = 'branch-head', staffId = '5001') {
    const caller = { role, actor: `staff:${staffId}`, staffId, branchId: 'b' } as const;
    const token = await new Tokens(new TextEncoder().encode(SECRET), hall.clock).issue(caller, hall.clock.now() + HOUR);
    const response = await fetch(`${hall.url}/api/branches/b/report-subscriptions${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: (await response.json()) as unknown };
  }

  test('made, changed, sent at once, deleted: by its owner only, and the mail arrives', async () => {
    const { answer: made } = await call('', 'POST', WISH);
    expect(made).toMatchObject({ period: 'yesterday' });
    const { id } = made as ShownSubscription;
    expect(await call(`/${id}`, 'PUT', { ...WISH, period: 'last-week', day: 1, language: 'zh-TW' })).toMatchObject({
      ...{ status: 200, answer: { id, period: 'last-week', day: 1, next: Date.UTC(2026, 10, 29, 23) } },
    });
    expect(await call(`/${id}/send-now`, 'POST')).toMatchObject({ answer: { last: { state: 'waiting' } } });
    await call(`/${id}/send-now`, 'POST');
    await jobs.runDue();
    expect(jobs.failures).toEqual([]);
    expect(sink.received).toHaveLength(1);
    expect(sink.received[0]?.data).toContain('Content-Type: text/csv');
    expect(await call('')).toMatchObject({ answer: { subscriptions: [{ id, last: { state: 'sent' } }] } });

    expect(((await call('', 'GET', undefined, 'branch-head', '5002')).answer as Subscriptions).subscriptions).toEqual(
      [],
    );
    for (const [path, method] of [
      [`/${id}`, 'DELETE'],
      [`/${id}/send-now`, 'POST'],
    ] as const)
      expect(await call(path, method, undefined, 'branch-head', '5002')).toMatchObject({
        ...{ status: 409, answer: { ok: false, reason: 'unknown' } },
      });
    expect((await call('', 'GET', undefined, 'teller')).status).toBe(403);
    for (const wrong of [{ day: 3 }, { period: 'last-week', day: 8 }, { hour: 4 }, { address: 'Chen' }, { more: 1 }])
      expect((await call('', 'POST', { ...WISH, ...wrong })).status).toBe(400);
    expect(await call(`/${id}`, 'DELETE')).toEqual({ status: 200, answer: { ok: true } });
    expect(await call('')).toMatchObject({ answer: { subscriptions: [] } });
  });
});
