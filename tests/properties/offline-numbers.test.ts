import { describe, expect, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { DomainEvent } from '../../domain/events.ts';
import {
  give,
  handedIn,
  newLedger,
  nextBatch,
  takeBack,
  withReserved,
  type Ledger,
} from '../../kiosk/offline/ledger.ts';
import { BRANCH, DAY } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

/**
 * Kiosks that reserve, give, crash, lose their store, hand in twice, get no answer, are unpaired: in any order no number comes twice,
 * and each number of a block is in the queue or accounted for.
 */
const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1);
const STEPS = 120;
/** So few digits that the hall's own numbers soon meet the blocks. */
const CASH = { ...BRANCH.segments[0]!, width: 2, firstNumber: 90 };

interface Kiosk {
  readonly device: string;
  ledger: Ledger;
  /** As it was when its disk last wrote: a crash takes it back to here. */
  durable: Ledger;
}

function lives(seed: number): { readonly hall: Hall; readonly printed: readonly string[] } {
  const chance = xoroshiro128plus(seed);
  const below = (n: number) => uniformInt(chance, 0, n - 1);
  const hall = Hall.open({ offline: { numbers: 1 + below(6) }, segments: [CASH, ...BRANCH.segments.slice(1)] });
  const printed: string[] = [];
  let made = 0;
  const newId = () => `made-${(made += 1)}`;
  const kiosks = ['device:kiosk-1', 'device:kiosk-2', 'device:kiosk-3'].map((device): Kiosk => {
    const ledger = newLedger(newId());
    return { device, ledger, durable: ledger };
  });
  const look = (kiosk: Kiosk) => {
    const view = hall.view({ kind: 'kiosk' });
    kiosk.durable = kiosk.ledger = withReserved(kiosk.ledger, view.day, view.reserved ?? []);
  };

  const steps: ((kiosk: Kiosk) => void)[] = [
    () => printed.push(hall.ticket(hall.take('deposit')).number),
    (kiosk) => {
      hall.try({ type: 'ReserveNumbers', kiosk: kiosk.ledger.kiosk }, kiosk.device);
      if (below(3) > 0) look(kiosk);
    },
    look,
    (kiosk) => {
      const wish = { ticketId: newId(), series: CASH.id, services: ['deposit'], takenAt: hall.now - below(1000) };
      const done = give(
        kiosk.ledger,
        DAY,
        wish,
        (sequence) => CASH.prefix + String(sequence).padStart(CASH.width, '0'),
      );
      if (done === undefined) return;
      kiosk.ledger = done.ledger;
      // Only what is on the disk is printed.
      if (below(8) === 0) return;
      kiosk.durable = kiosk.ledger;
      printed.push(done.given.number);
    },
    (kiosk) => (kiosk.ledger = kiosk.durable),
    (kiosk) => {
      if (below(6) === 0) kiosk.durable = kiosk.ledger = newLedger(newId());
    },
    (kiosk) => {
      const last = kiosk.durable.outbox.at(-1);
      if (last !== undefined && below(4) === 0)
        kiosk.durable = kiosk.ledger = takeBack(kiosk.durable, last.ticket.ticketId);
    },
    (kiosk) => {
      const { ledger, batch } = nextBatch(kiosk.durable, newId);
      kiosk.durable = kiosk.ledger = ledger;
      if (batch === undefined) return;
      const { day, tickets, commandId } = batch;
      hall.do({ type: 'HandInTickets', kiosk: ledger.kiosk, day, tickets }, kiosk.device);
      // The answer may be lost: the next time the same ones come again.
      if (below(3) > 0) kiosk.durable = kiosk.ledger = handedIn(ledger, commandId, []);
    },
    ({ device }) => {
      if (below(10) === 0) hall.try({ type: 'ReleaseNumbers', device }, 'staff:manager');
    },
  ];
  for (let step = 0; step < STEPS; step += 1) {
    hall.wait({ seconds: below(20) });
    // Taking, reserving and giving most of the time.
    steps[below(2) === 0 ? below(4) : below(steps.length)]!(kiosks[below(3)]!);
  }
  hall.do({ type: 'CloseDay' });
  return { hall, printed };
}

/** What became of each number of the blocks: how often it came into the queue, and how often it was accounted for. */
function fatesOf(log: readonly DomainEvent[]): Map<string, { issued: number; released: number }> {
  const fates = new Map<string, { issued: number; released: number }>();
  for (const event of log) {
    if (event.type === 'NumbersReserved')
      for (let sequence = event.from; sequence <= event.to; sequence += 1) {
        const key = `${event.series} ${sequence}`;
        if (fates.has(key)) throw new Error(`${key} is reserved twice`);
        fates.set(key, { issued: 0, released: 0 });
      }
    const issued =
      event.type === 'TicketIssued'
        ? fates.get(`${event.offline?.series ?? event.segment} ${event.sequence}`)
        : undefined;
    if (issued !== undefined) issued.issued += 1;
    if (event.type === 'NumbersReleased')
      for (const sequence of event.unused) fates.get(`${event.series} ${sequence}`)!.released += 1;
  }
  return fates;
}

const days = SEEDS.map((seed) => ({ seed, ...lives(seed) }));

describe.each(days)('seed $seed', ({ hall, printed }) => {
  test('no number is printed twice, nor in the queue twice', () => {
    expect(printed).toEqual([...new Set(printed)]);
    const queued = [...hall.day.tickets.values()].map(({ number }) => number);
    expect(queued).toEqual([...new Set(queued)]);
  });

  test('each number of a block came into the queue or was accounted for, and once', () => {
    const wrong = [...fatesOf(hall.log)].filter(([, { issued, released }]) => issued + released !== 1);
    expect(wrong).toEqual([]);
  });
});

test('the days are full', () => {
  const events = days.flatMap(({ hall }) => hall.log);
  const count = (type: DomainEvent['type']) => events.filter((event) => event.type === type).length;
  expect(count('NumbersReserved')).toBeGreaterThan(500);
  const given = events.filter((event) => event.type === 'TicketIssued' && event.offline !== undefined);
  expect(given.length).toBeGreaterThan(100);
  expect(count('TicketTurnedAway')).toBeGreaterThan(0);
});
