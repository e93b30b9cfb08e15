import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { answerOf } from '../../domain/answer.ts';
import { evolve } from '../../domain/evolve.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { Instant } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';
import { stored } from '../wire/samples.ts';

/** A newer server on what an older one wrote, in the middle of its day. */

let hall: RunningHall | undefined;
afterEach(() => hall?.close());

function readLog(text: string): DomainEvent[] {
  return (JSON.parse(text) as DomainEvent[]).filter(({ type }) => type !== 'DayClosed');
}

/** As an older server left it: the morning of a log, one commit for each command. */
async function leftBehind(log: readonly DomainEvent[], until: Instant): Promise<MemoryStore> {
  const memory = new MemoryStore();
  const morning = log.filter(({ at }) => at <= until);
  const commands = [...new Set(morning.map(({ commandId }) => commandId))];
  for (const [place, commandId] of commands.entries()) {
    const events = morning.filter((event) => event.commandId === commandId);
    const commit = { branchId: 'sample', day: '2026-11-24', version: place + 1, events, visits: [], reopened: [] };
    await memory.append(commit);
  }
  return memory;
}

test('a day that was opened before there were forecasts goes on: every screen, the next number, the same answers', async () => {
  // Written by the first version that had a log, and never changed since.
  const log = readLog(readFileSync('tests/wire/old/before-forecasts.json', 'utf8'));
  const called = log.findLast(({ type }) => type === 'TicketCalled');
  if (called?.type !== 'TicketCalled') throw new Error('nobody is called in the old log');
  const store = new ShakyStore(await leftBehind(log, called.at), { shared: false });
  const clock = new ManualClock(called.at + 1_000);
  const adapters = { database: store.database(), jobs: noJobs };
  hall = await openHall({ branches: branchesNamed('sample'), adapters, clock });

  const kiosk = await hall.screen('sample', { role: 'kiosk' }, { kind: 'kiosk' });
  await hall.screen('sample', { role: 'display' }, { kind: 'display' });
  await hall.screen('sample', { role: 'manager' }, { kind: 'manager' });
  await hall.screen('sample', { role: 'manager' }, { kind: 'counter', counterId: 'c1' });
  await hall.phone('sample', called.ticketId);
  const own = log.filter(({ commandId }) => commandId === called.commandId);
  // Not by a door: it asks for a UUID, which the ids of that log are not.
  const host = await hall.hosts.today('sample');
  if (!host.ok) throw new Error('the day is not open');
  const command = { type: 'CallNext', counterId: called.counterId } as const;
  const answer = await host.host.handle({ command, actor: called.by, commandId: called.commandId });
  expect(answer).toMatchObject({ ok: true, answer: answerOf(own) });

  const issued = log.filter((event) => event.type === 'TicketIssued' && event.segment === 'cash').length;
  const next = await kiosk.send({ type: 'TakeTicket', services: ['deposit'] });
  expect(next).toMatchObject({ ok: true, answer: { issued: { number: `A00${issued + 1}` } } });
});

test('what a newer version writes into an event of today does not disturb this one', () => {
  const log = readLog(stored('day'));
  const replayed = (events: readonly DomainEvent[]) =>
    events.reduce<BranchDay | undefined>((state, event) => evolve(state, event), undefined);
  const known = replayed(log);
  const strange = replayed(log.map((event) => ({ ...event, fromTheFuture: { what: 'nobody knows' } })));
  expect([...(strange?.tickets.values() ?? [])]).toEqual([...(known?.tickets.values() ?? [])]);
  expect(strange?.queue).toEqual(known?.queue);
});
