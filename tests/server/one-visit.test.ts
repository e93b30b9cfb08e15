import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Ack } from '../../protocol/messages.ts';
import { branchesNamed, ownDatabase, openHall, type RunningHall } from '../support/running-hall.ts';

const DAY = '2026-11-24';
let hall: RunningHall;

beforeAll(async () => {
  hall = await openHall({
    branches: branchesNamed('visit', 'http', 'undo', 'quiet', 'rush'),
    adapters: await ownDatabase(),
  });
});
afterAll(() => hall.close());

function issued(ack: Ack) {
  if (!ack.ok || ack.answer.issued === undefined) throw new Error(`no ticket: ${JSON.stringify(ack)}`);
  return ack.answer.issued;
}

async function eventsOf(branchId: string): Promise<string[]> {
  const commits = await hall.store.read(branchId, DAY, 0);
  return commits.flatMap(({ events }) => events.map(({ type }) => type));
}

describe('one visit through the socket door', () => {
  test('a ticket is seen on every screen once, is called, served, finished and recorded', async () => {
    const at = 'visit';
    const kiosk = await hall.screen(at, { role: 'kiosk', deviceId: 'kiosk-1' }, { kind: 'kiosk' });
    const display = await hall.screen(at, { role: 'display' }, { kind: 'display' });
    const counter = await hall.screen(at, { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
    const manager = await hall.screen(at, { role: 'manager', staffId: '2008' }, { kind: 'manager' });

    const opened = await counter.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
    expect(opened).toMatchObject({ ok: true });
    const ticket = issued(await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] }));
    expect(ticket).toMatchObject({ number: 'A001', segment: 'cash' });
    const phone = await hall.phone(at, ticket.ticketId);
    expect(phone.view('ticket')).toMatchObject({ number: 'A001', status: 'waiting', ahead: 0 });

    await hall.gathered();
    await kiosk.until((screen) => screen.view('kiosk').waiting === 1);
    await display.until((screen) =>
      screen.view('display').segments.some(({ segment, waiting }) => segment === 'cash' && waiting === 1),
    );
    await counter.until((screen) => screen.view('counter').queue.length === 1);
    await manager.until((screen) => screen.view('manager').waiting.length === 1);
    expect(counter.view('counter').queue.map(({ number }) => number)).toEqual(['A001']);
    expect(manager.view('manager').waiting.map(({ number }) => number)).toEqual(['A001']);
    expect(JSON.stringify(display.views)).not.toContain(ticket.ticketId);
    expect(JSON.stringify(kiosk.views)).not.toContain(ticket.ticketId);

    const called = await counter.send({ type: 'CallNext', counterId: 'c1' });
    expect(called).toMatchObject({
      ok: true,
      answer: { called: { number: 'A001', counterId: 'c1', why: { rule: 'policy' } } },
    });
    await hall.gathered();
    await display.until((screen) => screen.view('display').calls.length === 1);
    await phone.until((screen) => screen.view('ticket').status === 'called');
    expect(display.view('display').calls).toMatchObject([{ number: 'A001', label: '1', times: 1 }]);

    await hall.clock.advanceBy(20_000);
    expect(await counter.send({ type: 'StartService', counterId: 'c1' })).toMatchObject({ ok: true });
    await hall.clock.advanceBy(180_000);
    expect(await counter.send({ type: 'FinishService', counterId: 'c1', outcome: 'done' })).toMatchObject({ ok: true });
    await hall.gathered();
    await phone.until((screen) => screen.view('ticket').status === 'finished');
    await manager.until((screen) => screen.view('manager').today.finished === 1);

    expect(await eventsOf(at)).toEqual([
      'DayOpened',
      'CounterOpened',
      'TicketIssued',
      'TicketCalled',
      'ServiceStarted',
      'ServiceFinished',
    ]);
    const visits = await hall.records.visits(at, DAY);
    expect(visits).toMatchObject([{ number: 'A001', status: 'finished', servedMs: 180_000, tellerId: '2001' }]);
    expect(
      new Set(
        display.views.flatMap(({ view }) => (view.kind === 'display' ? view.calls.map(({ callId }) => callId) : [])),
      ).size,
    ).toBe(1);

    // A view is never older than the one before it.
    for (const { views } of [kiosk, display, counter, manager, phone])
      expect(views.map(({ version }) => version)).toEqual(views.map(({ version }) => version).sort((a, b) => a - b));
    for (const screen of [kiosk, display, counter, manager, phone]) screen.close();
  });

  test('an undone finish takes the visit out of the records again', async () => {
    const at = 'undo';
    const counter = await hall.screen(at, { role: 'teller', staffId: '2001' }, { kind: 'counter', counterId: 'c1' });
    await counter.send({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
    const served = issued(
      await counter.send({ type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit-withdrawal'] }),
    );
    await counter.send({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    expect(await hall.records.visits(at, DAY)).toMatchObject([{ ticketId: served.ticketId, status: 'finished' }]);
    expect(await counter.send({ type: 'UndoLast', counterId: 'c1' })).toMatchObject({
      ok: true,
      answer: { undone: 'ServiceFinished' },
    });
    expect(await hall.records.visits(at, DAY)).toEqual([]);
    counter.close();
  });

  test('a customer leaves by the phone, and only so', async () => {
    const at = 'visit';
    const kiosk = await hall.screen(at, { role: 'kiosk' }, { kind: 'kiosk' });
    const ticket = issued(await kiosk.send({ type: 'TakeTicket', services: ['wealth'] }));
    const phone = await hall.phone(at, ticket.ticketId);
    const other = await phone.send({ type: 'CancelTicket', ticketId: ticket.ticketId, reason: 'other' });
    expect(other).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
    const left = await phone.send({ type: 'CancelTicket', ticketId: ticket.ticketId, reason: 'left' });
    expect(left).toMatchObject({ ok: true });
    await hall.gathered();
    await phone.until((screen) => screen.view('ticket').status === 'cancelled');
    kiosk.close();
    phone.close();
  });

  test('the server says every five seconds what time it is, and makes views anew every ten', async () => {
    const display = await hall.screen('quiet', { role: 'display' }, { kind: 'display' });
    await hall.clock.advanceBy(12_000);
    await display.until(({ beats, views }) => beats.length >= 2 && views.length >= 2);
    expect(display.beats.every((at) => at <= hall.clock.now())).toBe(true);
    expect(new Set(display.views.map(({ version }) => version)).size).toBe(1);
    display.close();
  });
});

describe('many changes', () => {
  test('that come close together go out as one view, and each sender has its answer at once', async () => {
    const kiosk = await hall.screen('rush', { role: 'kiosk' }, { kind: 'kiosk' });
    const before = kiosk.views.length;
    const acks = await Promise.all(
      Array.from({ length: 20 }, () => kiosk.send({ type: 'TakeTicket', services: ['transfer'] })),
    );
    expect(acks.map((ack) => issued(ack).number)).toEqual(
      Array.from({ length: 20 }, (_, place) => `B${String(place + 1).padStart(3, '0')}`),
    );
    await hall.gathered();
    await kiosk.until((screen) => screen.view('kiosk').waiting === 20);
    // The first change at once, the others together.
    expect(kiosk.views.length - before).toBe(2);
    kiosk.close();
  });

  test('reach a screen only in the view that it asked for last', async () => {
    const manager = await hall.screen('rush', { role: 'manager' }, { kind: 'manager' });
    const kiosk = await hall.screen('rush', { role: 'kiosk' }, { kind: 'kiosk' });
    const welcome = await manager.hello({
      protocol: 1,
      branchId: 'rush',
      audience: { kind: 'counter', counterId: 'c1' },
      lastVersion: manager.version,
    });
    expect(welcome).toMatchObject({ ok: true, view: { kind: 'counter' } });
    const before = manager.views.length;
    await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
    await hall.gathered();
    await manager.until(({ views }) => views.length > before);
    expect(manager.views.slice(before).map(({ view }) => view.kind)).toEqual(['counter']);
    manager.close();
    kiosk.close();
  });
});

describe('the HTTP door', () => {
  test('takes the same commands and shows the same views', async () => {
    const path = `${hall.url}/api/branches/http`;
    const kiosk = await hall.token({ branchId: 'http', role: 'kiosk' });
    const commandId = crypto.randomUUID();
    const take = () =>
      fetch(`${path}/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${kiosk}` },
        body: JSON.stringify({ commandId, command: { type: 'TakeTicket', services: ['transfer'] } }),
      });
    const [first, second] = [await take(), await take()];
    expect([first.status, second.status]).toEqual([200, 200]);
    const ack = (await first.json()) as Ack;
    expect(await second.json()).toEqual(ack);
    const { ticketId, number } = issued(ack);

    const view = await fetch(`${path}/views/ticket?ticketId=${ticketId}`);
    expect(await view.json()).toMatchObject({ view: { kind: 'ticket', number, status: 'waiting' } });
    const refused = await fetch(`${path}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ commandId: crypto.randomUUID(), command: { type: 'RejoinQueue', ticketId } }),
    });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      ok: false,
      rejection: { code: 'ticket-not-missed', status: 'waiting' },
    });
  });

  test('says how the server is, who its branches are, and what it understands', async () => {
    const health = await fetch(`${hall.url}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      live: true,
      ready: true,
      branches: 5,
      store: { kind: expect.any(String) },
    });
    expect(await (await fetch(`${hall.url}/health/live`)).json()).toEqual({ live: true });
    expect(await (await fetch(`${hall.url}/health/ready`)).json()).toEqual({ ready: true });

    const network = await fetch(`${hall.url}/api/network`);
    const body = (await network.json()) as { branches: { branchId: string; counters: unknown[] }[]; demo: boolean };
    expect(body.branches.map(({ branchId }) => branchId)).toEqual(['visit', 'http', 'undo', 'quiet', 'rush']);
    expect(body.branches[0]?.counters[0]).toEqual({ id: 'c1', label: '1', kind: 'fixed', zone: 'cash' });
    expect(JSON.stringify(body)).not.toContain('skills');

    const document = (await (await fetch(`${hall.url}/openapi.json`)).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/branches/{branchId}/commands');
    expect(JSON.stringify(document)).toContain('TakeTicket');
  });

  test('shows the staff to tellers and managers only', async () => {
    const staff = async (role: 'teller' | 'kiosk') => {
      const authorization = `Bearer ${await hall.token({ branchId: 'http', role })}`;
      return fetch(`${hall.url}/api/branches/http/staff`, { headers: { authorization } });
    };
    expect(await (await staff('teller')).json()).toMatchObject({
      staff: expect.arrayContaining([{ id: '2001', name: '郑国强' }]),
    });
    expect((await staff('kiosk')).status).toBe(403);
    expect((await fetch(`${hall.url}/api/branches/http/staff`)).status).toBe(401);
  });

  test('sends pages that no other site may frame or script', async () => {
    const page = await fetch(`${hall.url}/health`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.headers.get('x-powered-by')).toBeNull();
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
