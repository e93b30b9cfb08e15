import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { DomainEvent } from '../../domain/events.ts';
import type { BranchId, BusinessDay, Instant } from '../../domain/ids.ts';
import type { RecordedCustomers } from '../../domain/replay/customers.ts';
import type { WhatIfProgress, WhatIfRequest } from '../../protocol/what-if.ts';
import type { Clock, EventStore, Records } from '../ports.ts';
import { runTask, TooLong } from './run-task.ts';
import { Turns } from './turns.ts';

/** Two threads leave the hall its share of a small machine. */
const AT_ONCE = 2;
const MOST_WAITING = 6;
const TIME_LIMIT_MS = 60_000;
const KEPT_MS = 60 * 60_000;
const MOST_KEPT = 50;
/** The list of days goes back so far. */
const MOST_DAYS = 400;

export interface WhatIfsOptions {
  readonly store: EventStore;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Logger;
  /** The first day that has not begun. */
  readonly tomorrowOf: (branchId: BranchId) => BusinessDay;
  /** When a day begins. */
  readonly beginningOf: (branchId: BranchId, day: BusinessDay) => Instant;
  readonly timeLimitMs?: number;
}

interface Kept {
  readonly branchId: BranchId;
  progress: WhatIfProgress;
  readonly startedAt: Instant;
}

/** Recorded days, and what would have come of them under other policies. Each runs in a thread of its own, and is kept for an hour. */
export class WhatIfs {
  readonly #kept = new Map<string, Kept>();
  readonly #turns = new Turns(AT_ONCE, MOST_WAITING);
  readonly #stopping = new AbortController();

  constructor(private readonly options: WhatIfsOptions) {}

  /** Closed days, newest first. Rejects when the store is away. */
  async days(branchId: BranchId): Promise<readonly BusinessDay[]> {
    const { store, records, tomorrowOf } = this.options;
    const opened = await records.openedDays(branchId, undefined, tomorrowOf(branchId));
    const unclosed = new Set(await store.unclosedDays(branchId));
    return opened
      .filter((day) => !unclosed.has(day))
      .reverse()
      .slice(0, MOST_DAYS);
  }

  /** @returns its id; or nothing when too many are waiting already. The day must be a closed one. */
  start(branchId: BranchId, { day, policies }: WhatIfRequest): string | undefined {
    this.#sweep();
    if (this.#turns.full) return undefined;
    const id = randomUUID();
    const of = policies.length + 1;
    const kept: Kept = { branchId, progress: { state: 'running', done: 0, of }, startedAt: this.options.clock.now() };
    this.#kept.set(id, kept);
    void this.#turns.take(async () => {
      try {
        const from = this.options.beginningOf(branchId, day);
        const task = { kind: 'what-if', events: await this.#events(branchId, day), policies, from } as const;
        const progress = (done: number) => (kept.progress = { state: 'running', done, of });
        const { result } = await runTask(task, { ...this.#limits(), progress });
        kept.progress = { state: 'done', result };
      } catch (error) {
        const tooLong = error instanceof TooLong;
        if (!this.#stopping.signal.aborted) this.options.log.warn({ err: error, branchId, day }, 'a what-if failed');
        kept.progress = { state: 'failed', why: tooLong ? 'too-long' : 'broken' };
      }
    });
    return id;
  }

  /** Nothing when there is none of this id in this branch, or not any more. */
  progress(branchId: BranchId, id: string): WhatIfProgress | undefined {
    this.#sweep();
    const kept = this.#kept.get(id);
    return kept?.branchId === branchId ? kept.progress : undefined;
  }

  /** Who came on a closed day, for the simulator; nothing when too many are waiting. Rejects when it cannot be read. */
  async customers(branchId: BranchId, day: BusinessDay): Promise<RecordedCustomers | undefined> {
    if (this.#turns.full) return undefined;
    return this.#turns.take(async () => {
      const task = { kind: 'customers', events: await this.#events(branchId, day) } as const;
      return (await runTask(task, this.#limits())).result;
    });
  }

  /** Ends all that run. */
  stop(): void {
    this.#stopping.abort();
  }

  #limits() {
    return { timeLimitMs: this.options.timeLimitMs ?? TIME_LIMIT_MS, signal: this.#stopping.signal };
  }

  async #events(branchId: BranchId, day: BusinessDay): Promise<readonly DomainEvent[]> {
    return (await this.options.store.read(branchId, day, 0)).flatMap(({ events }) => events);
  }

  #sweep(): void {
    const before = this.options.clock.now() - KEPT_MS;
    for (const [id, { startedAt, progress }] of this.#kept) {
      const over = startedAt < before || this.#kept.size > MOST_KEPT;
      if (over && progress.state !== 'running') this.#kept.delete(id);
    }
  }
}
