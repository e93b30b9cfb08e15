import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { Device, Identities, Pairing, StaffAccount, StaffSession } from '../../server/ports.ts';
import { memoryIdentities } from '../../server/store/memory-identities.ts';
import { openStore } from '../../server/store/open-store.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });

interface Open {
  readonly identities: Identities;
  close(): Promise<void>;
}

async function postgres(): Promise<Open> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  const open = await openStore({ databaseUrl: url, log });
  const close = async () => {
    await open.close();
    await drop();
    await server.stop();
  };
  return { identities: open.identities, close };
}

const NOW = Date.parse('2026-11-24T01:00:00Z');
const account = (staffId: string, more: Partial<StaffAccount> = {}): StaffAccount => ({
  staffId,
  name: `Wang "${staffId}"`,
  grants: [{ role: 'teller', branchId: 'b' }],
  pinHash: '$argon2id$x',
  passwordHash: undefined,
  link: undefined,
  disabled: false,
  demo: false,
  ...more,
});
const session = (id: string, staffId: string, more: Partial<StaffSession> = {}): StaffSession => ({
  ...{ id, staffId, role: 'teller', also: [], branchId: 'b', counterId: 'c1' },
  ...{ openedAt: NOW, usedAt: NOW, expiresAt: NOW + 1000, endedAt: undefined, endedBy: undefined },
  ...more,
});
const pairing = (id: string, code: string, more: Partial<Pairing> = {}): Pairing => ({
  ...{ id, keyDigest: 'digest', branchId: 'b', kind: 'kiosk', code, until: NOW + 1000, deviceId: undefined },
  ...more,
});
const device = (id: string, more: Partial<Device> = {}): Device => ({
  ...{ id, branchId: 'b', kind: 'kiosk', name: id, counterId: undefined, pairedAt: NOW, pairedBy: 'staff:9' },
  ...{ revokedAt: undefined, revokedBy: undefined, seenAt: undefined, state: {} },
  ...more,
});

describe.each([
  { name: 'in memory', open: () => Promise.resolve<Open>({ identities: memoryIdentities(), close: async () => {} }) },
  { name: 'PGlite', open: (): Promise<Open> => openStore({ log }) },
  { name: 'PostgreSQL', open: postgres },
])('who is known: $name', ({ open }) => {
  let identities: Identities;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    ({ identities } = opened);
    close = () => opened.close();
  });
  afterAll(() => close());

  test('an account comes back as it was saved, and is replaced whole', async () => {
    expect(await identities.account('1')).toBeUndefined();
    await identities.saveAccount(account('1', { link: { digest: 'd', until: NOW } }));
    expect(await identities.account('1')).toEqual(account('1', { link: { digest: 'd', until: NOW } }));
    const changed = account('1', { grants: [{ role: 'auditor' }], passwordHash: 'p', disabled: true });
    await identities.saveAccount(changed);
    await identities.saveAccount(account('0'));
    expect(await identities.accounts()).toEqual([account('0'), changed]);
  });

  test('attempts: each counts before it is known how it ends, and the lock grows', async () => {
    const lock = [0, 0, 500, 2000];
    const attempt = (at: number) => identities.beginAttempt('nobody', at, lock);
    // Of many at once no more get through than one after the other.
    const many = await Promise.all(Array.from({ length: 6 }, () => attempt(NOW)));
    expect(many.filter((until) => until === undefined)).toHaveLength(3);
    expect(many.filter((until) => until === NOW + 500)).toHaveLength(3);
    expect(await attempt(NOW + 499)).toBe(NOW + 500);
    expect(await attempt(NOW + 500)).toBeUndefined();
    expect(await attempt(NOW + 501)).toBe(NOW + 2500);
    expect(await attempt(NOW + 2500)).toBeUndefined();
    expect(await attempt(NOW + 4499)).toBe(NOW + 4500);
    await identities.clearAttempts('nobody');
    expect(await attempt(NOW + 4499)).toBeUndefined();
  });

  test('one counter has one session that has not ended; a console has none', async () => {
    await identities.saveAccount(account('2'));
    await identities.saveAccount(account('3'));
    const rivals = await Promise.all(['s1', 's2'].map((id) => identities.openSession(session(id, '2'))));
    expect(rivals.filter(Boolean)).toHaveLength(1);
    const [first] = await identities.sessions({ branchId: 'b' });
    if (first === undefined) throw new Error('no session');
    expect(await identities.openSession(session('other', '3', { branchId: 'b2' }))).toBe(true);
    for (const id of ['m1', 'm2'])
      expect(await identities.openSession(session(id, '3', { counterId: undefined, also: ['auditor'] }))).toBe(true);

    await identities.endSession(first.id, NOW + 5, 'staff:3');
    await identities.endSession(first.id, NOW + 9, 'staff:4');
    expect(await identities.session(first.id)).toEqual({ ...first, endedAt: NOW + 5, endedBy: 'staff:3' });
    expect(await identities.endedSince(NOW + 5)).toEqual([first.id]);
    expect(await identities.endedSince(NOW + 6)).toEqual([]);
    expect(await identities.openSession(session('s3', '3'))).toBe(true);
    await identities.touchSession('s3', NOW + 7);
    expect(await identities.session('s3')).toMatchObject({ usedAt: NOW + 7 });
    const of3 = await identities.sessions({ staffId: '3' });
    expect(of3.map(({ id }) => id).sort()).toEqual(['m1', 'm2', 'other', 's3']);
    expect(of3.find(({ id }) => id === 'm1')).toEqual(session('m1', '3', { counterId: undefined, also: ['auditor'] }));
  });

  test("a demo's accounts go with their sessions, others stay", async () => {
    await identities.saveAccount(account('demo', { demo: true }));
    await identities.openSession(session('of-demo', 'demo', { counterId: 'c9' }));
    await identities.removeDemoAccounts();
    expect(await identities.account('demo')).toBeUndefined();
    expect(await identities.session('of-demo')).toBeUndefined();
    expect(await identities.account('3')).toBeDefined();
  });

  test('a code is shown by one waiting device of a branch, and is free again when its time is over', async () => {
    expect(await identities.startPairing(pairing('p1', 'AAA'), NOW)).toBe(true);
    expect(await identities.startPairing(pairing('p2', 'AAA'), NOW)).toBe(false);
    expect(await identities.startPairing(pairing('p3', 'AAA', { branchId: 'b2' }), NOW)).toBe(true);
    expect(await identities.pairingOf('b', 'AAA')).toEqual(pairing('p1', 'AAA'));
    expect(await identities.startPairing(pairing('p4', 'AAA', { until: NOW + 5000 }), NOW + 1000)).toBe(true);
    expect(await identities.pairing('p1')).toBeUndefined();
  });

  test('a pairing gets one device, also when two confirm it at once', async () => {
    await identities.startPairing(pairing('p5', 'BBB', { until: NOW + 9000 }), NOW);
    const both = await Promise.all(['d1', 'd2'].map((id) => identities.addDevice(device(id), 'p5')));
    expect(both.filter(Boolean)).toHaveLength(1);
    const [paired, ...others] = await identities.devices('b');
    expect(others).toEqual([]);
    expect(await identities.pairing('p5')).toMatchObject({ deviceId: paired?.id });
    expect(await identities.addDevice(device('d3'), 'no-such')).toBe(false);
  });

  test('machines that have reported and do so no more, by their counter', async () => {
    const pair = async (id: string, counterId: string, kind: Device['kind'] = 'device') => {
      await identities.startPairing(pairing(`for-${id}`, id, { until: NOW + 9000 }), NOW);
      await identities.addDevice(device(id, { branchId: 'halls', kind, counterId }), `for-${id}`);
    };
    const silent = async (since: number) => (await identities.silentMachines(since)).map(({ counterId }) => counterId);
    for (const [id, counterId] of [
      ['old', 'm1'],
      ['new', 'm1'],
      ['one', 'm2'],
      ['never', 'm3'],
    ] as const)
      await pair(id, counterId);
    await pair('pad', 'c7', 'call-pad');
    await identities.noteDevice('old', NOW, {});
    await identities.noteDevice('pad', NOW, {});
    await identities.noteDevice('new', NOW + 100, { fault: true, cannot: ['cash'] });
    await identities.noteDevice('one', NOW + 50, {});
    expect(await silent(NOW + 50)).toEqual([]);
    expect(await silent(NOW + 51)).toEqual(['m2']);
    expect((await silent(NOW + 101)).sort()).toEqual(['m1', 'm2']);
    await identities.revokeDevice('one', NOW + 200, 'staff:1');
    expect(await silent(NOW + 101)).toEqual(['m1']);
  });

  test('a device reports, and is revoked once', async () => {
    await identities.startPairing(pairing('p6', 'CCC', { until: NOW + 9000 }), NOW);
    await identities.addDevice(device('d9', { kind: 'call-pad', counterId: 'c2' }), 'p6');
    await identities.noteDevice('d9', NOW + 3, { printer: 'low', version: '1' });
    const reported = device('d9', {
      kind: 'call-pad',
      counterId: 'c2',
      seenAt: NOW + 3,
      state: { printer: 'low', version: '1' },
    });
    expect(await identities.device('d9')).toEqual(reported);
    await identities.revokeDevice('d9', NOW + 4, 'staff:1');
    await identities.revokeDevice('d9', NOW + 8, 'staff:2');
    expect(await identities.device('d9')).toEqual({ ...reported, revokedAt: NOW + 4, revokedBy: 'staff:1' });
    expect(await identities.endedSince(NOW + 4)).toContain('d9');
    expect((await identities.devices('b')).map(({ id }) => id)).not.toContain('d9');
  });
});
