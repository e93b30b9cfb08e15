import { afterEach, expect, test } from '@jest/globals';
import type { Env } from '../../config/env.ts';
import type { Problem } from '../../protocol/messages.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const TOKEN = 'a-token-for-prometheus';
const open: RunningHall[] = [];
afterEach(async () => {
  for (const hall of open.splice(0)) await hall.close();
});

/** No database is needed to see who may read. */
const inMemory = () => ({ database: new ShakyStore(new MemoryStore(), { shared: false }).database(), jobs: noJobs });

async function hallOf(env: Env = testEnv()): Promise<RunningHall> {
  const hall = await openHall({ branches: branchesNamed('b'), adapters: inMemory(), env });
  open.push(hall);
  return hall;
}

/** The samples, by name and labels as Prometheus writes them. */
async function samples(hall: RunningHall): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${hall.url}/metrics`);
  expect(response.status).toBe(200);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

async function morning(hall: RunningHall) {
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  const display = await hall.screen('b', { role: 'display' }, { kind: 'display' });
  const teller = await hall.screen('b', { role: 'teller', staffId: '2006' }, { kind: 'counter', counterId: 'c3' });
  const tickets = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const ack = await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
    if (ack.ok && ack.answer.issued) tickets.push(ack.answer.issued);
  }
  await teller.send({ type: 'OpenCounter', counterId: 'c3', tellerId: '2006' });
  await teller.send({ type: 'CallNext', counterId: 'c3' });
  await teller.send({ type: 'CallNext', counterId: 'c3' });
  await kiosk.sendAnything({ nonsense: true });
  await hall.gathered();
  return { tickets, display };
}

test('what happened in the hall is counted: commands, waits, the log, views, connections', async () => {
  // With the database that `npm start` has.
  const hall = await openHall({ branches: branchesNamed('b') });
  open.push(hall);
  await morning(hall);
  await hall.clock.advanceBy(4_000);
  const seen = await samples(hall);
  expect(seen.get('lobbyflow_commands_total{type="TakeTicket",outcome="accepted"}')).toBe(3);
  expect(seen.get('lobbyflow_commands_total{type="CallNext",outcome="accepted"}')).toBe(1);
  expect(seen.get('lobbyflow_commands_total{type="CallNext",outcome="refused"}')).toBe(1);
  expect(seen.get('lobbyflow_commands_total{type="unreadable",outcome="bad-message"}')).toBe(1);
  expect(seen.get('lobbyflow_refusals_total{code="counter-busy"}')).toBe(1);
  expect(seen.get('lobbyflow_ack_seconds_count')).toBe(7);
  expect(seen.get('lobbyflow_waiting_tickets{branch="b",segment="non-cash"}')).toBe(2);
  expect(seen.get('lobbyflow_turn_queue{branch="b"}')).toBe(0);
  expect(seen.get('lobbyflow_connections{kind="kiosk"}')).toBe(1);
  expect(seen.get('lobbyflow_connections{kind="none"}')).toBe(0);
  expect(seen.get('lobbyflow_screen_age_seconds{kind="display"}')).toBe(4);
  expect(seen.get('lobbyflow_view_lag_seconds_count{kind="counter"}')).toBeGreaterThan(0);
  // The day, three tickets, the counter, the call: each had a turn of its own.
  expect(seen.get('lobbyflow_store_write_commits_sum')).toBe(6);
  expect(seen.get('lobbyflow_store_write_seconds_sum')).toBeGreaterThan(0);
  expect(seen.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect(seen.get('process_resident_memory_bytes')).toBeGreaterThan(0);
}, 60_000);

test('no label holds anything of a person, and the labels are the same after a hundred customers', async () => {
  const hall = await hallOf();
  const { tickets } = await morning(hall);
  const before = [...(await samples(hall)).keys()];
  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  for (let turn = 0; turn < 100; turn += 1) await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
  const after = [...(await samples(hall)).keys()];
  expect(after.filter((name) => name.startsWith('lobbyflow_'))).toEqual(
    before.filter((name) => name.startsWith('lobbyflow_')),
  );
  const words = after.join('\n');
  for (const { ticketId, number } of tickets) {
    expect(words).not.toContain(ticketId);
    expect(words).not.toContain(`"${number}"`);
  }
  expect(words).not.toContain('2006');
}, 60_000);

test('only this machine reads them, or who shows the token', async () => {
  const hall = await hallOf();
  const proxied = await fetch(`${hall.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(proxied.status).toBe(403);
  expect(((await proxied.json()) as { problem: Problem }).problem.code).toBe('not-allowed');

  const guarded = await hallOf(testEnv({ metricsToken: TOKEN }));
  const ask = (authorization?: string) =>
    fetch(`${guarded.url}/metrics`, { ...(authorization && { headers: { authorization } }) });
  expect((await ask()).status).toBe(403);
  expect((await ask('Bearer something-else')).status).toBe(403);
  expect((await ask(`Bearer ${TOKEN}`)).status).toBe(200);
}, 60_000);
