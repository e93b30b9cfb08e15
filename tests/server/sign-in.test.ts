import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { MINUTE } from '../../domain/ids.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { branchesNamed, ownDatabase, noJobs, openHall, testEnv } from '../support/running-hall.ts';
import { Screen } from '../support/screen.ts';
import { PASSWORD, PIN, staffedHall, type StaffedHall } from '../support/staffed-hall.ts';

jest.setTimeout(120_000);
const HOUR = 60 * MINUTE;
let hall: StaffedHall;
beforeAll(async () => {
  hall = await staffedHall({ commandsPerSecond: 10_000 });
  await hall.hire('2001', { role: 'teller', branchId: 'b' });
  await hall.hire('2003', { role: 'teller', branchId: 'b' });
  await hall.hire('2008', { role: 'manager', branchId: 'b' }, { role: 'teller', branchId: 'b' });
});
afterAll(() => hall.close());

const tokenOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) => body['token'] as string;
const isGood = async (token: string) => (await hall.call('GET', '/api/sessions', { token })).status === 200;

describe('the first administrator', () => {
  test('gets a link at the start until it is used, once', async () => {
    const { database, jobs } = await ownDatabase();
    const kept = { ...database, close: async () => {} };
    const env = testEnv();
    const start = () => openHall({ env, branches: branchesNamed('b'), adapters: { database: kept, jobs: noJobs } });
    const setUp = (url: string, body: object) =>
      fetch(`${url}/api/set-up`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify(body),
      });
    const first = await start();
    const link = first.setUpLink;
    await first.close();
    const second = await start();
    expect(second.setUpLink).toBe(link);
    // Until then this machine may use every screen.
    expect(await second.token({ branchId: 'b', role: 'manager' })).toBeDefined();
    const legacy = await second.token({ branchId: 'b', role: 'kiosk' });
    expect((await setUp(second.url, { link, password: 'aaaaaaaaaa' })).status).toBe(400);
    expect((await setUp(second.url, { link: `${link}x`, password: PASSWORD })).status).toBe(403);
    expect((await setUp(second.url, { link, password: PASSWORD })).status).toBe(200);
    expect((await setUp(second.url, { link, password: PASSWORD })).status).toBe(403);
    // And from then on not, nor with what it gave before.
    await expect(second.token({ branchId: 'b', role: 'manager' })).rejects.toThrow('403');
    const look = await fetch(`${second.url}/api/branches/b/views/kiosk`, {
      headers: { authorization: `Bearer ${legacy}` },
    });
    expect(look.status).toBe(401);
    await second.close();
    const third = await start();
    expect(third.setUpLink).toBeUndefined();
    await third.close();
    await jobs.stop();
    await database.close();
  });

  test('cannot take the last administrator away', async () => {
    const body = { name: 'Administrator', grants: [{ role: 'administrator' }], disabled: true };
    const answer = await hall.call('PUT', '/api/accounts/admin', { token: hall.admin, body });
    expect(answer).toMatchObject({ status: 409, body: { reason: 'last-administrator' } });
  });
});

describe('signing in', () => {
  test('a PIN opens a counter, a password the console, and neither the other', async () => {
    const counter = await hall.signIn('b', '2001', { counterId: 'c1' });
    expect(counter).toMatchObject({ status: 200, body: { role: 'teller', actor: 'staff:2001', roles: ['teller'] } });
    expect(await hall.signIn('b', '2008')).toMatchObject({ status: 200, body: { role: 'manager' } });
    expect(await hall.signIn('b', '2008', { secret: PIN })).toMatchObject({ status: 403, body: { reason: 'wrong' } });
    expect(await hall.signIn('b', '2001', { counterId: 'c1', secret: PASSWORD })).toMatchObject({ status: 403 });
    // Known, with the right password, and nothing to do here.
    expect(await hall.signIn('b', '2001')).toMatchObject({ status: 403, body: { reason: 'no-role' } });
    expect(await hall.signIn('b2', '2001', { counterId: 'c1' })).toMatchObject({ body: { reason: 'no-role' } });
  });

  test('does not tell which numbers exist, not even by locking', async () => {
    for (const staffId of ['2003', '9999']) {
      const answers = [];
      for (let i = 0; i < 6; i += 1)
        answers.push(await hall.signIn('b', staffId, { counterId: 'c2', secret: '000000' }));
      expect(answers.map(({ status, body }) => [status, body['reason']])).toEqual([
        ...Array.from({ length: 5 }, () => [403, 'wrong']),
        [429, 'locked'],
      ]);
    }
    // The right PIN does not help before the time, and the wait grows.
    const right = () => hall.signIn('b', '2003', { counterId: 'c2' });
    expect(await right()).toMatchObject({ status: 429, body: { until: hall.clock.now() + MINUTE / 2 } });
    await hall.clock.advanceBy(MINUTE / 2);
    expect(await hall.signIn('b', '2003', { counterId: 'c2', secret: '000000' })).toMatchObject({ status: 403 });
    expect(await right()).toMatchObject({ status: 429, body: { until: hall.clock.now() + MINUTE } });
    await hall.clock.advanceBy(MINUTE);
    expect(await right()).toMatchObject({ status: 200 });
    expect(await hall.signIn('b', '2003', { counterId: 'c2', secret: '000000' })).toMatchObject({ status: 403 });
    expect(await right()).toMatchObject({ status: 200 });
  });

  test('nobody has a PIN that is guessed first', async () => {
    await hall.call('PUT', '/api/accounts/2009', {
      token: hall.admin,
      body: { name: 'x', grants: [{ role: 'teller', branchId: 'b' }] },
    });
    const { body } = await hall.call('POST', '/api/accounts/2009/link', { token: hall.admin });
    const set = (pin: string) => hall.call('POST', '/api/set-up', { body: { link: body['link'], pin } });
    for (const pin of ['12345', '111111', '123456', '987654', '200912', 'abcdef'])
      expect({ pin, ...(await set(pin)) }).toMatchObject({ pin, status: 400, body: { reason: 'pin-weak' } });
    expect(await set(PIN)).toMatchObject({ status: 200 });
  });
});

describe('a counter has one teller', () => {
  test('somebody else is asked for before their place is taken, and is out at once', async () => {
    const before = tokenOf(await hall.signIn('b', '2001', { counterId: 'c3' }));
    const screen = await Screen.open(hall.url, 'b', { kind: 'counter', counterId: 'c3' }, before);
    const asked = await hall.signIn('b', '2003', { counterId: 'c3' });
    const name = branchesNamed('b')[0]?.staff.find(({ id }) => id === '2001')?.name;
    expect(asked).toMatchObject({ status: 409, body: { reason: 'counter-in-use', by: name } });
    expect(await isGood(before)).toBe(true);

    const cut = new Promise((resolve) => screen.socket.once('disconnect', resolve));
    expect(await hall.signIn('b', '2003', { counterId: 'c3', takeOver: true })).toMatchObject({ status: 200 });
    expect(await isGood(before)).toBe(false);
    expect(await screen.send({ type: 'CallNext', counterId: 'c3' })).toMatchObject({
      problem: { code: 'not-signed-in' },
    });
    await hall.clock.advanceBy(5_000);
    await cut;
  });

  test('also when nobody is signed in there, but the hall knows who sits there', async () => {
    const manager = tokenOf(await hall.signIn('b', '2008'));
    const screen = await Screen.open(hall.url, 'b', { kind: 'manager' }, manager);
    await screen.send({ type: 'OpenCounter', counterId: 'c5', tellerId: '2002' });
    expect(await hall.signIn('b', '2001', { counterId: 'c5' })).toMatchObject({ body: { reason: 'counter-in-use' } });
    expect(await hall.signIn('b', '2001', { counterId: 'c5', takeOver: true })).toMatchObject({ status: 200 });
    screen.close();
  });

  test('of two who come at once one gets it', async () => {
    await hall.hire('2004', { role: 'teller', branchId: 'b2' });
    await hall.hire('2005', { role: 'teller', branchId: 'b2' });
    const both = await Promise.all(['2004', '2005'].map((who) => hall.signIn('b2', who, { counterId: 'c1' })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('one’s own PIN or password', () => {
  const change = (token: string, more: object) =>
    hall.call('POST', '/api/own-secret', { token, body: { kind: 'pin', old: PIN, endOthers: false, ...more } });

  test('is changed by who knows the old one, and the other sessions end when that is wanted', async () => {
    await hall.hire('2021', { role: 'teller', branchId: 'b' }, { role: 'manager', branchId: 'b' });
    const at = (counterId: string, more: object = {}) => hall.signIn('b', '2021', { counterId, ...more });
    const [own, console] = [tokenOf(await at('c6')), tokenOf(await hall.signIn('b', '2021'))];
    expect((await hall.call('GET', '/api/own-secret', { token: own })).body).toEqual({ kinds: ['pin', 'password'] });
    expect(await change(own, { fresh: '661902' })).toMatchObject({ status: 200, body: { ended: 0 } });
    expect([await isGood(own), await isGood(console)]).toEqual([true, true]);
    expect(await at('c6')).toMatchObject({ status: 403, body: { reason: 'wrong' } });
    expect(await at('c6', { secret: '661902' })).toMatchObject({ status: 200 });

    const other = { kind: 'password', old: PASSWORD, fresh: 'seven grey geese', endOthers: true };
    expect(await change(console, other)).toMatchObject({ status: 200, body: { ended: 1 } });
    expect(await isGood(console)).toBe(true);
    expect(await hall.signIn('b', '2021')).toMatchObject({ status: 403 });
  });

  test('is not a way to guess it: a wrong old one counts with those of the sign-in', async () => {
    await hall.hire('2022', { role: 'teller', branchId: 'b' });
    const token = tokenOf(await hall.signIn('b', '2022', { counterId: 'c6', takeOver: true }));
    for (let tries = 0; tries < 3; tries += 1)
      expect(await change(token, { old: '000000', fresh: '661902' })).toMatchObject({ body: { reason: 'wrong' } });
    for (let tries = 0; tries < 2; tries += 1)
      expect(await hall.signIn('b', '2022', { counterId: 'c6', secret: '000000' })).toMatchObject({ status: 403 });
    const locked = await change(token, { fresh: '661902' });
    expect(locked).toMatchObject({ status: 429, body: { reason: 'locked', until: hall.clock.now() + MINUTE / 2 } });
    await hall.clock.advanceBy(MINUTE / 2);
    // What is too easy or the same is told before the old one is looked at.
    expect(await change(token, { old: '000000', fresh: '123456' })).toMatchObject({ body: { reason: 'pin-weak' } });
    expect(await change(token, { fresh: PIN })).toMatchObject({ body: { reason: 'unchanged' } });
    expect(await change(token, { fresh: '661902' })).toMatchObject({ status: 200 });
    const { body } = await hall.call('GET', '/api/audit?act=POST%20/own-secret', { token: hall.admin });
    expect(body).toMatchObject({ problem: { code: 'not-allowed' } });
  });

  test('belongs to an account: no device has one, nor has anybody without signing in', async () => {
    const manager = tokenOf(await hall.signIn('b', '2008'));
    const { token } = await hall.pair(manager, 'b', 'kiosk');
    expect(await change(token, { fresh: '661902' })).toMatchObject({ status: 409, body: { reason: 'no-secret' } });
    expect((await hall.call('GET', '/api/own-secret', { token })).body).toEqual({ kinds: [] });
    expect((await hall.call('POST', '/api/own-secret', { body: {} })).status).toBe(401);
  });
});

describe('an administrator of one branch', () => {
  test('gives and takes nothing that reaches further', async () => {
    await hall.hire('2011', { role: 'administrator', branchId: 'b' });
    const token = tokenOf(await hall.signIn('b', '2011'));
    const put = (staffId: string, grants: object[]) =>
      hall.call('PUT', `/api/accounts/${staffId}`, { token, body: { name: 'x', grants } });
    expect(await put('2012', [{ role: 'teller', branchId: 'b' }])).toMatchObject({ status: 200 });
    expect(await put('2012', [{ role: 'teller', branchId: 'b2' }])).toMatchObject({ status: 403 });
    expect(await put('2011', [{ role: 'administrator' }])).toMatchObject({ status: 403 });
    expect(await put('admin', [{ role: 'teller', branchId: 'b' }])).toMatchObject({ status: 403 });
    expect((await hall.call('POST', '/api/accounts/admin/link', { token })).status).toBe(403);
    expect((await hall.call('GET', '/api/branches/b2/devices', { token })).status).toBe(403);
  });
});

// Turns the clock by a shift: the administrator of before is signed out after it.
describe('sessions', () => {
  test('of somebody whose account is closed are over', async () => {
    await hall.hire('2010', { role: 'auditor' });
    const token = tokenOf(await hall.signIn('b', '2010'));
    const change = (disabled: boolean) =>
      hall.call('PUT', '/api/accounts/2010', {
        token: hall.admin,
        body: { name: 'x', grants: [{ role: 'auditor' }], disabled },
      });
    await change(true);
    expect(await isGood(token)).toBe(false);
    expect(await hall.signIn('b', '2010')).toMatchObject({ status: 403, body: { reason: 'wrong' } });
  });

  test('are listed and ended by their owner, and by nobody else', async () => {
    const [one, two] = [tokenOf(await hall.signIn('b', '2008')), tokenOf(await hall.signIn('b', '2008'))];
    const other = tokenOf(await hall.signIn('b', '2001', { counterId: 'c1' }));
    const { body } = await hall.call('GET', '/api/sessions', { token: one });
    const sessions = body['sessions'] as { id: string; mine: boolean }[];
    expect(sessions.filter(({ mine }) => mine)).toHaveLength(1);
    const last = sessions.at(-1)?.id ?? '';
    expect((await hall.call('DELETE', `/api/sessions/${last}`, { token: other })).status).toBe(404);
    expect(await isGood(two)).toBe(true);
    expect((await hall.call('DELETE', `/api/sessions/${last}`, { token: one })).status).toBe(200);
    expect([await isGood(one), await isGood(two)]).toEqual([true, false]);
    await hall.call('POST', '/api/sign-out', { token: one });
    expect(await isGood(one)).toBe(false);
  });

  test('end when nothing is done for two hours, and after a shift in any case', async () => {
    const idle = tokenOf(await hall.signIn('b', '2008'));
    const busy = tokenOf(await hall.signIn('b', '2001', { counterId: 'c1' }));
    const screen = await Screen.connect(hall.url, busy);
    for (let hour = 0; hour < 11; hour += 1) {
      await hall.clock.advanceBy(HOUR);
      // A refusal by the branch day is something done as well; the hello keeps nobody signed in.
      const ack = await screen.send({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
      expect('problem' in ack ? ack.problem : 'known').toBe('known');
      expect({ hour, idle: await isGood(idle) }).toEqual({ hour, idle: hour < 1 });
    }
    await hall.clock.advanceBy(HOUR);
    expect(await isGood(busy)).toBe(false);
    screen.close();
  });

  test('survive a restart, and their end does too', async () => {
    const { database, jobs } = await ownDatabase();
    const kept = { ...database, close: async () => {} };
    const env = testEnv();
    const adapters = { database: kept, jobs: noJobs };
    const before = await staffedHall({ env, adapters });
    await before.hire('2001', { role: 'teller', branchId: 'b' });
    const [stays, ended] = [before.admin, tokenOf(await before.signIn('b', '2001', { counterId: 'c1' }))];
    await before.call('POST', '/api/sign-out', { token: ended });
    await before.close();
    const after = await openHall({ env, branches: branchesNamed('b', 'b2'), adapters });
    const status = async (token: string) =>
      (await fetch(`${after.url}/api/sessions`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await status(stays), await status(ended)]).toEqual([200, 401]);
    await after.close();
    await jobs.stop();
    await database.close();
  });
});

describe('a demo', () => {
  test('has accounts with a PIN that it tells, and a start without it removes them', async () => {
    const { database, jobs } = await ownDatabase();
    const adapters = { database: { ...database, close: async () => {} }, jobs: noJobs };
    const env = testEnv();
    const branches = branchesNamed('b');
    const demo = await openHall({ env: { ...env, demo: true }, branches, adapters });
    const told = (await (await fetch(`${demo.url}/api/sign-in`)).json()) as {
      by: string;
      demo: { pin: string; password: string; console: { staffId: string }[] };
    };
    expect(told.by).toBe('account');
    const signIn = async (url: string, body: object) =>
      fetch(`${url}/api/sign-in`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ branchId: 'b', ...body }),
      });
    for (const { staffId } of told.demo.console)
      expect((await signIn(demo.url, { staffId, secret: told.demo.password })).status).toBe(200);
    const { token: anybody } = (await (
      await signIn(demo.url, { staffId: 'lobby', secret: told.demo.password })
    ).json()) as { token: string };
    const changed = await fetch(`${demo.url}/api/own-secret`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${anybody}` } },
      body: JSON.stringify({ kind: 'password', old: told.demo.password, fresh: 'of my own choice', endOthers: true }),
    });
    expect(await changed.json()).toMatchObject({ reason: 'demo' });
    const teller = { staffId: '2001', secret: told.demo.pin, counterId: 'c1' };
    expect((await signIn(demo.url, teller)).status).toBe(200);
    // The simulated people of the demo get theirs by being on this machine.
    expect(await demo.token({ branchId: 'b', role: 'kiosk' })).toBeDefined();
    await demo.close();

    const real = await openHall({ env, branches, adapters });
    expect(await (await fetch(`${real.url}/api/sign-in`)).json()).toEqual({ by: 'name' });
    expect((await signIn(real.url, teller)).status).toBe(403);
    await real.close();
    await jobs.stop();
    await database.close();
  });
});

test('a screen that says hello with a session sees its own view and no other', async () => {
  const token = tokenOf(await hall.signIn('b', '2001', { counterId: 'c2', takeOver: true }));
  const screen = await Screen.connect(hall.url, token);
  const hello = (counterId: string) =>
    screen.hello({ protocol: PROTOCOL_VERSION, branchId: 'b', audience: { kind: 'counter', counterId } });
  expect(await hello('c2')).toMatchObject({ ok: true });
  expect(await hello('c1')).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
  screen.close();
});
