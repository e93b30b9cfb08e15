import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { PrintRecords } from '../../server/printing-ports.ts';
import { memoryPrintRecords } from '../../server/store/memory-print-records.ts';
import { openStore } from '../../server/store/open-store.ts';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);
const log = pino({ level: 'silent' });
const NOW = Date.parse('2026-11-24T01:00:00Z');
const DAY_MS = 24 * 3_600_000;

interface Open {
  readonly papers: PrintRecords;
  close(): Promise<void>;
}

async function postgres(): Promise<Open> {
  const server = await ensurePostgres();
  const { url, drop } = await freshDatabase(server);
  const { papers, close } = await openStore({ databaseUrl: url, log });
  return {
    papers,
    async close() {
      await close();
      await drop();
      await server.stop();
    },
  };
}

const ADAPTERS: Readonly<Record<string, () => Promise<Open>>> = {
  memory: () => Promise.resolve({ papers: memoryPrintRecords(), close: () => Promise.resolve() }),
  embedded: () => openStore({ log }),
  postgres,
};

describe.each(Object.entries(ADAPTERS))('papers, %s', (name, open) => {
  let opened: Open;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test('of many who begin the same paper one prints it, and each copy is a paper of its own', async () => {
    const paper = { ticketId: 't1', copy: 1 };
    const begun = await Promise.all(Array.from({ length: 5 }, () => opened.papers.begin(paper, NOW)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await opened.papers.begin({ ...paper, copy: 2 }, NOW)).toBe(true);
    expect(await opened.papers.begin({ ticketId: 't2', copy: 1 }, NOW)).toBe(true);
  });

  test('how it went is known to everybody, once it is over', async () => {
    const paper = { ticketId: 't3', copy: 1 };
    expect(await opened.papers.resultOf(paper)).toBeUndefined();
    await opened.papers.begin(paper, NOW);
    expect(await opened.papers.resultOf(paper)).toBeUndefined();
    await opened.papers.finish(paper, { printed: false, sent: true, state: 'empty' });
    expect(await opened.papers.resultOf(paper)).toEqual({ printed: false, sent: true, state: 'empty' });
    expect(await opened.papers.begin(paper, NOW)).toBe(false);
  });

  if (name !== 'memory')
    test('what is older than a day is forgotten', async () => {
      await opened.papers.begin({ ticketId: 't4', copy: 1 }, NOW + DAY_MS + 1);
      expect(await opened.papers.resultOf({ ticketId: 't3', copy: 1 })).toBeUndefined();
    });
});
