import { isDeepStrictEqual } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { COMMON_MESSAGES } from '../../client/messages.ts';
import { refusalText } from '../../client/refusal.ts';
import { LOCALES } from '../../domain/config.ts';
import { evolve } from '../../domain/evolve.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { BranchDay } from '../../domain/state.ts';
import { viewFor } from '../../domain/views/view-for.ts';
import type { Audience } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import type { Ack, ViewMessage } from '../../protocol/messages.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { attemptOf, branchNo, randomSteps } from '../support/random-day.ts';
import { branchesNamed, noJobs, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';

/**
 * Ten managers and ten tellers act on one hall at random for two minutes, all at once. Every view that any of them is sent is
 * compared with the log, every undo with what was before, every refusal with the words that the screens have for it.
 */

const SECONDS = 120;
const PEOPLE = 20;
const FROM_OUTSIDE = new Set(['TakeTicket', 'CancelTicket', 'TransferTicket', 'PrioritiseTicket', 'UndoLast']);
let hall: RunningHall | undefined;
afterAll(async () => hall?.close());

interface Person {
  readonly screen: Screen;
  readonly audience: Audience;
}

async function enter(seed: number): Promise<{ readonly hall: RunningHall; readonly people: readonly Person[] }> {
  const [garden] = branchesNamed('b');
  if (garden === undefined) throw new Error('no branch');
  const config = { ...branchNo(seed), branchId: 'b', undoSeconds: 10 };
  const staff = config.staff.map(({ id }) => ({ id, name: id }));
  const store = new ShakyStore(new MemoryStore(), { shared: false });
  const adapters = { database: store.database(), jobs: noJobs };
  const opened = await openHall({ env: testEnv(), branches: [{ ...garden, config, staff }], adapters });
  hall = opened;
  const people = Array.from({ length: PEOPLE }, async (_, place): Promise<Person> => {
    const counterId = `c${(place % 4) + 1}`;
    const audience = place % 2 === 0 ? ({ kind: 'manager' } as const) : ({ kind: 'counter', counterId } as const);
    const staffId = staff[place % staff.length]?.id;
    const role = place % 2 === 0 ? 'manager' : 'teller';
    return { audience, screen: await opened.screen('b', { role, staffId }, audience) };
  });
  return { hall: opened, people: await Promise.all(people) };
}

/** The log, followed commit by commit, and everything that must be so after each. */
class Log {
  state: BranchDay | undefined;
  version = 0;
  undos = 0;
  readonly #before = new Map<string, BranchDay['tickets'] | BranchDay['counters']>();
  readonly #changed = new Map<string, string[]>();

  constructor(private readonly hall: RunningHall) {}

  /** @param saw told of each version, in the state that it is of */
  async follow(saw: (version: number, state: BranchDay) => void): Promise<void> {
    for (const { version, events } of await this.hall.store.read('b', '2026-11-24', this.version)) {
      for (const event of events) this.#take(event);
      this.version = version;
      if (this.state !== undefined) saw(version, this.state);
    }
  }

  #take(event: DomainEvent): void {
    const { commandId } = event;
    const before = this.#records();
    this.state = evolve(this.state, event);
    const after = this.#records();
    if (event.type === 'ActionUndone') return this.#undone(event.undoneCommandId, after);
    const changed = this.#changed.get(commandId) ?? [];
    this.#changed.set(commandId, changed);
    for (const [id, record] of after) {
      if (before.get(id) === record || changed.includes(id)) continue;
      changed.push(id);
      this.#before.set(`${commandId} ${id}`, before.get(id) as never);
    }
  }

  #undone(commandId: string, after: ReadonlyMap<string, unknown>): void {
    this.undos += 1;
    for (const id of this.#changed.get(commandId) ?? []) {
      const was = restored(this.#before.get(`${commandId} ${id}`));
      if (!isDeepStrictEqual(restored(after.get(id)), was))
        throw new Error(`the undo of ${commandId} left ${id} changed`);
    }
  }

  #records(): Map<string, unknown> {
    return new Map<string, unknown>([...(this.state?.tickets ?? []), ...(this.state?.counters ?? [])]);
  }
}

/** But for the marks of the undo itself: that it was touched, and the full time of a call that is on again (rule U4). */
function restored(record: unknown): object {
  const { touched: _touched, call, ...rest } = record as { touched?: number; call?: object };
  return { ...rest, call: call && { ...call, lastAt: 0 } };
}

/** What a person reads, in each language. */
function sentencesOf(ack: Exclude<Ack, { ok: true }>): string[] {
  return LOCALES.map((locale) => {
    const words = (key: string, named: Record<string, unknown>) => {
      const found = key
        .split('.')
        .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], COMMON_MESSAGES[locale]);
      return String(found).replace(/\{(\w+)\}/g, (all, name: string) => {
        const value = named[name];
        return typeof value === 'string' || typeof value === 'number' ? String(value) : all;
      });
    };
    return refusalText(words, ack);
  });
}

test.each([3])(
  'seed %i: no screen shows what the log does not have, undos restore, refusals are sentences',
  async (seed) => {
    const { hall: opened, people } = await enter(seed);
    const log = new Log(opened);
    const seen = new Map<number, { message: ViewMessage; audience: Audience }[]>();
    const checked = new Set<ViewMessage>();
    const chance = xoroshiro128plus(seed);
    const below = (n: number) => uniformInt(chance, 0, n - 1);
    const steps = randomSteps(seed, SECONDS * 8);
    let accepted = 0;
    const refusals = new Set<string>();

    const collect = () => {
      for (const { screen, audience } of people)
        for (const message of screen.views)
          if (!checked.has(message)) {
            checked.add(message);
            seen.set(message.version, [...(seen.get(message.version) ?? []), { message, audience }]);
          }
    };
    const compare = (version: number, state: BranchDay) => {
      // Made once for all who look at the same.
      const made = new Map<string, string>();
      for (const { message, audience } of seen.get(version) ?? []) {
        const key = JSON.stringify([audience, message.at]);
        const expected = made.get(key) ?? JSON.stringify(viewFor(state, audience, message.at));
        made.set(key, expected);
        if (JSON.stringify(message.view) !== expected)
          throw new Error(`the ${audience.kind} view of version ${version} is not what the log has`);
      }
      seen.delete(version);
    };

    await log.follow(() => {});
    for (let second = 0; second < SECONDS; second += 1) {
      const sent = steps.slice(second * 8, second * 8 + 8).flatMap((step) => {
        if (log.state === undefined) return [];
        const { command } = attemptOf(log.state, step);
        if (!('counterId' in command) && !FROM_OUTSIDE.has(command.type)) return [];
        if (command.type === 'OpenReadyCounter') return [];
        const person = people[below(people.length)];
        return person === undefined ? [] : [person.screen.send(command as OutsideCommand)];
      });
      for (const ack of await Promise.all(sent)) {
        if (ack.ok) accepted += 1;
        else for (const sentence of sentencesOf(ack)) refusals.add(sentence);
      }
      // Not longer than a second: then every screen is where the log is.
      await opened.clock.advanceBy(1_000);
      const head = await opened.store.head('b', '2026-11-24');
      await Promise.all(people.map(({ screen }) => screen.until(({ version }) => version >= head)));
      collect();
      await log.follow(compare);
    }

    expect([...seen.keys()].filter((version) => version > 1 && version <= log.version)).toEqual([]);
    expect(checked.size).toBeGreaterThan(PEOPLE * SECONDS * 0.8);
    expect(accepted).toBeGreaterThan(150);
    expect(log.undos).toBeGreaterThan(5);
    expect(refusals.size).toBeGreaterThan(20);
    for (const sentence of refusals) expect(sentence).toMatch(/^[^{}]{4,}[。.！!]$/);
    for (const { screen } of people) screen.close();
    await opened.close();
    hall = undefined;
  },
  60_000,
);
