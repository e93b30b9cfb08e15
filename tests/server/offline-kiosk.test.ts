import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { SendResult } from '../../client/connection.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { Database } from '../../server/compose.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { OfflineDesk } from '../../kiosk/offline/offline-desk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { MemoryKiosk } from '../support/memory-kiosk.ts';
import { branchesNamed, ownDatabase, noJobs, openHall, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';

/** The server dies in the middle of a rush, two kiosks go on, and it comes back: in twenty halls at once, each by its own seed. */
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);
const OFFLINE_TICKETS = 30;
const SERVICES = ['deposit-withdrawal', 'transfer', 'statement-print'];

const clock = new ManualClock();

/** Killed and started again on the same log. */
function open(database: Database): Promise<RunningHall> {
  const kept = { ...database, close: () => Promise.resolve() };
  return openHall({ branches: branchesNamed(...SEEDS.map(nameOf)), clock, adapters: { database: kept, jobs: noJobs } });
}

function nameOf(seed: number): string {
  return `rush-${seed}`;
}

/** A kiosk without a browser: its own desk, its own store, and a line that loses answers. */
class Kiosk {
  readonly store = new MemoryKiosk();
  desk = this.#newDesk();
  screen: Screen | undefined;

  constructor(
    readonly branchId: string,
    readonly name: string,
    private readonly below: (n: number) => number,
  ) {}

  async connect(hall: RunningHall): Promise<void> {
    this.screen = await hall.screen(this.branchId, { role: 'kiosk', deviceId: this.name }, { kind: 'kiosk' });
    await this.look();
  }

  /** As the page does with every view. */
  async look(): Promise<void> {
    await this.desk.saw(this.screen?.view('kiosk'));
  }

  /** The page is loaded anew. */
  async restart(): Promise<void> {
    this.desk = this.#newDesk();
    await this.desk.saw(undefined);
  }

  /** @returns the number that the customer holds */
  async take(service: string, commandId: string): Promise<string> {
    const online = await this.#send({ type: 'TakeTicket', services: [service] }, commandId);
    if (online.ok) return online.answer.issued?.number ?? '';
    const insteadOf = 'unconfirmed' in online ? { insteadOf: online.commandId } : {};
    const offline = await this.desk.give({ services: [service], ...insteadOf });
    return offline?.number ?? '';
  }

  #newDesk(): OfflineDesk {
    return new OfflineDesk({
      store: this.store,
      send: (command, commandId) => this.#send(command, commandId ?? crypto.randomUUID()),
      now: () => clock.now(),
      hall: () => {
        const [profile, view] = [this.screen?.profiles.at(-1), this.screen?.view('kiosk')];
        return profile === undefined || view === undefined ? undefined : { profile, view };
      },
    });
  }

  async #send(command: OutsideCommand, commandId: string): Promise<SendResult> {
    if (this.screen?.socket.connected !== true) return { ok: false, unsent: true };
    const ack = await this.screen.send(command, commandId);
    // One answer in four is lost on its way back.
    return this.below(4) === 0 ? { ok: false, unconfirmed: true, commandId } : ack;
  }
}

interface Rush {
  readonly branchId: string;
  readonly kiosks: readonly Kiosk[];
  readonly below: (n: number) => number;
  /** The numbers in people's hands, in the order in which they came. */
  readonly held: string[];
  offline: number;
}

function rushNo(seed: number): Rush {
  const chance = xoroshiro128plus(seed);
  const below = (n: number) => uniformInt(chance, 0, n - 1);
  const branchId = nameOf(seed);
  const kiosks = ['kiosk-1', 'kiosk-2'].map((name) => new Kiosk(branchId, name, below));
  return { branchId, kiosks, below, held: [], offline: 0 };
}

/** Somebody comes to one of the kiosks; now and then its page is loaded anew, or its disk fails once. */
async function comes({ kiosks, below, held }: Rush): Promise<void> {
  await clock.advanceBy(200 + below(2_000));
  const kiosk = kiosks[below(2)]!;
  if (below(5) === 0) await kiosk.restart();
  if (below(8) === 0) kiosk.store.failing = 1;
  const service = SERVICES[below(SERVICES.length)]!;
  const commandId = crypto.randomUUID();
  const number = await kiosk.take(service, commandId).catch(() => kiosk.take(service, commandId));
  kiosk.store.failing = 0;
  held.push(number);
}

const rushes = SEEDS.map(rushNo);
const logs = new Map<string, readonly DomainEvent[]>();

async function logOf(hall: RunningHall, branchId: string): Promise<readonly DomainEvent[]> {
  const today = await hall.hosts.today(branchId);
  if (!today.ok) throw new Error('no day');
  const commits = await hall.store.read(branchId, today.host.day, 0);
  return commits.flatMap(({ events }) => events);
}

let database: Database;
let hall: RunningHall;
beforeAll(async () => {
  database = (await ownDatabase()).database;
  const before = await open(database);
  await Promise.all(rushes.flatMap(({ kiosks }) => kiosks.map((kiosk) => kiosk.connect(before))));
  await before.gathered();
  await Promise.all(rushes.flatMap(({ kiosks }) => kiosks.map((kiosk) => kiosk.look())));
  for (const rush of rushes) for (let n = 3 + rush.below(6); n > 0; n -= 1) await comes(rush);
  await before.close();
  for (const rush of rushes)
    while (rush.offline < OFFLINE_TICKETS) {
      await comes(rush);
      rush.offline += 1;
    }
  hall = await open(database);
  await Promise.all(rushes.flatMap(({ kiosks }) => kiosks.map((kiosk) => kiosk.connect(hall))));
  for (const rush of rushes) await comes(rush);
  // Until every answer has come, also those that were lost.
  const pending = () => rushes.some(({ kiosks }) => kiosks.some(({ store }) => store.ledger.outbox.length > 0));
  while (pending()) await Promise.all(rushes.flatMap(({ kiosks }) => kiosks.map(async (kiosk) => kiosk.desk.handIn())));
  await hall.gathered();
  for (const { branchId } of rushes) logs.set(branchId, await logOf(hall, branchId));
}, 120_000);
afterAll(async () => {
  await hall.close();
  await database.close();
});

describe.each(rushes)('$branchId', ({ branchId, kiosks, held }) => {
  test('everybody is in the queue under the number that they hold, each once, in the order in which they came', async () => {
    const manager = await hall.screen(branchId, { role: 'manager' }, { kind: 'manager' });
    const waiting = manager.view('manager').waiting.map(({ number }) => number);
    manager.close();
    expect(waiting).toEqual(held);
    expect(new Set(waiting).size).toBe(waiting.length);
  });

  test('more than a few of the numbers were given while the server was away, at both kiosks', () => {
    const issued = (logs.get(branchId) ?? []).filter(
      (event) => event.type === 'TicketIssued' && event.offline !== undefined,
    );
    expect(issued.length).toBeGreaterThanOrEqual(OFFLINE_TICKETS);
    for (const { store } of kiosks) expect(store.ledger).toMatchObject({ outbox: [], turnedAway: [] });
  });
});
