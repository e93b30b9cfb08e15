import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Clock, EventStore, Jobs, Records } from '../ports.ts';
import type { DayFactsStore } from '../report-ports.ts';
import type { DayMaker } from './day-maker.ts';

const JOB = 'day-facts';
/** When the day before has been closed, in the branch's time zone. */
const AFTER_MIDNIGHT = '20 0 * * *';
/** Between one day and the next: the hall has the database and this thread in between, ms. */
const BREATH_MS = 100;

export interface FactsKeeperParts {
  readonly store: EventStore;
  readonly records: Records;
  readonly facts: DayFactsStore;
  readonly maker: DayMaker;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of each branch. */
  readonly timeZones: ReadonlyMap<BranchId, string>;
  readonly todayOf: (branchId: BranchId) => BusinessDay;
  /** Days older than this are not made any more: their time is over. */
  readonly keptDays: number;
}

/**
 * Turns each finished day into its facts, once. Days of before, or that are kept in an older form, are made up for; so it may
 * be done twice, and by two processes. A kept day without a log stays as it is.
 */
export class FactsKeeper {
  readonly #stopping = new AbortController();
  #atWork: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: FactsKeeperParts) {}

  /** Begins at once, in the background, and then each night. */
  async start(jobs: Jobs): Promise<void> {
    const { timeZones } = this.parts;
    const branchesOf = (timeZone: unknown) => [...timeZones].filter(([, zone]) => zone === timeZone).map(([id]) => id);
    jobs.handle(JOB, ({ timeZone }) => this.catchUp(branchesOf(timeZone)));
    for (const timeZone of new Set(timeZones.values()))
      await jobs.every(JOB, timeZone, AFTER_MIDNIGHT, timeZone, { timeZone });
    void this.catchUp([...timeZones.keys()]);
  }

  /** Resolves when every finished day of these branches has its facts. Never rejects: what failed is tried again next time. */
  catchUp(branchIds: readonly BranchId[]): Promise<void> {
    // One after the other: a start and a night that meet must not do the same work side by side.
    const caughtUp = this.#atWork.then(async () => {
      for (const branchId of branchIds)
        try {
          await this.#branch(branchId);
        } catch (error) {
          if (this.#stopping.signal.aborted) return;
          this.parts.log.warn({ err: error, branchId }, 'facts of finished days could not be made');
        }
    });
    this.#atWork = caughtUp;
    return caughtUp;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#atWork;
  }

  async #branch(branchId: BranchId): Promise<void> {
    const { facts, maker, clock, log } = this.parts;
    const { signal } = this.#stopping;
    for (const day of await this.#missing(branchId)) {
      if (signal.aborted) return;
      const record = await maker.recordOf(branchId, day);
      if (record !== undefined) await facts.put(branchId, day, record, clock.now());
      log.debug({ branchId, day }, 'the facts of a day were made');
      await pause(BREATH_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Finished days that have a log and no facts, the latest first: those are asked for most. */
  async #missing(branchId: BranchId): Promise<readonly BusinessDay[]> {
    const { records, store, facts, todayOf, keptDays } = this.parts;
    const today = todayOf(branchId);
    const oldest = Temporal.PlainDate.from(today).subtract({ days: keptDays }).toString();
    const opened = await records.openedDays(branchId, oldest, today);
    const done = new Set([...(await facts.days(branchId)), ...(await store.unclosedDays(branchId))]);
    return opened.filter((day) => !done.has(day)).reverse();
  }
}
