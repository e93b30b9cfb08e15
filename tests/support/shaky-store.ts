import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Database } from '../../server/compose.ts';
import type { CaseRecords } from '../../server/case-ports.ts';
import type { Commit, EventStore, StoredCommit } from '../../server/ports.ts';
import { memoryAudit } from '../../server/store/memory-audit.ts';
import { memoryDayFacts } from '../../server/store/memory-day-facts.ts';
import { memoryIdentities } from '../../server/store/memory-identities.ts';
import { memoryPrintRecords } from '../../server/store/memory-print-records.ts';
import { memoryMails } from '../../server/store/memory-mails.ts';
import { memoryNotices } from '../../server/store/memory-notices.ts';
import { memoryPersonalData } from '../../server/store/memory-personal-data.ts';
import { memoryRatings } from '../../server/store/memory-ratings.ts';
import { memoryReviews } from '../../server/store/memory-reviews.ts';
import { memorySubscriptions } from '../../server/store/memory-subscriptions.ts';
import { notHere } from './not-here.ts';
import type { MemoryStore } from '../../server/store/memory-store.ts';

/** How the next commits go wrong: `lost` before they are written, `unheard` after, when only the answer is lost. */
type Trouble = 'none' | 'lost' | 'unheard' | 'away';

/**
 * One process's way to a log that other processes share: a little late, so that they get between each other's steps, and it
 * can be cut.
 */
export class ShakyStore implements EventStore {
  readonly shared: boolean;
  trouble: Trouble = 'none';
  conflicts = 0;
  #gate: () => Promise<void> = () => Promise.resolve();

  constructor(
    readonly memory: MemoryStore,
    options: { readonly shared: boolean } = { shared: true },
  ) {
    this.shared = options.shared;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  /** From now on commits are held back before they are written: `reached` by the first, until `release`. */
  hold(): { readonly reached: Promise<void>; readonly release: () => void } {
    let release = () => {};
    let arrive = () => {};
    const reached = new Promise<void>((resolve) => (arrive = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#gate = () => {
      arrive();
      return released;
    };
    return { reached, release };
  }

  async append(commit: Commit): Promise<'appended' | 'conflict'> {
    await this.#way();
    await this.#gate();
    if (this.trouble === 'lost') throw new Error('the connection was cut');
    const result = await this.memory.append(commit);
    if (this.trouble === 'unheard') throw new Error('the connection was cut');
    if (result === 'conflict') this.conflicts += 1;
    return result;
  }

  async read(branchId: BranchId, day: BusinessDay, afterVersion: number): Promise<readonly StoredCommit[]> {
    await this.#way();
    return structuredClone(await this.memory.read(branchId, day, afterVersion));
  }

  async head(branchId: BranchId, day: BusinessDay): Promise<number> {
    await this.#way();
    return this.memory.head(branchId, day);
  }

  exclusively<T>(branchId: BranchId, turn: () => Promise<T>): Promise<T> {
    return this.memory.exclusively(branchId, turn);
  }

  async unclosedDays(branchId: BranchId): Promise<readonly BusinessDay[]> {
    await this.#way();
    return this.memory.unclosedDays(branchId);
  }

  database(): Database {
    return {
      kind: 'memory',
      durable: false,
      store: this,
      records: this.memory,
      identities: memoryIdentities(),
      audit: memoryAudit(),
      personalData: memoryPersonalData(),
      papers: memoryPrintRecords(),
      notices: memoryNotices(),
      ratings: memoryRatings(),
      reviews: memoryReviews(),
      dayFacts: memoryDayFacts(),
      cases: notHere<CaseRecords>('cases', { timers: () => Promise.resolve([]) }),
      inbox: notHere('inbox'),
      codes: notHere('codes'),
      surveys: notHere('surveys'),
      mails: memoryMails(),
      subscriptions: memorySubscriptions(),
      check: () => this.#way(),
      close: async () => {},
    };
  }

  async #way(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.trouble === 'away') throw new Error('the database is away');
  }
}
