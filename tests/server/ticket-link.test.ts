import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { branchesNamed, ownDatabase, openHall, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';

jest.setTimeout(120_000);
let hall: RunningHall;
let kiosk: Screen;
let counter: Screen;
beforeAll(async () => {
  hall = await openHall({ branches: branchesNamed('b', 'other'), adapters: await ownDatabase() });
  kiosk = await hall.screen('b', { role: 'kiosk', deviceId: 'kiosk-1' }, { kind: 'kiosk' });
  counter = await hall.screen('b', { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
  await counter.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
});
afterAll(async () => {
  kiosk.close();
  counter.close();
  await hall.close();
});

async function take(more: object = {}): Promise<string> {
  const ack = await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'], ...more });
  if (!ack.ok || ack.answer.issued === undefined) throw new Error(JSON.stringify(ack));
  return ack.answer.issued.ticketId;
}

test('a ticket link has 128 bits of chance, and one letter changed is nobody’s', async () => {
  const links = await Promise.all(Array.from({ length: 30 }, () => take()));
  expect(new Set(links).size).toBe(30);
  for (const link of links) expect(link).toMatch(/^[\w-]{22}$/);
  // Nothing that counts: at every place but the last, which has four values, letters differ.
  for (let place = 0; place < 21; place += 1) expect(new Set(links.map((link) => link[place])).size).toBeGreaterThan(5);
  const [link = ''] = links;
  const forged = `${link.slice(0, 5)}${link[5] === 'A' ? 'B' : 'A'}${link.slice(6)}`;
  await expect(hall.phone('b', forged)).rejects.toThrow(/unknown-ticket/);
  await expect(hall.phone('other', link)).rejects.toThrow(/unknown-ticket/);
  const phone = await hall.phone('b', link);
  const acts = (['DelayTicket', 'EndDelay', 'RejoinQueue'] as const).map((type) => ({ type, ticketId: forged }));
  for (const act of acts) expect(await phone.send(act)).toMatchObject({ rejection: { code: 'unknown-ticket' } });
  phone.close();
});

test('it shows nothing of who the customer is, and nothing of others but the numbers called', async () => {
  const link = await take({ tier: 'private', careNeeds: ['older'], amount: 123_456, services: ['wealth'] });
  const phone = await hall.phone('b', link);
  const view = phone.view('ticket');
  expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['tier']));
  const text = JSON.stringify(view);
  for (const word of ['private', 'older', '123456', 'tellerId', 'staff', '2001']) expect(text).not.toContain(word);
  phone.close();
});

test('it lets others go first, is back, and leaves the queue, for its own ticket, and does nothing else', async () => {
  const [own, others] = [await take(), await take()];
  const phone = await hall.phone('b', own);
  const commands: OutsideCommand[] = [
    { type: 'CancelTicket', ticketId: own, reason: 'mistake' },
    { type: 'PrioritiseTicket', ticketId: own, reason: 'care' },
    { type: 'TransferTicket', ticketId: own, to: { kind: 'counter', counterId: 'c1' } },
    { type: 'AddService', ticketId: own, service: 'transfer' },
    { type: 'MarkCareNeeds', ticketId: own, careNeeds: ['older'] },
    { type: 'TakeTicket', services: ['transfer'] },
    { type: 'CallTicket', counterId: 'c1', ticketId: own, reason: 'quick' },
  ];
  for (const command of commands) expect(await phone.send(command)).toMatchObject({ problem: { code: 'not-allowed' } });
  for (const type of ['DelayTicket', 'EndDelay'] as const)
    expect(await phone.send({ type, ticketId: own })).toMatchObject({ ok: true });
  expect(await phone.send({ type: 'CancelTicket', ticketId: own, reason: 'left' })).toMatchObject({ ok: true });
  const other = await hall.phone('b', others);
  expect(other.view('ticket').status).toBe('waiting');
  other.close();
  phone.close();
});

test('after service it acts no more', async () => {
  const called = await counter.send({ type: 'CallNext', counterId: 'c1' });
  if (!called.ok || called.answer.called === undefined) throw new Error(JSON.stringify(called));
  const link = called.answer.called.ticketId;
  await counter.send({ type: 'StartService', counterId: 'c1' });
  await counter.send({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
  const phone = await hall.phone('b', link);
  expect(phone.view('ticket').status).toBe('finished');
  const before = await hall.store.head('b', '2026-11-24');
  expect(await phone.send({ type: 'CancelTicket', ticketId: link, reason: 'left' })).toMatchObject({
    rejection: { code: 'ticket-ended' },
  });
  for (const type of ['RejoinQueue', 'DelayTicket', 'EndDelay'] as const)
    expect(await phone.send({ type, ticketId: link })).toMatchObject({ ok: false });
  expect(await hall.store.head('b', '2026-11-24')).toBe(before);
  phone.close();
});
