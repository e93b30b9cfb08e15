import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { isLoopback, readEnv } from '../../config/env.ts';
import { CUSTOMER, type Caller, type Role } from '../../server/identity/caller.ts';
import { Identity } from '../../server/identity/identity.ts';
import { may, mayLook, maySend } from '../../server/identity/permissions.ts';
import { signingKey } from '../../server/identity/secret.ts';
import { Sessions } from '../../server/identity/sessions.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { memoryIdentities } from '../../server/store/memory-identities.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { commandsFor } from '../support/outside-commands.ts';
import { log } from '../support/running-hall.ts';

const KEY = new TextEncoder().encode('a key for tests, long enough for HS256');
const HOUR = 3_600_000;

const callers = {
  kiosk: { role: 'kiosk', actor: 'device:kiosk-1', branchId: 'b' },
  display: { role: 'display', actor: 'device:display', branchId: 'b' },
  device: { role: 'device', actor: 'device:m1', branchId: 'b', deviceId: 'm1' },
  teller: { role: 'teller', actor: 'staff:2001', branchId: 'b', staffId: '2001' },
  manager: { role: 'manager', actor: 'staff:2008', branchId: 'b', staffId: '2008' },
  'branch-head': { role: 'branch-head', actor: 'staff:h', branchId: 'b', staffId: 'h' },
  'network-manager': { role: 'network-manager', actor: 'staff:n', staffId: 'n' },
  auditor: { role: 'auditor', actor: 'staff:a', staffId: 'a' },
  administrator: { role: 'administrator', actor: 'staff:admin', staffId: 'admin' },
  rating: { role: 'rating', actor: 'device:r', branchId: 'b', deviceId: 'm1' },
  'call-pad': { role: 'call-pad', actor: 'device:p', branchId: 'b', deviceId: 'm1' },
  customer: CUSTOMER,
  system: { role: 'system', actor: 'system' },
} satisfies Record<Role, Caller>;

const commands = commandsFor('m1');

const allowed = (role: keyof typeof callers) =>
  Object.values(commands)
    .filter((command) => maySend(callers[role], command))
    .map(({ type }) => type);

describe('who may do what', () => {
  test('a kiosk takes tickets, and takes back a mistake; a display and a stranger do nothing', () => {
    expect(allowed('kiosk')).toEqual(['TakeTicket', 'ReserveNumbers', 'HandInTickets', 'LeaveOffer']);
    expect(maySend(callers.kiosk, { type: 'CancelTicket', ticketId: 't', reason: 'mistake' })).toBe(true);
    expect(allowed('display')).toEqual([]);
    expect(allowed('customer')).toEqual(['CancelTicket', 'RejoinQueue', 'DelayTicket', 'EndDelay']);
    expect(maySend(CUSTOMER, { type: 'CancelTicket', ticketId: 't', reason: 'mistake' })).toBe(false);
  });

  test('a manager may send every command that no device sends of itself, a teller all of the counter and none of the lobby', () => {
    const ofDevices = ['ReserveNumbers', 'HandInTickets', 'ReportMachine'];
    expect(allowed('manager')).toEqual(Object.keys(commands).filter((type) => !ofDevices.includes(type)));
    const lobby = [
      'TakeTicket',
      'CancelTicket',
      'PrioritiseTicket',
      'MarkCareNeeds',
      'SetWorkProfile',
      'ApproveProposal',
      'DismissProposal',
      ...['LeaveOffer', 'DelayTicket', 'EndDelay', 'NoteTicket', 'WriteTicker', ...ofDevices],
      ...['RaiseTask', 'SnoozeAlert', 'EscalateAlert', 'TakeTask', 'FinishTask'],
    ];
    const own = commands.OpenCounter;
    expect(Object.keys(commands).filter((type) => ![...lobby, own.type].includes(type))).toEqual(allowed('teller'));
    expect(maySend(callers.teller, { ...own, tellerId: '2001' })).toBe(true);
    expect(maySend(callers.teller, { ...own, tellerId: '2002' })).toBe(false);
  });

  test("a teller's screen on which nobody has signed in may look, and sends nothing", () => {
    const nobody: Caller = { role: 'teller', actor: 'staff:teller', branchId: 'b' };
    expect(Object.values(commands).filter((command) => maySend(nobody, command))).toEqual([]);
  });

  test('a device works its own counter and no other', () => {
    expect(allowed('device')).toContain('CallNext');
    expect(allowed('device')).not.toContain('TransferTicket');
    expect(maySend(callers.device, { type: 'CallNext', counterId: 'm2' })).toBe(false);
    expect(mayLook(callers.device, { kind: 'counter', counterId: 'm1' })).toBe(true);
    expect(mayLook(callers.device, { kind: 'counter', counterId: 'm2' })).toBe(false);
  });

  test('a branch head may what a lobby manager may; who looks at branches from afar touches no hall', () => {
    expect(allowed('branch-head')).toEqual(allowed('manager'));
    for (const role of ['network-manager', 'auditor', 'administrator', 'rating'] as const)
      expect(allowed(role)).toEqual([]);
    expect(allowed('call-pad')).toEqual([
      ...['CallNext', 'Recall', 'StartService', 'FinishService', 'MarkNoShow', 'UndoLast', 'AskForPerson'],
    ]);
  });

  test('a person is asked for from the own place alone; an adviser answers alerts of their customers alone', () => {
    const ask = (caller: Caller, kind: 'kiosk' | 'machine' | 'counter' | 'phone', id: string) =>
      maySend(caller, { type: 'AskForPerson', from: { kind, id } });
    const seated: Caller = { ...callers.teller, counterId: 'm1' };
    expect([ask(callers.kiosk, 'kiosk', 'kiosk-1'), ask(callers.kiosk, 'kiosk', 'kiosk-2')]).toEqual([true, false]);
    expect([ask(callers.device, 'machine', 'm1'), ask(callers.device, 'machine', 'm2')]).toEqual([true, false]);
    expect([ask(seated, 'counter', 'm1'), ask(seated, 'counter', 'm2')]).toEqual([true, false]);
    expect([ask(CUSTOMER, 'phone', 't'), ask(CUSTOMER, 'kiosk', 'kiosk-1')]).toEqual([true, false]);
    const answer = (alertId: string) => maySend(seated, { type: 'AcknowledgeAlert', alertId });
    expect([answer('vip-soon:t'), answer('queue-long:cash')]).toEqual([true, false]);
  });

  test('a teller works where they signed in, and nowhere else', () => {
    const seated: Caller = { ...callers.teller, counterId: 'm1' };
    expect(maySend(seated, commands.CallNext)).toBe(true);
    expect(maySend(seated, { type: 'CallNext', counterId: 'm2' })).toBe(false);
    expect(maySend(seated, { type: 'OpenCounter', counterId: 'm2', tellerId: '2001' })).toBe(false);
    expect(mayLook(seated, { kind: 'counter', counterId: 'm2' })).toBe(false);
  });

  test('somebody with two roles may what either may', () => {
    const both: Caller = { ...callers.auditor, also: ['administrator'] };
    expect([may(both, 'read-audit'), may(both, 'change-accounts'), may(both, 'pair-devices')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([may(callers.auditor, 'change-accounts'), may(callers.administrator, 'read-audit')]).toEqual([false, false]);
  });

  test('each role sees its own view, and whoever knows its id a ticket', () => {
    const kinds = (role: keyof typeof callers) =>
      (['kiosk', 'display', 'counter', 'manager', 'ticket'] as const).filter((kind) =>
        mayLook(callers[role], { kind, counterId: 'm1', ticketId: 't' }),
      );
    expect(kinds('kiosk')).toEqual(['kiosk', 'ticket']);
    expect(kinds('display')).toEqual(['display', 'ticket']);
    expect(kinds('teller')).toEqual(['counter', 'ticket']);
    expect(kinds('manager')).toEqual(['kiosk', 'display', 'counter', 'manager', 'ticket']);
    expect(kinds('customer')).toEqual(['ticket']);
  });
});

describe('tokens', () => {
  test('say who holds them until they expire; changed by one letter they say nothing', async () => {
    const clock = new ManualClock();
    const tokens = new Tokens(KEY, clock);
    const token = await tokens.issue(callers.teller, clock.now() + HOUR);
    expect(await tokens.verify(token)).toEqual(callers.teller);
    expect(await tokens.verify(`${token.slice(0, -2)}AA`)).toBeUndefined();
    expect(
      await new Tokens(new TextEncoder().encode('another key of the same length, more'), clock).verify(token),
    ).toBeUndefined();
    const unsigned = `${btoa('{"alg":"none"}')}.${token.split('.')[1]}.`;
    expect(await tokens.verify(unsigned)).toBeUndefined();
    await clock.advanceBy(HOUR);
    expect(await tokens.verify(token)).toBeUndefined();
  });

  test('are signed with a key that is made once and that only its owner reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lobbyflow-key-'));
    const key = signingKey(undefined, folder);
    expect(signingKey(undefined, folder)).toEqual(key);
    expect(statSync(join(folder, 'token-secret')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'token-secret'), 'cut');
    expect(() => signingKey(undefined, folder)).toThrow(/delete it/);
    rmSync(folder, { recursive: true });
  });
});

describe('two processes on one database', () => {
  test('what one has ended the other knows within five seconds, by one question for everybody', async () => {
    const clock = new ManualClock();
    const identities = memoryIdentities();
    const asked = jest.spyOn(identities, 'endedSince');
    const read = jest.spyOn(identities, 'session');
    const tokens = new Tokens(KEY, clock);
    const process = () => new Identity({ tokens, identities, clock, log, demo: false, idleMs: 2 * HOUR });
    const [here, there] = [process(), process()];
    const open = async (id: string): Promise<string> => {
      const [at, expiresAt] = [clock.now(), clock.now() + 12 * HOUR];
      const session = { id, staffId: 's', role: 'teller', also: [], counterId: id, branchId: 'b' } as const;
      await identities.openSession({ ...session, openedAt: at, usedAt: at, expiresAt });
      return tokens.issue({ role: 'teller', actor: 'staff:s', branchId: 'b', staffId: 's', grantId: id }, expiresAt);
    };
    const held = await Promise.all(Array.from({ length: 20 }, (_, at) => open(`s${at}`)));
    const good = async (by: Identity) =>
      (await Promise.all(held.map((token) => by.verify(token)))).filter(Boolean).length;
    expect(await good(there)).toBe(20);
    read.mockClear();
    asked.mockClear();

    await identities.endSession('s7', clock.now(), 'staff:s');
    here.forget('s7');
    expect([await good(here), await good(there)]).toEqual([19, 20]);
    read.mockClear();
    await clock.advanceBy(5_000);
    expect(await good(there)).toBe(19);
    expect([asked.mock.calls.length, read.mock.calls.length]).toEqual([1, 1]);

    // The database is away: the hall goes on with whom it knows.
    await clock.advanceBy(5_000);
    asked.mockRejectedValueOnce(new Error('away'));
    expect(await good(there)).toBe(19);
    // Used in the other process only: not taken for idle here.
    await clock.advanceBy(1.5 * HOUR);
    await identities.touchSession('s1', clock.now());
    await clock.advanceBy(HOUR);
    expect(await good(there)).toBe(1);
  });
});

describe('sessions', () => {
  const clock = new ManualClock();
  const tokens = new Tokens(KEY, clock);
  const staffOf = (branchId: string) => (branchId === 'b' ? ['2001'] : undefined);
  const sessions = (accessCode?: string) => new Sessions({ tokens, clock, accessCode, staffOf });
  const kiosk = { branchId: 'b', role: 'kiosk' } as const;

  test('without an access code only this machine gets one', async () => {
    expect(await sessions().open(kiosk, true)).toMatchObject({ role: 'kiosk', actor: 'device:kiosk' });
    expect(await sessions().open(kiosk, false)).toMatchObject({ problem: { code: 'not-allowed' } });
  });

  test('with an access code whoever knows it, and this machine no more than others', async () => {
    expect(await sessions('open sesame').open({ ...kiosk, code: 'open sesame' }, false)).toMatchObject({
      role: 'kiosk',
    });
    expect(await sessions('open sesame').open({ ...kiosk, code: 'open' }, true)).toMatchObject({
      problem: { code: 'not-allowed' },
    });
    expect(await sessions('open sesame').open(kiosk, true)).toMatchObject({ problem: { code: 'not-allowed' } });
  });

  test('name the person by number, never by name', async () => {
    const session = await sessions().open({ branchId: 'b', role: 'teller', staffId: '2001' }, true);
    expect(session).toMatchObject({ actor: 'staff:2001', expiresAt: clock.now() + 12 * HOUR });
  });
});

describe('the environment', () => {
  test('has defaults that serve this machine alone', () => {
    const defaults = {
      host: '127.0.0.1',
      port: 4600,
      dataFolder: './data',
      branchesFolder: 'config/branches',
      contentFolder: 'config/content',
      logLevel: 'info',
      demo: false,
    };
    expect(readEnv({})).toMatchObject({ ok: true, env: defaults });
    expect(readEnv({ DATABASE_URL: '', LOBBYFLOW_ACCESS_CODE: '' })).toMatchObject({ ok: true });
  });

  test('lists everything that is wrong at once', () => {
    const wrong = readEnv({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      LOBBYFLOW_SECRET: 'short',
      HOST: '0.0.0.0',
    });
    expect(wrong.ok ? [] : wrong.errors.map((error) => error.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'LOBBYFLOW_SECRET',
      'LOG_LEVEL',
      'LOBBYFLOW_ACCESS_CODE',
    ]);
  });

  test('does not open to a network without an access code', () => {
    const open = readEnv({ HOST: '0.0.0.0' });
    expect(open.ok ? [] : open.errors).toEqual([expect.stringMatching(/^LOBBYFLOW_ACCESS_CODE: must be set/)]);
    expect(readEnv({ HOST: '0.0.0.0', LOBBYFLOW_ACCESS_CODE: 'open sesame' })).toMatchObject({ ok: true });
  });
});

test('only addresses of this machine are this machine', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
    expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example', '127.0.0.1.evil.example', ''])
    expect(isLoopback(host)).toBe(false);
});
