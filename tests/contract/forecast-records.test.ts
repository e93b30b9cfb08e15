import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { DomainEvent } from '../../domain/events.ts';
import { EMPTY_MODEL, learnDay, type ForecastModel } from '../../domain/forecast/forecast.ts';
import type { EventStore, MadeForecast, Records } from '../../server/ports.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { openStore } from '../../server/store/open-store.ts';
import { commitOf, dayOpened, missed } from '../support/commits.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });

interface Open {
  readonly store: EventStore;
  readonly records: Records;
  close(): Promise<void>;
}

function memory(): Promise<Open> {
  const store = new MemoryStore();
  return Promise.resolve({ store, records: store, close: () => Promise.resolve() });
}

async function postgres(): Promise<Open> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  const open = await openStore({ databaseUrl: url, log });
  const close = async () => {
    await open.close();
    await drop();
    await server.stop();
  };
  return { store: open.store, records: open.records, close };
}

const slots = (count: number) => Array.from({ length: 48 }, (_, index) => (index === 20 ? count : 0));
const lesson = (day: string, count: number): ForecastModel =>
  learnDay(EMPTY_MODEL, { day, weekday: 2, dayOfMonth: 24, arrivals: { cash: slots(count) } });
const made = (knownUntil: string, count: number): MadeForecast => ({
  forecast: { from: 1_796_000_000_000, slotMinutes: 30, arrivals: { cash: slots(count), 'vip "号"': slots(0.125) } },
  volume: { mean: count, variation: 0.15 },
  knownUntil,
});

describe.each([
  { name: 'in memory', open: memory },
  { name: 'PGlite', open: () => openStore({ log }) as Promise<Open> },
  { name: 'PostgreSQL', open: postgres },
])('the records of forecasts: $name', ({ open }) => {
  let store: EventStore;
  let records: Records;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    ({ store, records } = opened);
    close = () => opened.close();
  });
  afterAll(() => close());

  test('of a branch and day that nobody wrote of there is nothing', async () => {
    expect(await records.forecast('a', '2026-11-24')).toEqual({});
    expect(await records.forecastModel('a')).toBeUndefined();
    expect(await records.openedDays('a', undefined, '2026-11-24')).toEqual([]);
  });

  test('a forecast is read back as it was, and replaced only by one that knows a later day', async () => {
    await records.keepForecast('b', '2026-11-26', made('2026-11-24', 100.125));
    expect(await records.forecast('b', '2026-11-26')).toEqual({ made: made('2026-11-24', 100.125) });
    await records.keepForecast('b', '2026-11-26', made('2026-11-24', 5));
    await records.keepForecast('b', '2026-11-26', made('2026-11-23', 6));
    expect((await records.forecast('b', '2026-11-26')).made?.volume.mean).toBe(100.125);
    await records.keepForecast('b', '2026-11-26', made('2026-11-25', 110));
    expect(await records.forecast('b', '2026-11-26')).toEqual({ made: made('2026-11-25', 110) });
    expect(await records.forecast('b', '2026-11-27')).toEqual({});
    expect(await records.forecast('c', '2026-11-26')).toEqual({});
  });

  test('what came stands beside what was forecast, whichever is written first', async () => {
    await records.keepForecast('d', '2026-11-25', made('2026-11-24', 100));
    await records.keepLesson('d', '2026-11-25', { cash: slots(90) }, lesson('2026-11-25', 90));
    expect(await records.forecast('d', '2026-11-25')).toEqual({
      made: made('2026-11-24', 100),
      came: { cash: slots(90) },
    });
    await records.keepLesson('e', '2026-11-25', { cash: slots(90) }, lesson('2026-11-25', 90));
    expect(await records.forecast('e', '2026-11-25')).toEqual({ came: { cash: slots(90) } });
    await records.keepForecast('e', '2026-11-25', made('2026-11-24', 100));
    expect((await records.forecast('e', '2026-11-25')).came).toEqual({ cash: slots(90) });
  });

  test('the model that has learned the latest day stays, in any order and by two at once', async () => {
    await Promise.all([
      records.keepLesson('f', '2026-11-25', { cash: slots(1) }, lesson('2026-11-25', 80)),
      records.keepLesson('f', '2026-11-25', { cash: slots(1) }, lesson('2026-11-25', 80)),
    ]);
    expect(await records.forecastModel('f')).toEqual(lesson('2026-11-25', 80));
    await records.keepLesson('f', '2026-11-26', { cash: slots(2) }, lesson('2026-11-26', 70));
    await records.keepLesson('f', '2026-11-24', { cash: slots(3) }, lesson('2026-11-24', 60));
    expect(await records.forecastModel('f')).toEqual(lesson('2026-11-26', 70));
    expect((await records.forecast('f', '2026-11-24')).came).toEqual({ cash: slots(3) });
  });

  test('every ticket of the day, as it was issued', async () => {
    const at = Date.UTC(2026, 10, 24, 2);
    const issued = (segment: string, ms: number) =>
      ({ type: 'TicketIssued', segment, at: at + ms, commandId: segment }) as unknown as DomainEvent;
    expect(await records.ticketsIssued('i', '2026-11-24')).toEqual([]);
    await store.append(commitOf('i', 1, { events: [dayOpened('open'), issued('cash', 1), missed('one')] }));
    await store.append(commitOf('i', 2, { events: [issued('vip', 2), issued('cash', 3)] }));
    await store.append(commitOf('i', 1, { day: '2026-11-25', events: [issued('cash', 4)] }));
    const found = [...(await records.ticketsIssued('i', '2026-11-24'))].sort((one, other) => one.at - other.at);
    expect(found).toEqual([
      { segment: 'cash', at: at + 1 },
      { segment: 'vip', at: at + 2 },
      { segment: 'cash', at: at + 3 },
    ]);
  });

  test('the days that were opened between two dates, oldest first, each once, of this branch', async () => {
    for (const day of ['2026-11-23', '2026-11-20', '2026-11-24', '2026-11-21']) {
      await store.append(commitOf('g', 1, { day, events: [dayOpened(`open ${day}`)] }));
      await store.append(commitOf('g', 2, { day }));
    }
    await store.append(commitOf('h', 1, { day: '2026-11-22', events: [dayOpened('other')] }));
    expect(await records.openedDays('g', undefined, '2026-11-24')).toEqual(['2026-11-20', '2026-11-21', '2026-11-23']);
    expect(await records.openedDays('g', '2026-11-20', '2026-11-24')).toEqual(['2026-11-21', '2026-11-23']);
    expect(await records.openedDays('g', '2026-11-24', '2026-11-25')).toEqual([]);
  });
});
