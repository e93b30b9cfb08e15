import { pino } from 'pino';
import { Audit } from '../server/audit/audit.ts';
import { verifyChain } from '../server/audit/chain.ts';
import { systemClock } from '../server/clock.ts';
import { openStore } from '../server/store/open-store.ts';
import { wholeDay } from './load-day.ts';

/**
 * A day of 1,500 tickets is taken over from the log into the audit, in rounds of so many commands, as a busy hall makes them in
 * two seconds, or all at once, as after a night without a server; then the chain is checked.
 */

const BRANCH = 'b1';
const DAY = '2026-11-24';
const IN_ROUNDS = 20;

export interface AuditFigure {
  readonly rows: number;
  /** Of this process, for each row, µs: a command makes one. */
  readonly inRoundsUs: number;
  readonly atOnceUs: number;
  readonly checkUs: number;
  /** The whole check, ms on the clock. */
  readonly checkMs: number;
}

export async function benchAudit(databaseUrl: string): Promise<AuditFigure> {
  const commits = wholeDay();
  const log = pino({ level: 'silent' });
  const database = await openStore({ databaseUrl, log });
  const { store, records } = database;
  try {
    let version = 0;
    const append = async (branchId: string, until: number) => {
      for (; version < until; version += 1)
        await store.append({
          ...{ branchId, day: DAY, version: version + 1, events: commits[version] ?? [] },
          ...{ visits: [], reopened: [] },
        });
    };
    const rounds = new Audit({ audit: database.audit, store, records, clock: systemClock });
    let [rows, inRounds] = [0, 0];
    while (version < commits.length) {
      await append(BRANCH, Math.min(version + IN_ROUNDS, commits.length));
      inRounds += await cpuOf(async () => void (rows += await rounds.catchUp(BRANCH)));
    }
    version = 0;
    await append('b2', commits.length);
    const fresh = new Audit({ audit: database.audit, store, records, clock: systemClock });
    const atOnce = await cpuOf(async () => void (await fresh.catchUp('b2')));
    const begun = performance.now();
    const check = await cpuOf(async () => {
      const verdict = await verifyChain(database.audit, BRANCH);
      if (!verdict.ok || verdict.rows !== rows) throw new Error(`the chain is not whole: ${JSON.stringify(verdict)}`);
    });
    const checkMs = performance.now() - begun;
    return { rows, inRoundsUs: inRounds / rows, atOnceUs: atOnce / rows, checkUs: check / rows, checkMs };
  } finally {
    await database.close();
  }
}

/** @returns µs of this process: what other work on the machine took is not in it */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
