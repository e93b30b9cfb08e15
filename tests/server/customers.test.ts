import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Env } from '../../config/env.ts';
import type { Role } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { csvDirectory } from '../../server/customers/csv-directory.ts';
import { maskedName } from '../../server/customers/masked-name.ts';
import { pseudonymsOf } from '../../server/customers/pseudonyms.ts';
import type { Database } from '../../server/compose.ts';
import { FakeDirectory, type Manner } from '../support/fake-directory.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, ownDatabase, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';

jest.setTimeout(120_000);

const SECRET = 'a secret for tests that is long enough';
const CARD = '6222020200112233445';
const PHONE = '13812345678';
const BOOKED = '6222020200112239999';
const MEI = {
  ...{ tier: 'private', manager: '2001', careNeeds: ['older', 'unheard-of'], language: 'zh-TW', name: '王美丽' },
  consent: { sms: true, email: false },
};

let directory: FakeDirectory;
let hall: RunningHall;
const clock = new ManualClock();

async function open(more: Partial<Env>, database?: Awaited<ReturnType<typeof ownDatabase>>): Promise<RunningHall> {
  const env = testEnv({ secret: SECRET, ...more });
  return openHall({
    env,
    branches: branchesNamed('b', 'other'),
    clock,
    adapters: database ?? (await ownDatabase()),
  });
}

function tokenOf(role: Role, more: object = {}): Promise<string> {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), clock);
  return tokens.issue({ role, actor: `staff:${role}`, ...more }, clock.now() + 3_600_000);
}

let kiosks = 0;
/** Each with a token of its own: they are counted one by one. */
function kiosk(): Promise<string> {
  kiosks += 1;
  return tokenOf('kiosk', { branchId: 'b', actor: `device:kiosk-${kiosks}`, deviceId: `kiosk-${kiosks}` });
}

async function post(path: string, body: unknown, token: string, at = hall) {
  const response = await fetch(`${at.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const show = async (value: string, token?: string) =>
  post('/branches/b/identify', { kind: 'card', value }, token ?? (await kiosk()));

async function take(token: string, more: object = {}) {
  const command = { type: 'TakeTicket', services: ['transfer'], ...more };
  const { body } = await post('/branches/b/commands', { commandId: crypto.randomUUID(), command }, token);
  return body as { ok: boolean; answer?: { issued: { ticketId: string; number: string; segment: string } } };
}

beforeAll(async () => {
  const at = new Date(clock.now() + 30 * 60_000).toISOString();
  const appointments = [
    { branch: 'other', at, services: ['transfer'] },
    { branch: 'b', at, services: ['unheard-of'] },
    { branch: 'b', at, services: ['transfer'], adviser: 'nobody-here' },
    { branch: 'b', at: new Date(clock.now() + 5 * 3_600_000).toISOString(), services: ['transfer'] },
  ];
  directory = await FakeDirectory.start({ [CARD]: MEI, [BOOKED]: { appointments } });
  hall = await open({ directory: { url: directory.url } });
});
afterAll(async () => {
  await hall.close();
  await directory.stop();
});
afterEach(async () => {
  directory.manner = 'good';
  // Past the pause after failures; the next one that is known counts as a success.
  await clock.advanceBy(15_000);
  await show(CARD);
});

describe('a customer who shows a card', () => {
  test('gets what is due to them in this branch, and the kiosk is not told who it is', async () => {
    const { status, body } = await show(CARD);
    expect(status).toBe(200);
    expect(body).toEqual({
      outcome: 'known',
      ref: expect.any(String),
      tier: 'private',
      careNeeds: ['older'],
      language: 'zh-TW',
    });
    expect(await show('6222020200119999999')).toMatchObject({ body: { outcome: 'unknown' } });
  });

  test('is told apart from nobody by staff unseen: they get a masked name, and it is audited', async () => {
    const teller = await tokenOf('teller', { branchId: 'b', staffId: '2001', actor: 'staff:2001' });
    expect((await show(CARD, teller)).body).toMatchObject({ name: '王**', manager: '2001' });
    const auditor = await tokenOf('auditor', { staffId: 'a' });
    const response = await fetch(`${hall.url}/api/branches/b/audit?act=CustomerLookedUp`, {
      headers: { authorization: `Bearer ${auditor}` },
    });
    const { rows } = (await response.json()) as { rows: { act: object }[] };
    expect(rows).toMatchObject([{ act: { actor: 'staff:2001', about: { by: 'card' } } }]);
    expect(JSON.stringify(rows)).not.toContain(CARD);
  });

  test('cannot be tried out: after twenty in a minute the same kiosk is told to wait', async () => {
    const token = await kiosk();
    const statuses: number[] = [];
    for (let tried = 0; tried < 21; tried += 1)
      statuses.push((await show(`62220202001100${tried + 10}`, token)).status);
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429]);
  });

  test('is for kiosks and staff of the branch only', async () => {
    expect((await show(CARD, await tokenOf('display', { branchId: 'b' }))).status).toBe(403);
    expect((await show(CARD, await tokenOf('kiosk', { branchId: 'other' }))).status).toBe(403);
    expect((await show(CARD, 'no.such.token')).status).toBe(401);
    const wrong = await post('/branches/b/identify', { kind: 'face', value: CARD }, await kiosk());
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.body)).not.toContain(CARD);
  });

  test.each<[Manner]>([
    ['silent'],
    ['dripping'],
    ['failing'],
    ['page'],
    ['nonsense'],
    ['huge'],
    ['elsewhere'],
    ['cut'],
  ])('goes on in under a second with an ordinary ticket when the directory is %s', async (manner) => {
    directory.manner = manner;
    const token = await kiosk();
    const began = performance.now();
    expect(await show(CARD, token)).toEqual({ status: 200, body: { outcome: 'unavailable' } });
    const ticket = await take(token);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(ticket).toMatchObject({ ok: true, answer: { issued: { segment: 'non-cash' } } });
  });

  test('does not wait at all while the directory fails, and it is asked again after a pause', async () => {
    directory.manner = 'silent';
    for (let failed = 0; failed < 3; failed += 1) await show(CARD);
    const { asked } = directory;
    const began = performance.now();
    expect((await show(CARD)).body).toEqual({ outcome: 'unavailable' });
    expect(performance.now() - began).toBeLessThan(400);
    expect(directory.asked).toBe(asked);
    directory.manner = 'good';
    await clock.advanceBy(15_000);
    expect((await show(CARD)).body).toMatchObject({ outcome: 'known' });
    expect(directory.asked).toBe(asked + 1);
  });

  test('goes on without one where nothing listens at the address, or none is named', async () => {
    const gone = await FakeDirectory.start({});
    const { url } = gone;
    await gone.stop();
    for (const more of [{ directory: { url } }, {}]) {
      const without = await open(more);
      const began = performance.now();
      const answer = await post('/branches/b/identify', { kind: 'card', value: CARD }, await kiosk(), without);
      expect(answer.body).toEqual({ outcome: 'unavailable' });
      expect(performance.now() - began).toBeLessThan(1_000);
      await without.close();
    }
  });
});

test('an appointment is due at its branch, near its time, for what the branch does, and until it has its ticket', async () => {
  const at = clock.now() + 30 * 60_000;
  const { body } = await show(BOOKED);
  expect(body['appointment']).toEqual({ at: expect.any(Number), services: ['transfer'] });
  expect(Math.abs(Number((body['appointment'] as { at: number }).at) - at)).toBeLessThan(5 * 60_000);
  const token = await kiosk();
  const { answer } = await take(token, { appointmentAt: (body['appointment'] as { at: number }).at });
  const ticketId = answer?.issued.ticketId;
  await post('/branches/b/identify/ticket', { ref: body['ref'], ticketId }, token);
  expect((await show(BOOKED)).body).not.toHaveProperty('appointment');
});

describe('whose ticket it is', () => {
  test('is kept under a pseudonym, once, and found and erased by what the person shows, also after the key was changed', async () => {
    const adapters = await ownDatabase();
    const { database } = adapters;
    const stay: Database = { ...database, close: () => Promise.resolve() };
    const jobs = { ...adapters.jobs, stop: () => Promise.resolve() };
    const old = `k1:${'a'.repeat(32)}`;
    let now = await open({ directory: { url: directory.url }, customerKeys: old }, { database: stay, jobs });
    const token = await kiosk();
    const { body } = await post('/branches/b/identify', { kind: 'card', value: CARD }, token, now);
    const sent = await post(
      '/branches/b/commands',
      { commandId: crypto.randomUUID(), command: { type: 'TakeTicket', services: ['transfer'], tier: body['tier'] } },
      token,
      now,
    );
    const { ticketId, number } = (sent.body as { answer: { issued: { ticketId: string; number: string } } }).answer
      .issued;
    const ref = body['ref'];
    const handIn = () => post('/branches/b/identify/ticket', { ref, ticketId }, token, now);
    expect((await handIn()).body).toEqual({ kept: true });
    expect((await handIn()).body).toEqual({ kept: false });
    await now.close();

    now = await open({ customerKeys: `k2:${'b'.repeat(32)},${old}` }, { database: stay, jobs: adapters.jobs });
    const administrator = await tokenOf('administrator', { staffId: 'root' });
    const person = { identifiers: [{ kind: 'card', value: '6222 0202 0011 2233 445' }] };
    const exported = await post('/privacy/export', person, administrator, now);
    expect(exported.body).toMatchObject({
      tickets: [{ branchId: 'b', number }],
      consents: [
        { channel: 'email', given: false },
        { channel: 'sms', given: true },
      ],
    });
    expect((await post('/privacy/erase', person, administrator, now)).body).toEqual({ rows: 3 });
    expect((await post('/privacy/export', person, administrator, now)).body).toEqual({
      ...{ tickets: [], consents: [], notices: [], feedback: [], complaints: [] },
    });
    expect((await post('/privacy/erase', person, await kiosk(), now)).status).toBe(403);
    await now.close();
    await database.close();
  });
});

describe('pseudonyms', () => {
  const pseudonyms = pseudonymsOf(`k2:${'b'.repeat(32)},k1:${'a'.repeat(32)}`, '/nowhere');
  test('are the same however a number is written, and different for each kind and key', () => {
    const phone = (value: string) => pseudonyms.of({ kind: 'phone', value });
    expect(phone(PHONE)).toMatch(/^k2\.[\w-]{43}$/);
    expect(phone('+86 138-1234-5678')).toBe(phone(PHONE));
    expect(phone('１３８１２３４５６７８')).toBe(phone(PHONE));
    expect(pseudonyms.of({ kind: 'card', value: PHONE })).not.toBe(phone(PHONE));
    expect(pseudonyms.all({ kind: 'phone', value: PHONE }).map((each) => each.slice(0, 2))).toEqual(['k2', 'k1']);
    expect(new Set(pseudonyms.all({ kind: 'phone', value: PHONE }).map((each) => each.slice(3))).size).toBe(2);
  });
});

describe('a directory in a file', () => {
  const file = (text: string) => {
    const path = join(testEnv().dataFolder, 'customers.csv');
    writeFileSync(path, text);
    return path;
  };
  const pseudonyms = pseudonymsOf(`k1:${'a'.repeat(32)}`, '/nowhere');

  test('finds people by each number that they have', async () => {
    const path = file(
      `\uFEFFcard,phone,tier,careNeeds,consent,name\r\n${CARD},${PHONE},private,wheelchair sight,sms,"Lin, ""Mei"""\r\n,13900000000,,older,,\r\n\r\n`,
    );
    const people = csvDirectory(path, pseudonyms);
    const never = new AbortController().signal;
    const found = await people.find({ kind: 'phone', value: '138 1234 5678' }, never);
    expect(found).toMatchObject({ tier: 'private', careNeeds: ['wheelchair', 'sight'], consent: { sms: true } });
    expect(found?.name).toBe('Lin, "Mei"');
    expect(await people.find({ kind: 'card', value: CARD }, never)).toEqual(found);
    expect(await people.find({ kind: 'phone', value: '13900000000' }, never)).toMatchObject({ careNeeds: ['older'] });
    expect(await people.find({ kind: 'phone', value: '13800000000' }, never)).toBeUndefined();
  });

  test('that does not fit is refused by its line, without repeating it', () => {
    const path = file(`card,language\n${CARD},klingon\n`);
    expect(() => csvDirectory(path, pseudonyms)).toThrow(/line 2: language/);
    expect(() => csvDirectory(path, pseudonyms)).not.toThrow(new RegExp(CARD));
  });
});

test('names are masked in every script', () => {
  expect(['王美丽', 'Anna Lee', ' 欧阳 娜 ', ''].map(maskedName)).toEqual(['王**', 'A*** L**', '欧* 娜', '']);
});
