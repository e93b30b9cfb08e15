import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import jsQR from 'jsqr';
import type { PrinterConfig } from '../../config/printers.ts';
import { branchesNamed, testEnv } from '../support/running-hall.ts';
import { startPrinter, type PrinterEmulator } from '../support/printer/emulator.ts';
import { linesOf, type Paper, type PrintedImage } from '../support/printer/paper.ts';
import { staffedHall, type StaffedHall } from '../support/staffed-hall.ts';
import { until } from '../support/until.ts';

jest.setTimeout(120_000);
let hall: StaffedHall;
let printer: PrinterEmulator;
let kiosk: { readonly token: string; readonly deviceId: string };
const PLENTY = 100_000;

beforeAll(async () => {
  printer = await startPrinter();
  const named: PrinterConfig = {
    ...{ id: 'p', via: 'network', kiosks: ['the kiosk'], address: '127.0.0.1', port: printer.port, columns: 48 },
  };
  const other: PrinterConfig = { id: 'own', via: 'browser', kiosks: [] };
  const [b, b2] = branchesNamed('b', 'b2');
  if (b === undefined || b2 === undefined) throw new Error('no branches');
  const branches = [{ ...b, printers: [other, named] }, b2];
  hall = await staffedHall({ branches, env: testEnv({ publicUrl: 'https://tickets.example' }) });
  kiosk = await hall.pair(hall.admin, 'b', 'kiosk');
});
afterEach(() => printer.load(PLENTY));
afterAll(async () => {
  await hall.close();
  await printer.close();
});

async function take(services = ['deposit-withdrawal'], by = kiosk.token, branchId = 'b', more: object = {}) {
  const { body } = await hall.call('POST', `/api/branches/${branchId}/commands`, {
    token: by,
    body: { commandId: randomUUID(), command: { type: 'TakeTicket', services, ...more } },
  });
  const { issued } = body['answer'] as { issued: { ticketId: string; number: string } };
  return issued;
}
const print = (ticketId: string, more: object = {}, token = kiosk.token, branchId = 'b') =>
  hall.call('POST', `/api/branches/${branchId}/tickets/${ticketId}/print`, {
    token,
    body: { copy: 1, language: 'zh-CN', ...more },
  });
const lastLines = () => linesOf(printer.papers.at(-1) ?? { marks: [], height: 0, cut: false }).filter(Boolean);
const board = async () => {
  const { body } = await hall.call('GET', '/api/branches/b/devices', { token: hall.admin });
  const devices = body['devices'] as { id: string; state: { printer?: string } }[];
  return devices.find(({ id }) => id === kiosk.deviceId)?.state.printer;
};

/** What the lobby has to walk to. */
async function taskOf(deviceId: string) {
  const today = await hall.hosts.today('b');
  if (!today.ok) throw new Error(today.problem.message);
  return today.host.look((state) => [...(state?.tasks.values() ?? [])].find(({ place }) => place.id === deviceId));
}

/** The code as a phone reads it: dark on white, with the white of the paper around it. */
function scanned({ marks }: Paper): string | undefined {
  const code = marks.find((mark): mark is PrintedImage => mark.kind === 'image');
  if (code === undefined) return undefined;
  const side = code.width + 48;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  code.dots.forEach((dot, index) => {
    const place = (Math.floor(index / code.width) + 24) * side + (index % code.width) + 24;
    if (dot) pixels.fill(0, 4 * place, 4 * place + 3);
  });
  return jsQR(pixels, side, side)?.data;
}

const RULE = '─'.repeat(24);
const WHEN = '09:00  2026-11-24';

test('a ticket on paper, in the three languages of the product', async () => {
  const { ticketId, number } = await take();
  expect(await print(ticketId)).toEqual({ status: 200, body: { outcome: 'printed', printer: 'ok' } });
  expect(lastLines()).toEqual([
    '晴川银行 花园支行',
    RULE,
    '您的号码',
    number,
    '存取现金',
    RULE,
    '请到 等候区 等候',
    '您排在第一位',
    '窗口开放后为您办理',
    expect.stringMatching(/^\[\d+x\d+\]$/),
    '手机扫码，随时看进度',
    RULE,
    '请准备好',
    '·银行卡或存折',
    '·金额在 5 万元以上时，请带本人身份证件',
    RULE,
    '请留意屏幕与广播，过号可以重新排队。',
    `取号时间 ${WHEN}`,
    '客服热线 400-820-5566',
  ]);
  await print(ticketId, { copy: 2, language: 'zh-TW' });
  expect(lastLines()).toEqual(
    expect.arrayContaining(['晴川銀行 花園分行', '您的號碼', number, '請到 等候區 等候', '請備妥', `取號時間 ${WHEN}`]),
  );
  await print(ticketId, { copy: 3, language: 'en' });
  expect(lastLines()).toEqual(
    expect.arrayContaining([
      'Qingchuan Bank, Garden',
      number,
      'Pay in or withdraw cash',
      'Wait in: Waiting area',
      'You are first in line',
      '·Your identity document for amounts of 50,000',
      'yuan or more',
      `Taken at ${WHEN}`,
    ]),
  );
});

test('K18: the number is at least 14 mm high, and the large form has everything twice as large', async () => {
  const { ticketId, number } = await take();
  await print(ticketId);
  await print(ticketId, { copy: 2, large: true });
  const [plain, large] = printer.papers.slice(-2);
  const texts = (paper: Paper | undefined) => paper?.marks.filter((mark) => mark.kind === 'text') ?? [];
  for (const paper of [plain, large]) {
    const big = texts(paper).find(({ text }) => text === number);
    // Of 24 dots of a letter 17 are ink above its base line; 8 dots are a millimetre.
    expect(((big?.down ?? 0) * 17) / 8).toBeGreaterThanOrEqual(14);
  }
  const plainest = texts(plain).filter(({ down }) => down === 1);
  expect(plainest.length).toBeGreaterThan(5);
  const small = texts(large).filter(({ text, down, across }) => !/^─/.test(text) && Math.min(down, across) < 2);
  // Blank lines and rules are all that stays.
  expect(small.map(({ text }) => text.trim()).filter(Boolean)).toEqual([]);
});

test('the code on the paper is the link of the phone ticket', async () => {
  const { ticketId } = await take();
  for (const [copy, large] of [
    [1, false],
    [2, true],
  ] as const) {
    await print(ticketId, { copy, large });
    expect(scanned(printer.papers.at(-1) as Paper)).toBe(`https://tickets.example/t/b/${ticketId}`);
  }
});

test('K19: nothing of a person is on the paper', async () => {
  const { ticketId } = await take(['deposit-withdrawal'], kiosk.token, 'b', {
    ...{ tier: 'private', careNeeds: ['older'], amount: 88_000, adviser: '2004' },
  });
  await print(ticketId);
  expect(lastLines().join('\n')).not.toMatch(/曾雨晴|2004|88|私人|60 岁/);
});

test('asked for twice, and at the same time: one ticket, one paper, one answer', async () => {
  const { ticketId } = await take();
  const before = printer.papers.length;
  const answers = await Promise.all([print(ticketId), print(ticketId), print(ticketId)]);
  answers.push(await print(ticketId));
  expect(answers.map(({ body }) => body['outcome'])).toEqual(Array(4).fill('printed'));
  expect(printer.papers.length).toBe(before + 1);
  // Somebody asks for another one.
  await print(ticketId, { copy: 2 });
  expect(printer.papers.length).toBe(before + 2);
});

test('a paper is no act of administration: the link of a ticket is not in the audit', async () => {
  const { ticketId } = await take();
  await print(ticketId);
  await hall.hire('1090', { role: 'auditor', branchId: 'b' });
  const { token } = (await hall.signIn('b', '1090')).body as { token: string };
  await until(async () => {
    const { body } = await hall.call('GET', '/api/branches/b/audit', { token });
    return JSON.stringify(body).includes('POST /branches/:branchId/devices');
  });
  const { body } = await hall.call('GET', '/api/branches/b/audit', { token });
  expect(JSON.stringify(body)).not.toMatch(new RegExp(`/print|${ticketId}`));
});

test('paper that ends within a ticket: it is said, the rest never comes out, and nothing is sent again by itself', async () => {
  const { ticketId } = await take();
  const before = printer.papers.length;
  printer.load(300);
  expect((await print(ticketId)).body).toEqual({ outcome: 'failed', printer: 'empty' });
  expect(await board()).toBe('empty');
  const calls = printer.calls();
  expect((await print(ticketId)).body).toEqual({ outcome: 'failed', printer: 'empty' });
  expect(printer.calls()).toBe(calls);
  printer.load(PLENTY);
  expect(printer.papers.length).toBe(before);
  // The next customer gets a whole one.
  const next = await take();
  expect((await print(next.ticketId)).body['outcome']).toBe('printed');
  expect(lastLines()[0]).toBe('晴川银行 花园支行');
  expect(printer.papers.length).toBe(before + 1);
});

test('without paper nothing is sent; near the end it prints, and staff see it', async () => {
  const { ticketId } = await take();
  printer.load(0);
  expect((await print(ticketId)).body).toEqual({ outcome: 'failed', printer: 'empty' });
  expect(await taskOf(kiosk.deviceId)).toMatchObject({ kind: 'device-fault', status: 'open' });
  expect(printer.hanging().marks).toEqual([]);
  printer.load(1_700);
  expect((await print(ticketId, { copy: 2 })).body).toEqual({ outcome: 'printed', printer: 'low' });
  expect(await board()).toBe('low');
  printer.open(true);
  expect((await hall.call('POST', '/api/device-state', { token: kiosk.token, body: {} })).body).toEqual({
    ok: true,
    printer: 'fault',
  });
  expect(await board()).toBe('fault');
  printer.open(false);
});

test('a printer that takes no call for a moment is tried again; one that is away has a fault', async () => {
  const { ticketId } = await take();
  const before = printer.papers.length;
  // Somebody else has the line, and a printer takes one caller at a time.
  const other = connect(printer.port, '127.0.0.1');
  await until(() => other.readyState === 'open');
  const calls = printer.calls();
  const asked = print(ticketId);
  await until(() => printer.calls() > calls + 1);
  other.destroy();
  expect((await asked).body).toEqual({ outcome: 'printed', printer: 'ok' });
  expect(printer.papers.length).toBe(before + 1);
  await printer.away(true);
  await until(async () => {
    const { body } = await hall.call('POST', '/api/device-state', { token: kiosk.token, body: {} });
    return body['printer'] === 'fault';
  });
  await printer.away(false);
});

test('a kiosk of another name prints by itself, one of another branch not at all, and only whoever may', async () => {
  const code = (await hall.call('POST', '/api/pairings', { body: { branchId: 'b', kind: 'kiosk' } })).body;
  await hall.call('POST', '/api/branches/b/devices', {
    token: hall.admin,
    body: { code: code['code'], name: 'on the wall' },
  });
  const { body: wall } = await hall.call('POST', '/api/pairings/ask', {
    body: { pairingId: code['pairingId'], key: code['key'] },
  });
  const { ticketId } = await take();
  expect((await print(ticketId, {}, wall['token'] as string)).body).toEqual({ outcome: 'browser' });
  const elsewhere = await hall.pair(hall.admin, 'b2', 'kiosk');
  const there = await take(['transfer'], elsewhere.token, 'b2');
  expect((await print(there.ticketId, {}, elsewhere.token, 'b2')).body).toEqual({ outcome: 'no-printer' });
  expect((await print(ticketId, {}, elsewhere.token)).status).toBe(403);
  expect((await print('nobody-has-this', {})).status).toBe(404);
  expect((await print(ticketId, { copy: 0 })).status).toBe(400);
  const display = await hall.pair(hall.admin, 'b', 'display');
  expect((await print(ticketId, {}, display.token)).status).toBe(403);
});
