import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { verifyChain } from '../../server/audit/chain.ts';
import { pseudonymsOf } from '../../server/customers/pseudonyms.ts';
import type { Role } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { Privacy } from '../../server/privacy/privacy.ts';
import { retentionOf } from '../../server/privacy/retention.ts';
import type { OpenStore } from '../../server/store/open-store.ts';
import { FakeDirectory } from '../support/fake-directory.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, log, ownDatabase, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import { Screen } from '../support/screen.ts';
import { wholeDatabase } from '../support/whole-database.ts';

jest.setTimeout(120_000);

const SECRET = 'a secret for tests that is long enough';
const KEYS = `k1:${'a'.repeat(32)}`;
const DAY = '2026-11-24';
const DAY_MS = 24 * 3_600_000;
/** What must be nowhere. All that a pattern for ids lets through is tried where an id is asked for. */
const PLANTS = {
  name: '赵铁柱',
  latin: 'Zhao.Tiezhu',
  phone: '13987654321',
  id: '110101199003074477',
  card: '6222020200998877665',
};

const clock = new ManualClock();
const lines: string[] = [];
const logged = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
const heard: string[] = [];
let database: OpenStore;
let directory: FakeDirectory;
let hall: RunningHall;

beforeAll(async () => {
  const adapters = await ownDatabase();
  database = adapters.database as OpenStore;
  directory = await FakeDirectory.start({
    [PLANTS.card]: { tier: 'private', name: PLANTS.name, consent: { sms: true } },
  });
  const env = testEnv({ secret: SECRET, customerKeys: KEYS, directory: { url: directory.url } });
  hall = await openHall({ env, branches: branchesNamed('b'), clock, adapters, log: logged });
});
afterAll(async () => {
  await hall.close();
  await directory.stop();
});

function tokenOf(role: Role, more: object = {}): Promise<string> {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), clock);
  return tokens.issue({ role, actor: `staff:${role}`, branchId: 'b', ...more }, clock.now() + 3_600_000);
}

async function ask(
  path: string,
  options: { readonly token?: string; readonly body?: unknown; readonly method?: string } = {},
) {
  const { token, body, method = body === undefined ? 'GET' : 'POST' } = options;
  const response = await fetch(hall.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  heard.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
  return text;
}

async function send(
  token: string,
  command: object,
): Promise<{ answer?: { issued?: { ticketId: string; number: string } } }> {
  const body = { commandId: randomUUID(), command };
  return JSON.parse(await ask('/api/branches/b/commands', { token, body })) as ReturnType<typeof send>;
}

/** A customer who shows a card, takes a number and is served. */
async function visit(): Promise<{ ticketId: string; number: string }> {
  const kiosk = await tokenOf('kiosk', { actor: 'device:kiosk-1', deviceId: 'kiosk-1' });
  const shown = await ask('/api/branches/b/identify', { token: kiosk, body: { kind: 'card', value: PLANTS.card } });
  const { ref, tier } = JSON.parse(shown) as { ref: string; tier: string };
  const issued = (await send(kiosk, { type: 'TakeTicket', services: ['wealth'], tier })).answer?.issued;
  if (issued === undefined) throw new Error('no ticket');
  await ask('/api/branches/b/identify/ticket', { token: kiosk, body: { ref, ticketId: issued.ticketId } });
  const manager = await tokenOf('manager', { staffId: '2008', actor: 'staff:2008' });
  await send(manager, { type: 'CancelTicket', ticketId: issued.ticketId, reason: 'left' });
  return issued;
}

describe('erasing a person', () => {
  test('leaves no trace of them in any table; the figures of the day and the audit stay as they were', async () => {
    const { number } = await visit();
    const pseudonym = pseudonymsOf(KEYS, '/nowhere').of({ kind: 'card', value: PLANTS.card });
    expect(await wholeDatabase(database.pool)).toContain(pseudonym);
    const before = await hall.records.visits('b', DAY);
    expect(before.map((each) => each.number)).toContain(number);

    const token = await tokenOf('administrator', { branchId: undefined });
    const body = { identifiers: [{ kind: 'card', value: PLANTS.card }] };
    expect(JSON.parse(await ask('/api/privacy/export', { token, body }))).toMatchObject({ tickets: [{ number }] });
    expect(JSON.parse(await ask('/api/privacy/erase', { token, body }))).toEqual({ rows: 2 });

    const after = await wholeDatabase(database.pool);
    expect(after).not.toContain(pseudonym);
    expect(await hall.records.visits('b', DAY)).toEqual(before);
    const auditor = await tokenOf('auditor');
    const { rows } = JSON.parse(await ask('/api/branches/b/audit?ticket=' + number, { token: auditor })) as {
      rows: object[];
    };
    expect(rows.length).toBe(2);
    expect(await verifyChain(database.audit, 'b')).toMatchObject({ ok: true });
    const network = await tokenOf('auditor', { branchId: undefined });
    const { rows: acts } = JSON.parse(await ask('/api/audit', { token: network })) as {
      rows: { act: { acts: string[] } }[];
    };
    expect(acts.map(({ act }) => act.acts.join())).toEqual(['POST /privacy/erase', 'POST /privacy/export']);
  });

  test('is for the administrator alone', async () => {
    const body = { identifiers: [{ kind: 'card', value: PLANTS.card }] };
    for (const role of ['teller', 'manager', 'branch-head', 'auditor', 'network-manager', 'kiosk'] as const) {
      const answer = await ask('/api/privacy/export', { token: await tokenOf(role, { staffId: '2001' }), body });
      expect(JSON.parse(answer)).toMatchObject({ problem: { code: 'not-allowed' } });
    }
    expect(JSON.parse(await ask('/api/privacy/export', { body }))).toMatchObject({
      problem: { code: 'not-signed-in' },
    });
  });
});

test('each kind of personal data is erased when its days are over, and not sooner', async () => {
  const { personalData } = database;
  const pseudonyms = pseudonymsOf(KEYS, '/nowhere');
  const person = { kind: 'phone', value: PLANTS.phone } as const;
  const own = pseudonyms.of(person);
  const later = new ManualClock(clock.now());
  const retention = retentionOf('consents=40');
  const privacy = new Privacy({
    personalData,
    cases: { erase: () => Promise.resolve(0) },
    pseudonyms,
    retention,
    forget: () => {},
    clock: later,
    log,
  });
  await personalData.keepTicket(own, { branchId: 'b', day: DAY, ticketId: 'old', number: 'A900' }, later.now());
  await personalData.keepConsents(own, [{ channel: 'sms', given: true, at: later.now() }]);
  const kept = async () => {
    await privacy.eraseOld();
    const { tickets, consents } = await privacy.export([person]);
    return [tickets.length, consents.length];
  };
  expect(retention).toEqual({
    ...{ 'customer-tickets': 30, consents: 40, notices: 1, feedback: 1_095 },
    ...{ complaints: 1_095, 'day-facts': 1_095, mails: 30, subscriptions: 90, sessions: 180 },
  });
  await later.advanceBy(30 * DAY_MS);
  expect(await kept()).toEqual([1, 1]);
  await later.advanceBy(1);
  expect(await kept()).toEqual([0, 1]);
  await later.advanceBy(10 * DAY_MS);
  expect(await kept()).toEqual([0, 0]);
});

/** One of each command with text in it, and in each place what a curious or careless person could put there. */
function planted(text: string): object[] {
  const here = { counterId: 'c1' };
  const commands: { readonly [T in OutsideCommand['type']]?: object } = {
    TakeTicket: { services: [text], careNeeds: [text], tier: text, adviser: text, language: text },
    CancelTicket: { ticketId: text, reason: text },
    RejoinQueue: { ticketId: text },
    TransferTicket: { ticketId: text, to: { kind: 'person', staffId: text } },
    PrioritiseTicket: { ticketId: text, reason: text },
    MarkCareNeeds: { ticketId: text, careNeeds: [text] },
    AddService: { ticketId: text, service: text },
    OpenCounter: { counterId: text, tellerId: text },
    PauseCounter: { ...here, reason: text },
    SetWorkProfile: { ...here, profile: text },
    ApproveProposal: { proposalId: text },
    DismissProposal: { proposalId: text, reason: text },
    CallTicket: { ...here, ticketId: text, reason: text },
    HoldTicket: { ...here, reason: text },
    ResumeTicket: { ...here, ticketId: text },
    ServeWithoutTicket: { ...here, services: [text] },
    FinishService: { ...here, outcome: text },
    UndoLast: { counterId: text },
    LeaveOffer: { service: text, channel: 'machine', savesMinutes: 5 },
    DelayTicket: { ticketId: text },
    NoteTicket: { ticketId: text, notes: [text] },
    ReportMachine: { counterId: text, fault: true, cannot: [text] },
    AskForPerson: { from: { kind: 'kiosk', id: text }, ticketId: text },
    RaiseTask: { kind: 'assist', place: { kind: 'zone', id: text }, ticketId: text },
    AcknowledgeAlert: { alertId: text },
    SnoozeAlert: { alertId: text },
    EscalateAlert: { alertId: text },
    TakeTask: { taskId: text },
    FinishTask: { taskId: text, outcome: 'done' },
    ReserveNumbers: { kiosk: text },
    HandInTickets: { kiosk: text, day: text, tickets: [{ ticketId: text, series: text, services: [text] }] },
  };
  return Object.entries(commands).flatMap(([type, rest]) => [
    { type, ...rest },
    // Each text on its own beside good ones, so that it is not refused for another.
    ...(type === 'TakeTicket'
      ? Object.entries(rest).map(([field, value]) => ({ type, services: ['transfer'], [field]: value as unknown }))
      : []),
  ]);
}

test('after a day with names, phone and ID numbers in every place that takes text, none of them is anywhere', async () => {
  const manager = await tokenOf('manager', { staffId: '2008', actor: 'staff:2008' });
  const kiosk = await tokenOf('kiosk', { actor: 'device:kiosk-1', deviceId: 'kiosk-1' });
  const teller = await tokenOf('teller', { staffId: '2001', actor: 'staff:2001' });
  await send(teller, { type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  await send(kiosk, { type: 'TakeTicket', services: ['transfer'] });
  await send(teller, { type: 'CallNext', counterId: 'c1' });
  await send(teller, { type: 'StartService', counterId: 'c1' });
  await visit();

  for (const text of Object.values(PLANTS)) {
    const inAddress = encodeURIComponent(text);
    for (const kind of ['kiosk', 'machine', 'counter', 'phone', 'display', 'zone'])
      for (const type of ['AskForPerson', 'RaiseTask'])
        await send(manager, {
          ...{ type, kind: type === 'RaiseTask' ? 'other' : undefined },
          [type === 'RaiseTask' ? 'place' : 'from']: { kind, id: text },
        });
    for (const command of planted(text)) {
      await send(manager, command);
      await ask('/api/branches/b/commands', { token: manager, body: { commandId: text, command } });
    }
    for (const manner of ['good', 'failing', 'nonsense', 'cut'] as const) {
      directory.manner = manner;
      for (const kind of ['card', 'phone', 'qr', 'id-number', text])
        await ask('/api/branches/b/identify', {
          token: await tokenOf('kiosk', { deviceId: `k-${manner}` }),
          body: { kind, value: text },
        });
    }
    directory.manner = 'good';
    await ask('/api/branches/b/identify', { token: teller, body: { kind: 'id-number', value: text } });
    await ask('/api/branches/b/identify', { token: kiosk, body: `{"kind":"card","value":"${text}"` });
    await ask('/api/branches/b/identify/ticket', { token: kiosk, body: { ref: text, ticketId: text } });
    await ask('/api/sessions', { body: { branchId: 'b', role: 'teller', staffId: text, code: text } });
    await ask('/api/sessions', { body: { branchId: text, role: text, code: text } });
    for (const path of [
      `/t/b/${inAddress}`,
      `/t/${inAddress}/${inAddress}`,
      `/${inAddress}`,
      `/kiosk/?branch=b&name=${inAddress}`,
      `/api/${inAddress}`,
      `/api/branches/${inAddress}/views/kiosk`,
      `/api/branches/b/views/${inAddress}`,
      `/api/branches/b/views/ticket?ticketId=${inAddress}`,
      `/api/branches/b/audit?actor=${inAddress}&from=${inAddress}`,
      `/api/branches/b/audit?device=${inAddress}&fromDay=${inAddress}`,
      `/api/branches/b/forecast?day=${inAddress}`,
      `/api/branches/b/display?zone=${inAddress}`,
      `/api/branches/b/voice/en/${inAddress}/A001`,
      `/guide/b/${inAddress}`,
    ])
      await ask(path, { token: manager });
    for (const [path, body] of [
      ['own-secret', { kind: 'pin', old: text, fresh: text, endOthers: true }],
      ['pad', { key: text }],
      ['branches/b/ratings', { number: text, score: 5, reasons: [text] }],
      [`branches/b/tickets/${inAddress}/rating`, { score: 5, comment: text }],
      [`branches/b/tickets/${inAddress}/print`, { copy: 1, language: text }],
    ] as const)
      for (const token of [manager, kiosk, undefined])
        await ask(`/api/${path}`, { body, ...(token !== undefined && { token }) });
    await ask(`/api/branches/b/tickets/${inAddress}/notices`, {
      method: 'PUT',
      body: { endpoint: text, language: text },
    });
    const screen = await Screen.connect(hall.url, manager);
    for (const audience of [{ kind: 'display', zone: text }, { kind: 'ticket', ticketId: text }, { kind: text }])
      heard.push(JSON.stringify(await screen.hello({ protocol: 1, branchId: 'b', audience })));
    heard.push(JSON.stringify(await screen.sendAnything({ commandId: text, command: { type: text } })));
    screen.close();
    const stranger = await Screen.connect(hall.url, text);
    heard.push(
      JSON.stringify(
        await stranger.sendAnything({ commandId: randomUUID(), command: { type: 'CloseCounter', counterId: text } }),
      ),
    );
    stranger.close();
    for (const kind of ['kiosk', 'display', 'manager', 'counter?counterId=c1'])
      await ask(`/api/branches/b/views/${kind}`, { token: manager });
    for (const path of [
      '/health',
      '/metrics',
      '/api/network',
      '/api/branches/b/forecast',
      '/api/branches/b/reports/estimates',
    ])
      await ask(path, { token: manager });
    await ask('/api/branches/b/audit.csv', { token: await tokenOf('auditor') });
  }

  expect(lines.length).toBeGreaterThan(100);
  expect(heard.length).toBeGreaterThan(200);
  const places = {
    'the log lines': lines.join('\n'),
    'answers, views and error messages': heard.join('\n'),
    'the tables: event log, audit, visits, jobs': await wholeDatabase(database.pool),
  };
  for (const [place, text] of Object.entries(places))
    for (const [what, plant] of Object.entries(PLANTS)) {
      const found = [plant, encodeURIComponent(plant)].filter((form) => text.includes(form));
      const at = text.indexOf(found[0] ?? '\u0000');
      expect({ place, what, found, around: at < 0 ? '' : text.slice(Math.max(0, at - 150), at + 50) }).toEqual({
        ...{ place, what, found: [], around: '' },
      });
    }
});
