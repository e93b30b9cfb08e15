import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { branchesNamed } from '../support/running-hall.ts';
import { staffedHall, type StaffedHall } from '../support/staffed-hall.ts';

/** What stands at a counter beside the teller's screen: a call pad, and the screen that asks how it was. */
jest.setTimeout(120_000);

let hall: StaffedHall;
const token = { teller: '', manager: '', pad: '', rating: '' };

beforeAll(async () => {
  const rating = { askSeconds: 15, withinMinutes: 60 };
  const branches = branchesNamed('b', 'b2').map((one) => ({ ...one, config: { ...one.config, rating } }));
  hall = await staffedHall({ branches });
  await hall.hire('2001', { role: 'teller', branchId: 'b' });
  await hall.hire('lobby', { role: 'manager', branchId: 'b' });
  token.teller = (await hall.signIn('b', '2001', { counterId: 'c1' })).body['token'] as string;
  token.manager = (await hall.signIn('b', 'lobby')).body['token'] as string;
  token.pad = (await hall.pair(token.manager, 'b', 'call-pad', 'c1')).token;
  token.rating = (await hall.pair(token.manager, 'b', 'rating', 'c1')).token;
  await command(token.teller, { type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
});
afterAll(() => hall.close());

async function command(by: string, what: OutsideCommand) {
  const body = { commandId: randomUUID(), command: what };
  const { body: ack } = await hall.call('POST', '/api/branches/b/commands', { token: by, body });
  return ack as { ok: boolean; answer: { issued?: { ticketId: string; number: string } } };
}
async function take(): Promise<{ ticketId: string; number: string }> {
  const { answer } = await command(token.manager, { type: 'TakeTicket', services: ['transfer'] });
  if (answer.issued === undefined) throw new Error('no ticket');
  return answer.issued;
}
const press = (key: string, commandId?: string) =>
  hall.call('POST', '/api/pad', { token: token.pad, body: { key, ...(commandId && { commandId }) } });
const rate = (body: object, by = token.rating) => hall.call('POST', '/api/branches/b/ratings', { token: by, body });
const rateByPhone = (ticketId: string, body: object, by?: string) =>
  hall.call('POST', `/api/branches/b/tickets/${ticketId}/rating`, { token: by, body });

describe('a call pad', () => {
  test('one key serves a whole visit, and what is pressed twice with one id is done once', async () => {
    const { number } = await take();
    const id = randomUUID();
    const called = await press('next', id);
    expect(called).toMatchObject({ status: 200, body: { ok: true, answer: { called: { number, counterId: 'c1' } } } });
    expect(await press('next', id)).toEqual(called);
    expect(await press('recall')).toMatchObject({ status: 409, body: { rejection: { code: 'recall-too-soon' } } });
    expect((await press('next')).status).toBe(200);
    const view = await hall.call('GET', '/api/branches/b/views/counter?counterId=c1', { token: token.pad });
    expect(view.body).toMatchObject({ view: { current: { number, status: 'serving' } } });
    // Nobody waits: the same key finishes.
    expect((await press('next')).status).toBe(200);
    expect(await press('next')).toMatchObject({ status: 409, body: { rejection: { code: 'queue-empty' } } });
  });

  test('it says what is wrong with a press, and works its own counter only', async () => {
    expect(await press('coffee')).toMatchObject({ status: 400, body: { problem: { code: 'bad-message' } } });
    const other: OutsideCommand = { type: 'CallNext', counterId: 'c2' };
    expect(await command(token.pad, other)).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
    expect((await hall.call('POST', '/api/pad', { body: { key: 'next' } })).status).toBe(401);
  });
});

describe('ratings', () => {
  async function served() {
    const ticket = await take();
    for (const key of ['next', 'next', 'next']) await press(key);
    return ticket;
  }
  const report = async () => (await hall.call('GET', '/api/branches/b/reports/ratings', { token: token.manager })).body;

  test('the screen at the counter rates whoever was served there last, once', async () => {
    const { number } = await served();
    expect(await rate({ number: 'A999', score: 5 })).toMatchObject({ status: 404, body: { reason: 'not-served' } });
    expect(await rate({ number, score: 6 })).toMatchObject({ status: 400 });
    expect(await rate({ number, score: 2, reasons: ['slow'] })).toMatchObject({ status: 200, body: { ok: true } });
    expect(await rate({ number, score: 5 })).toMatchObject({ status: 409, body: { reason: 'rated-already' } });
    expect(await report()).toMatchObject({ count: 1, mean: 2, scores: [0, 1, 0, 0, 0] });
  });

  test('the holder of the ticket rates it too, with five sides of it, and only after the service', async () => {
    const waiting = await take();
    expect(await rateByPhone(waiting.ticketId, { score: 4 })).toMatchObject({ body: { reason: 'not-served' } });
    for (const key of ['next', 'next', 'next']) await press(key);
    const dimensions = { range: 5, efficiency: 3, quality: 4, environment: 5, attitude: 5 };
    expect(await rateByPhone(waiting.ticketId, { score: 4, dimensions })).toMatchObject({ status: 200 });
    expect(await rateByPhone(waiting.ticketId, { score: 1 })).toMatchObject({ body: { reason: 'rated-already' } });
    expect(await rate({ number: waiting.number, score: 5 })).toMatchObject({ status: 200 });
    expect(await report()).toMatchObject({ count: 3, scores: [0, 1, 0, 1, 1] });
  });

  test('no member of staff rates, and tellers do not see the ratings', async () => {
    const { ticketId, number } = await served();
    for (const by of [token.teller, token.manager]) {
      expect((await rateByPhone(ticketId, { score: 5 }, by)).status).toBe(403);
      expect((await rate({ number, score: 5 }, by)).status).toBe(403);
    }
    const { status } = await hall.call('GET', '/api/branches/b/reports/ratings', { token: token.teller });
    expect(status).toBe(403);
  });
});
