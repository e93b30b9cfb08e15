import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../domain/ids.ts';
import { dayReport } from '../../server/reports/day-report.ts';
import { effectsOfDay } from '../../server/reports/effect-report.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { DAY, OPENING } from '../support/branch.ts';
import { FloatingHall } from '../support/floating-hall.ts';
import { Hall } from '../support/hall.ts';
import { branchesNamed, ownDatabase, openHall } from '../support/running-hall.ts';

/** The log of a hall as the server keeps it, a few events in each commit. */
async function storeOf(hall: Hall): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (let version = 1; (version - 1) * 3 < hall.log.length; version += 1) {
    const events = hall.log.slice((version - 1) * 3, version * 3);
    await store.append({ branchId: 'test', day: DAY, version, events, visits: [], reopened: [] });
  }
  return store;
}
const reportOf = async (hall: Hall) => (await dayReport(await storeOf(hall), 'test', DAY, OPENING)).figures;
const effectsOf = async (hall: Hall) => effectsOfDay(await storeOf(hall), 'test', DAY);

describe('the figures of a day', () => {
  test('are those of who came, waited, was served, missed, and left', async () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.take('deposit');
    hall.wait({ minutes: 4 }).next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    const second = hall.take('deposit', { careNeeds: ['sight'] });
    hall.wait({ minutes: 6 }).do({ type: 'CallNext', counterId: 'c1', finish: 'done' });
    expect(hall.ticket(second).status).toBe('called');
    hall.wait({ seconds: 30 }).do({ type: 'MarkNoShow', counterId: 'c1' });
    const third = hall.take('account');
    hall.wait({ minutes: 30 }).do({ type: 'CancelTicket', ticketId: third, reason: 'left' });

    expect(await reportOf(hall)).toMatchObject({
      ...{ from: OPENING, slotMinutes: 30, until: hall.now, over: false },
      ...{ issued: 3, finished: 1, missed: 1, left: 1, called: 2, meanWait: 5, longestWait: 6 },
      // The second one has a care need, and the shorter target that goes with it.
      waits: { all: [{ slot: 0, called: 2, mean: 5, longest: 6, target: 7.5 }], segments: { vip: [] } },
      within: {
        cash: { called: 2, within: 1, targetMinutes: 10 },
        'non-cash': { called: 0, within: 0, targetMinutes: 15 },
      },
    });
  });

  test('say what came of offers to do it at a machine, of nobody with a care need', async () => {
    const hall = Hall.open().openCounter('c5');
    expect((await reportOf(hall))?.diversion).toBeUndefined();
    const offered = (answer: 'accepted' | 'declined') =>
      hall.take('atm', { offer: { channel: 'machine', answer, savesMinutes: 10 } });
    const [failing, careful] = [offered('accepted'), offered('accepted')];
    offered('accepted');
    offered('declined');
    hall.do({ type: 'LeaveOffer', service: 'atm', channel: 'machine', savesMinutes: 10 });
    hall.do({ type: 'MarkCareNeeds', ticketId: careful, careNeeds: ['sight'] });
    expect(hall.next('c5').ticketId).toBe(failing);
    hall.do({ type: 'StartService', counterId: 'c5' });
    hall.do({ type: 'FinishService', counterId: 'c5', outcome: 'not-possible' });
    expect((await reportOf(hall))?.diversion).toEqual({
      accepted: 2,
      declined: 1,
      left: 1,
      failed: 1,
      savedMinutes: 10,
    });
  });

  test('put a wait in the half hour in which the ticket was taken, beside what was told then', async () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.take('deposit');
    hall.next('c1');
    hall.take('deposit');
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.wait({ minutes: 31 }).do({ type: 'CallNext', counterId: 'c1', finish: 'done' });
    const told = hall.ticket([...hall.day.tickets.keys()][1] ?? '').quote;
    expect(told?.p50).toBeGreaterThan(0);
    const report = await reportOf(hall);
    expect(report?.waits.all).toEqual([
      expect.objectContaining({
        ...{ slot: 0, called: 2, mean: 15.5, longest: 31 },
        told: { p50: expect.closeTo((told?.p50 ?? 0) / 2), p80: expect.closeTo((told?.p80 ?? 0) / 2) },
      }),
    ]);
    expect(report?.waits.segments['cash']).toEqual(report?.waits.all);
  });

  test('follow the windows of people, the floating ones apart, and an undo takes one back', async () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c5');
    hall.wait({ minutes: 30 }).openCounter('c3', 'ben');
    hall.wait({ minutes: 15 }).do({ type: 'CloseCounter', counterId: 'c3' });
    hall.wait({ minutes: 15 }).openCounter('c4', 'dan');
    hall.do({ type: 'UndoLast', counterId: 'c4' });
    const report = await reportOf(hall);
    const at = (minutes: number, open: number, floating: number) => ({
      at: OPENING + minutes * MINUTE,
      open,
      floating,
    });
    expect(report?.windows).toEqual([
      ...[at(0, 0, 0), at(0, 1, 0), at(30, 2, 1), at(45, 1, 0)],
      ...[at(60, 2, 0), at(60, 1, 0)],
    ]);
    expect(report?.windowHours).toBeCloseTo(1.25);
  });

  test('need as many windows as the work that came would keep busy; machines do their own', async () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c5');
    hall.take('atm');
    hall.next('c5');
    hall.do({ type: 'StartService', counterId: 'c5' });
    hall.take('deposit');
    hall.next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.wait({ minutes: 15 }).do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    hall.do({ type: 'FinishService', counterId: 'c5', outcome: 'done' });
    // Two that still wait: one for people, typically 12 minutes, one for a machine.
    hall.wait({ minutes: 15 }).take('account');
    hall.take('atm');
    expect((await reportOf(hall))?.needed).toEqual([
      { slot: 0, windows: 0.5 },
      { slot: 1, windows: 0.4 },
    ]);
  });

  test('are missing for a day that was never opened', async () => {
    expect(await dayReport(new MemoryStore(), 'test', DAY, OPENING)).toEqual({ branchId: 'test', day: DAY });
    expect(await effectsOfDay(new MemoryStore(), 'test', DAY)).toMatchObject({
      proposals: [],
      approved: 0,
      measured: 0,
    });
  });
});

describe('the effects of a day', () => {
  const rush = (mode: 'advise' | 'automatic' = 'advise') => {
    const hall = FloatingHall.with({ mode });
    hall.openCounter('c1', 'ann');
    hall.takeMany('deposit', 5).pass(1);
    return hall;
  };

  test('stand beside what was promised, and say how far they are apart', async () => {
    const hall = rush();
    hall.approve('p1');
    hall.pass(4);
    for (let served = 0; served < 3; served += 1) hall.serveNext('c1');
    hall.pass(26);
    const [proposal] = hall.proposals;
    const { promised, came } = proposal ?? {};
    if (promised === undefined || came === undefined) throw new Error('nothing was measured');
    expect(came).toEqual({ waiting: 2, longest: 31, mean: 15.4 });
    const worse = came.longest - promised.after.longest;
    expect(worse).toBeGreaterThan(4);
    const effects = await effectsOf(hall);
    expect(effects).toMatchObject({ approved: 1, byItself: 0, measured: 1, dismissed: {} });
    expect(effects.kept?.longest).toEqual({
      held: 0,
      margin: 4,
      bias: expect.closeTo(worse),
      error: expect.closeTo(worse),
    });
    // Fewer wait than was feared: that pleases, and the promise has held.
    expect(effects.kept?.waiting.held).toBe(came.waiting - promised.after.waiting <= 2 ? 1 : 0);
    expect(effects.proposals[0]).toMatchObject({ id: 'p1', promised, came });
  });

  test('count what was dismissed and why, what nobody answered, and what the hall overtook', async () => {
    const hall = rush();
    hall.do({ type: 'DismissProposal', proposalId: 'p1', reason: 'nobody-free' });
    // The next one is left to run out, and the one after that is overtaken: somebody has opened the window.
    hall.pass(10);
    expect(hall.proposals.map(({ status }) => status)).toEqual(['dismissed', 'expired', 'pending']);
    hall.openCounter('c3', 'eve').pass(1);
    const effects = await effectsOf(hall);
    expect(effects).toMatchObject({
      ...{ approved: 0, measured: 0, dismissed: { 'nobody-free': 1 }, expired: { time: 1, overtaken: 1 } },
      proposals: [{}, { expiredBecause: 'time' }, { expiredBecause: 'overtaken' }],
    });
    expect(effects.kept).toBeUndefined();
  });

  test('say which were done by the system itself', async () => {
    expect(await effectsOf(rush('automatic'))).toMatchObject({
      approved: 1,
      byItself: 1,
      proposals: [{ byItself: true }],
    });
  });
});

test('managers of the branch read them, of today and of any day; nobody else does', async () => {
  const hall = await openHall({ branches: branchesNamed('b', 'c'), adapters: await ownDatabase() });
  const ask = async (token: string | undefined, path: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${hall.url}/api/branches/b/reports/${path}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  const manager = await hall.token({ branchId: 'b', role: 'manager', staffId: '2008' });
  const elsewhere = await hall.token({ branchId: 'c', role: 'manager', staffId: '2008' });
  const teller = await hall.token({ branchId: 'b', role: 'teller', staffId: '2001' });
  for (const path of ['day', 'effects']) {
    expect(await ask(manager, path)).toMatchObject({ status: 200, body: { branchId: 'b' } });
    expect((await ask(manager, `${path}?day=2020-01-01`)).status).toBe(200);
    expect((await ask(manager, `${path}?day=yesterday`)).status).toBe(400);
    expect((await ask(elsewhere, path)).status).toBe(403);
    expect((await ask(teller, path)).status).toBe(403);
    expect((await ask(undefined, path)).status).toBe(401);
  }
  expect((await ask(manager, 'day')).body).toMatchObject({ figures: { issued: 1, over: false, slotMinutes: 30 } });
  kiosk.close();
  await hall.close();
}, 60_000);
