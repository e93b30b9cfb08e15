import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { branchesNamed, ownDatabase, openHall, type RunningHall } from '../support/running-hall.ts';
import { Screen } from '../support/screen.ts';

const DAY = '2026-11-24';
const TAKE = { type: 'TakeTicket', services: ['transfer'] };
const id = () => randomUUID();
let hall: RunningHall;
let head: number;
let kioskToken: string;
let displayToken: string;

beforeAll(async () => {
  hall = await openHall({ branches: branchesNamed('b', 'other'), adapters: await ownDatabase() });
  kioskToken = await hall.token({ branchId: 'b', role: 'kiosk' });
  displayToken = await hall.token({ branchId: 'b', role: 'display' });
});
afterAll(() => hall.close());
beforeEach(async () => {
  head = await hall.store.head('b', DAY);
  expect(head).toBeGreaterThan(0);
});
afterEach(async () => {
  expect(await hall.store.head('b', DAY)).toBe(head);
});

/** JSON text, because what is hostile in it an object literal cannot say. */
const polluted = `{"commandId":"${id()}","command":{"type":"TakeTicket","services":["transfer"],"__proto__":{"tier":"private"}}}`;

const badMessages: readonly [string, unknown, RegExp][] = [
  ['nothing', undefined, /\(message\)/],
  ['null', null, /\(message\)/],
  ['a number', 7, /\(message\)/],
  ['a list', [TAKE], /\(message\)/],
  ['no command id', { command: TAKE }, /commandId/],
  ['a command id that is none', { commandId: '1; drop table', command: TAKE }, /commandId/],
  ['no command', { commandId: id() }, /command/],
  ['an unknown command', { commandId: id(), command: { type: 'GiveMoney' } }, /command\.type/],
  ['a command from inside', { commandId: id(), command: { type: 'CloseDay' } }, /command\.type/],
  ['a wrong type', { commandId: id(), command: { type: 'TakeTicket', services: 'transfer' } }, /command\.services/],
  ['a wrong type inside', { commandId: id(), command: { type: 'TakeTicket', services: [1] } }, /command\.services\.0/],
  ['no service', { commandId: id(), command: { type: 'TakeTicket', services: [] } }, /command\.services/],
  [
    'too many services',
    { commandId: id(), command: { type: 'TakeTicket', services: Array(21).fill('a') } },
    /command\.services/,
  ],
  [
    'a long name',
    { commandId: id(), command: { type: 'TakeTicket', services: ['a'.repeat(65)] } },
    /command\.services\.0/,
  ],
  ['a field too many', { commandId: id(), command: { ...TAKE, number: 'A999' } }, /command: .*number/],
  ['another actor', { commandId: id(), command: TAKE, actor: 'system' }, /actor/],
  ['a number beyond all', { commandId: id(), command: { ...TAKE, amount: 1e300 } }, /command\.amount/],
  ['a key that pollutes', JSON.parse(polluted), /__proto__/],
  ['a constructor', { commandId: id(), command: { ...TAKE, constructor: { prototype: {} } } }, /constructor/],
];

describe('the socket door', () => {
  test.each(badMessages)('says what is wrong with %s', async (_name, message, detail) => {
    const screen = await Screen.connect(hall.url, kioskToken);
    const ack = await screen.sendAnything(message);
    expect(ack).toMatchObject({
      ok: false,
      problem: { code: 'bad-message', details: [expect.stringMatching(detail)] },
    });
    screen.close();
  });

  test.each([
    ['an old protocol', { protocol: 0, branchId: 'b', audience: { kind: 'kiosk' } }, 'wrong-protocol'],
    ['an unknown branch', { protocol: 1, branchId: 'moon', audience: { kind: 'kiosk' } }, 'unknown-branch'],
    ['another branch', { protocol: 1, branchId: 'other', audience: { kind: 'kiosk' } }, 'not-allowed'],
    ['a view that it may not see', { protocol: 1, branchId: 'b', audience: { kind: 'manager' } }, 'not-allowed'],
    [
      'an unknown ticket',
      { protocol: 1, branchId: 'b', audience: { kind: 'ticket', ticketId: 'x' } },
      'unknown-ticket',
    ],
    ['no audience', { protocol: 1, branchId: 'b' }, 'bad-message'],
    [
      'a version that is none',
      { protocol: 1, branchId: 'b', audience: { kind: 'kiosk' }, lastVersion: -1 },
      'bad-message',
    ],
    ['a list', [], 'bad-message'],
  ])('answers a hello with %s', async (_name, hello, code) => {
    const screen = await Screen.connect(hall.url, kioskToken);
    expect(await screen.hello(hello)).toMatchObject({ ok: false, problem: { code, message: expect.any(String) } });
    screen.close();
  });

  test('refuses who may not: a display everything, a kiosk a call, a forged token all', async () => {
    const display = await Screen.connect(hall.url, displayToken);
    expect(await display.sendAnything({ commandId: id(), command: TAKE })).toMatchObject({
      problem: { code: 'not-allowed' },
    });
    const kiosk = await Screen.connect(hall.url, kioskToken);
    const call = await kiosk.sendAnything({ commandId: id(), command: { type: 'CallNext', counterId: 'c1' } });
    expect(call).toMatchObject({ problem: { code: 'not-allowed' } });
    for (const token of [`${kioskToken}x`, 'none', { role: 'manager' }, 7]) {
      const forged = await Screen.connect(hall.url, token);
      expect(await forged.sendAnything({ commandId: id(), command: TAKE })).toMatchObject({
        problem: { code: 'not-signed-in' },
      });
      const hello = await forged.hello({ protocol: 1, branchId: 'b', audience: { kind: 'kiosk' } });
      expect(hello).toMatchObject({ problem: { code: 'not-signed-in' } });
      forged.close();
    }
    const nobody = await Screen.connect(hall.url);
    expect(await nobody.sendAnything({ commandId: id(), command: TAKE })).toMatchObject({
      problem: { code: 'bad-message' },
    });
    for (const screen of [display, kiosk, nobody]) screen.close();
  });

  test('answers a message that it does not know, and survives those without an answer', async () => {
    const socket = io(hall.url, { auth: { token: kioskToken }, transports: ['websocket'], forceNew: true });
    socket.emit('command', { commandId: 'x' });
    socket.emit('hello');
    socket.emit('command', 1, 2, 3);
    const answer: unknown = await socket.timeout(10_000).emitWithAck('gimme', {});
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'bad-message', message: expect.stringContaining('no such message') },
    });
    socket.disconnect();
  });

  test('ends the connection of who sends a huge message, and of nobody else', async () => {
    const screen = await Screen.connect(hall.url, kioskToken);
    const other = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
    const ended = new Promise<string>((resolve) => screen.socket.once('disconnect', resolve));
    screen.socket.emit(
      'command',
      { commandId: id(), command: { ...TAKE, note: 'x'.repeat(100_000) } } as never,
      () => {},
    );
    expect(await ended).toMatch(/transport/);
    expect(other.socket.connected).toBe(true);
    other.close();
  });

  test('tells who sends too fast to slow down', async () => {
    const slow = await openHall({
      branches: branchesNamed('b'),
      adapters: await ownDatabase(),
      commandsPerSecond: 3,
    });
    const screen = await slow.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
    const acks = await Promise.all([1, 2, 3, 4].map(() => screen.sendAnything({})));
    expect(acks.map((ack) => (ack.ok || !('problem' in ack) ? '' : ack.problem.code))).toEqual([
      'bad-message',
      'bad-message',
      'bad-message',
      'too-fast',
    ]);
    screen.close();
    await slow.close();
  });
});

describe('the HTTP door', () => {
  const post = (body: string, more: Record<string, string> = {}, path = '/api/branches/b/commands') =>
    fetch(hall.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${kioskToken}`, ...more },
      body,
    });

  test.each(badMessages.slice(1))('says what is wrong with %s', async (name, message, detail) => {
    const response = await post(name === 'a key that pollutes' ? polluted : JSON.stringify(message));
    expect(response.status).toBe(400);
    const body: unknown = await response.json();
    expect(body).toMatchObject({ ok: false, problem: { code: 'bad-message' } });
    // A bare value is refused before the fields are looked at.
    if (typeof message === 'object' && message !== null)
      expect(body).toMatchObject({ problem: { details: [expect.stringMatching(detail)] } });
  });

  test.each([
    ['malformed JSON', '{"commandId": ', {}, 400],
    ['nothing', '', {}, 400],
    ['no JSON', 'hello', { 'content-type': 'text/plain' }, 400],
    ['an unknown encoding', '{}', { 'content-encoding': 'zip' }, 415],
    ['an unknown alphabet', '{}', { 'content-type': 'application/json; charset=klingon' }, 415],
    ['a huge body', JSON.stringify({ note: 'x'.repeat(20_000) }), {}, 413],
  ])('answers %s in JSON', async (_name, body, headers, status) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      ok: false,
      problem: { code: 'bad-message', message: expect.any(String) },
    });
  });

  test('says who is missing, who may not, and which branch there is not', async () => {
    const good = JSON.stringify({ commandId: id(), command: TAKE });
    expect((await post(good, { authorization: 'Bearer x.y.z' })).status).toBe(401);
    expect((await post(good, { authorization: 'Basic a2lvc2s6' })).status).toBe(401);
    expect((await post(good, { authorization: `Bearer ${displayToken}` })).status).toBe(403);
    expect((await post(good, {}, '/api/branches/other/commands')).status).toBe(403);
    expect((await post(good, {}, '/api/branches/moon/commands')).status).toBe(404);
    expect((await post(good, {}, '/api/branches/__proto__/commands')).status).toBe(404);
    expect((await post(good, {}, '/api/branches/%E0%A4%A/commands')).status).toBe(400);
  });

  test('answers unknown addresses, unknown views and wrong questions in JSON', async () => {
    const get = (path: string) => fetch(hall.url + path, { headers: { authorization: `Bearer ${kioskToken}` } });
    for (const [path, status] of [
      ['/api/nothing', 404],
      ['/nothing/here', 404],
      ['/api/branches/b/views/vault', 400],
      ['/api/branches/b/views/kiosk?zone=x', 400],
      ['/api/branches/b/views/display', 403],
      ['/api/branches/b/views/ticket?ticketId=unknown', 404],
      ['/api/branches/moon/views/kiosk', 404],
    ] as const) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, status]);
      expect(await response.json()).toMatchObject({ ok: false, problem: { message: expect.any(String) } });
    }
  });

  test('gives no session for a request that does not fit', async () => {
    const open = async (body: unknown) => post(JSON.stringify(body), {}, '/api/sessions');
    expect((await open({ branchId: 'b', role: 'customer' })).status).toBe(400);
    expect((await open({ branchId: 'b', role: 'system' })).status).toBe(400);
    expect((await open({ branchId: 'b', role: 'teller', staffId: '9999' })).status).toBe(400);
    expect((await open({ branchId: 'b', role: 'device' })).status).toBe(400);
    expect((await open({ branchId: 'moon', role: 'kiosk' })).status).toBe(404);
    const proxied = await post(
      JSON.stringify({ branchId: 'b', role: 'kiosk' }),
      { 'x-forwarded-for': '10.0.0.9' },
      '/api/sessions',
    );
    expect(proxied.status).toBe(403);
  });
});
