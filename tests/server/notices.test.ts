import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readEnv } from '../../config/env.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { isPushAddress } from '../../server/notices/push-hosts.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { FakePushService } from '../support/fake-push-service.ts';
import { jobsByHand } from '../support/jobs-by-hand.ts';
import { branchesNamed, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';
import { until } from '../support/until.ts';

const DAY = '2026-11-24';
const PUBLIC_URL = 'https://queue.bank.example';
const CONTACT = 'mailto:it@bank.example';
const lines: string[] = [];
const jobs = jobsByHand();
const database = new ShakyStore(new MemoryStore(), { shared: false }).database();
let service: FakePushService;
let dataFolder: string;
let hall: RunningHall;
let kiosk: Screen;
let counter: Screen;

beforeAll(async () => {
  service = await FakePushService.open();
  const env = testEnv({ publicUrl: PUBLIC_URL, push: { contact: CONTACT, hosts: [service.origin] } });
  dataFolder = env.dataFolder;
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  hall = await openHall({ env, log, branches: branchesNamed('b'), adapters: { database, jobs } });
  kiosk = await hall.screen('b', { role: 'kiosk', deviceId: 'kiosk-1' }, { kind: 'kiosk' });
  counter = await hall.screen('b', { role: 'manager', staffId: '2001' }, { kind: 'manager' });
  await send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
});
afterAll(async () => {
  kiosk.close();
  counter.close();
  await hall.close();
  await service.close();
});
beforeEach(() => void service.received.splice(0));

async function send(command: OutsideCommand, screen: Screen = counter): Promise<void> {
  expect(await screen.send(command)).toMatchObject({ ok: true });
}

async function take(): Promise<{ ticketId: string; number: string }> {
  const ack = await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  if (!ack.ok || ack.answer.issued === undefined) throw new Error(JSON.stringify(ack));
  return ack.answer.issued;
}

const address = (ticketId: string) => `${hall.url}/api/branches/b/tickets/${ticketId}/notices`;
async function agree(ticketId: string, wish: object = service.subscribe()): Promise<Response> {
  const body = JSON.stringify({ ...wish, language: 'zh-TW' });
  return fetch(address(ticketId), { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
}
const kept = async (ticketId: string) => (await database.notices.wish('b', DAY, ticketId)) !== undefined;

/** What the browsers got, once the hall has been looked at again. */
async function told(): Promise<unknown[]> {
  await hall.clock.advanceBy(300);
  await jobs.runDue();
  return service.received.splice(0).map(({ notice }) => notice);
}

test('near, called, called again, missed and back: each once, with the number and the counter and nothing else', async () => {
  const others = [await take(), await take(), await take()];
  const { ticketId, number } = await take();
  expect((await agree(ticketId)).status).toBe(200);
  expect(await told()).toEqual([]);
  const say = (kind: string, more: object = {}) => ({ kind, number, language: 'zh-TW', ...more });
  await send({ type: 'CancelTicket', ticketId: others[0]?.ticketId ?? '', reason: 'left' });
  await hall.clock.advanceBy(300);
  await jobs.runDue();
  const [{ headers, contact, key } = { headers: {}, contact: '', key: '' }] = service.received;
  expect(headers).toMatchObject({ ttl: '600', 'content-encoding': 'aes128gcm', urgency: 'normal', topic: 'ticket' });
  expect({ contact, key }).toEqual({ contact: CONTACT, key: await offered(ticketId) });
  expect(await told()).toEqual([say('near')]);
  expect(await told()).toEqual([]);

  await send({ type: 'CallTicket', counterId: 'c1', ticketId, reason: 'quick' });
  const label = '1';
  expect(await told()).toEqual([say('called', { label })]);
  await hall.clock.advanceBy(30_000);
  await send({ type: 'Recall', counterId: 'c1' });
  expect(await told()).toEqual([say('called', { label })]);
  await hall.clock.advanceBy(30_000);
  await send({ type: 'MarkNoShow', counterId: 'c1' });
  expect(await told()).toEqual([say('missed')]);
  const phone = await hall.phone('b', ticketId);
  await send({ type: 'RejoinQueue', ticketId }, phone);
  expect(await told()).toEqual([say('near')]);
  await send({ type: 'CancelTicket', ticketId, reason: 'left' }, phone);
  phone.close();
  expect(await told()).toEqual([]);
  expect(await kept(ticketId)).toBe(false);
  for (const other of others.slice(1)) await send({ type: 'CancelTicket', ticketId: other.ticketId, reason: 'left' });
});

async function offered(ticketId: string): Promise<string> {
  return ((await (await fetch(address(ticketId))).json()) as { key: string }).key;
}

test('a push service that is away is asked again, and who is gone is forgotten; no line and no job names an address', async () => {
  const wish = service.subscribe();
  const { ticketId, number } = await take();
  await agree(ticketId, wish);
  service.answers.push(503, 429);
  expect([await told(), await told()]).toEqual([[], []]);
  expect(jobs.failures).toEqual(['Error: the push service answered 503', 'Error: the push service answered 429']);
  expect(JSON.stringify(jobs.planned)).not.toContain(wish.endpoint);
  expect(await told()).toEqual([{ kind: 'near', number, language: 'zh-TW' }]);

  service.answers.push(410);
  await send({ type: 'CallTicket', counterId: 'c1', ticketId, reason: 'quick' });
  expect(await told()).toEqual([]);
  expect(await kept(ticketId)).toBe(false);
  await send({ type: 'CancelTicket', ticketId, reason: 'left' });
  const keys = readFileSync(join(dataFolder, 'push-keys'), 'utf8');
  for (const secret of [wish.endpoint, wish.keys.auth, keys.split(':')[1] ?? ''])
    expect(lines.join('')).not.toContain(secret);
});

test('nothing is kept before the customer agrees, after they withdraw, and when the ticket is done', async () => {
  const { ticketId } = await take();
  expect(await kept(ticketId)).toBe(false);
  await agree(ticketId);
  expect(await kept(ticketId)).toBe(true);
  await fetch(address(ticketId), { method: 'DELETE' });
  expect(await kept(ticketId)).toBe(false);
  expect(await told()).toEqual([]);

  await agree(ticketId);
  await send({ type: 'CallTicket', counterId: 'c1', ticketId, reason: 'quick' });
  await send({ type: 'StartService', counterId: 'c1' });
  await send({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
  await hall.clock.advanceBy(300);
  await until(async () => !(await kept(ticketId)));
  expect((await agree(ticketId)).status).toBe(404);
  expect((await agree('nobody')).status).toBe(404);
});

test('only to push services: a customer cannot make the server call other machines', async () => {
  const { ticketId } = await take();
  const { keys } = service.subscribe();
  for (const endpoint of ['https://10.0.0.5/x', 'http://localhost:1/x', 'https://bank.example/', 'file:///etc/passwd'])
    expect((await agree(ticketId, { endpoint, keys })).status).toBe(400);
  expect(await kept(ticketId)).toBe(false);

  const hosts = ['fcm.googleapis.com', '*.push.apple.com'];
  const allowed = ['https://fcm.googleapis.com/fcm/send/abc', 'https://web.push.apple.com/abc'];
  const refused = [
    ...['http://fcm.googleapis.com/a', 'https://fcm.googleapis.com:8443/a', 'https://u:p@fcm.googleapis.com/a'],
    ...['https://fcm.googleapis.com.evil.example/a', 'https://evilpush.apple.com/a', 'https://push.apple.com/a'],
    ...['https://evil.example/?https://fcm.googleapis.com', 'https://evil.example#fcm.googleapis.com', 'no address'],
  ];
  expect(allowed.filter((each) => !isPushAddress(each, hosts))).toEqual([]);
  expect(refused.filter((each) => isPushAddress(each, hosts))).toEqual([]);
});

describe('the keys of the sender', () => {
  test('are made at the first start, kept for the owner only, and the same after the next', async () => {
    const file = join(dataFolder, 'push-keys');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').split(':')[0]).toBe(await offered('any'));
  });

  test('without them nothing is offered, and nothing taken', async () => {
    const silent = await openHall({
      branches: branchesNamed('b'),
      adapters: { database: new ShakyStore(new MemoryStore(), { shared: false }).database(), jobs: jobsByHand() },
    });
    const url = `${silent.url}/api/branches/b/tickets/t/notices`;
    expect(await (await fetch(url)).json()).toEqual({});
    const body = JSON.stringify({ ...service.subscribe(), language: 'en' });
    const put = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    expect(put.status).toBe(400);
    await silent.close();
  });
});

test('settings that do not fit are refused at the start, and notices are off until somebody is named', () => {
  const wrong = readEnv({
    LOBBYFLOW_PUBLIC_URL: 'https://bank.example/queue',
    LOBBYFLOW_PUSH_CONTACT: 'it@bank.example',
    LOBBYFLOW_PUSH_KEYS: 'public:private',
    LOBBYFLOW_PUSH_HOSTS: 'fcm.googleapis.com,https://bank.example,http://10.0.0.5:80',
  });
  expect(wrong.ok ? [] : wrong.errors.map((line) => line.split(':')[0])).toEqual([
    ...['LOBBYFLOW_PUBLIC_URL', 'LOBBYFLOW_PUSH_CONTACT', 'LOBBYFLOW_PUSH_KEYS', 'LOBBYFLOW_PUSH_HOSTS'],
  ]);
  expect(readEnv({ LOBBYFLOW_PUBLIC_URL: 'https://bank.example/' })).toMatchObject({
    env: { publicUrl: 'https://bank.example', push: undefined },
  });
  const named = readEnv({ LOBBYFLOW_PUSH_CONTACT: CONTACT });
  expect(named.ok && named.env.push?.hosts).toContain('*.push.apple.com');
});

test('the kiosk is told where customers reach the server', () => {
  expect(kiosk.profiles[0]?.ticketsAt).toBe(PUBLIC_URL);
});
