import type { Logger } from 'pino';
import type { BranchConfig } from '../domain/config.ts';
import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';
import type { Problem } from '../protocol/messages.ts';
import { BranchHost } from './branch-host.ts';
import { businessDayAt } from './business-day.ts';
import { closeDay, openDay, type DayKnown } from './day-keeper.ts';
import type { Bus, Clock, EventStore } from './ports.ts';
import { SHUTTING_DOWN, UNKNOWN_BRANCH } from './problems.ts';

export type Today =
  { readonly ok: true; readonly host: BranchHost } | { readonly ok: false; readonly problem: Problem };

export interface HostsOptions {
  readonly branches: ReadonlyMap<BranchId, BranchConfig>;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Logger;
  /** What a day is opened with. Never rejects. */
  readonly knownOf: (branchId: BranchId, day: BusinessDay) => Promise<DayKnown>;
}

export interface HostListener {
  /** There is a new version of the branch's present day. */
  changed(branchId: BranchId): void;
  /** The branch's present business day is open: a first one, or another than before. */
  newDay(branchId: BranchId): void;
}

/** At the start. */
const OPENED_AT_ONCE = 16;

interface Current {
  readonly host: BranchHost;
  readonly until: Instant;
  /** Resolves when the day is open and what was left open before it is closed. */
  readonly ready: Promise<Problem | undefined>;
}

/** The hosts of this process: for each branch the one of its present business day. */
export class Hosts {
  readonly #options: HostsOptions;
  readonly #current = new Map<BranchId, Current>();
  readonly #listeners = new Set<HostListener>();
  readonly #unsubscribe: () => void;
  #stopped = false;

  constructor(options: HostsOptions) {
    this.#options = options;
    this.#unsubscribe = options.bus.subscribe(({ branchId, day, version }) => {
      const host = this.#current.get(branchId)?.host;
      if (host?.day === day) host.heardOf(version);
    });
  }

  listen(listener: HostListener): void {
    this.#listeners.add(listener);
  }

  knows(branchId: BranchId): boolean {
    return this.#options.branches.has(branchId);
  }

  /** The hosts of the days that are open now. */
  open(): BranchHost[] {
    return [...this.#current.values()].map(({ host }) => host);
  }

  /** Opens every branch's day, so that timers left from before a restart run even when nobody comes. */
  async openAll(): Promise<void> {
    // A few at a time: a thousand that ask the database at once would wait longer than it lets anybody wait.
    const left = [...this.#options.branches.keys()].values();
    const openSome = async () => {
      for (const branchId of left) await this.today(branchId);
    };
    await Promise.all(Array.from({ length: OPENED_AT_ONCE }, openSome));
  }

  /** The host of the branch's present business day, opened. Every use looks at the calendar, so a missed midnight does no harm. */
  async today(branchId: BranchId): Promise<Today> {
    const config = this.#options.branches.get(branchId);
    if (config === undefined) return { ok: false, problem: UNKNOWN_BRANCH };
    const now = this.#options.clock.now();
    let current = this.#current.get(branchId);
    if (this.#stopped) return current ? { ok: true, host: current.host } : { ok: false, problem: SHUTTING_DOWN };
    if (current === undefined || now >= current.until) current = this.#begin(config, now);
    const problem = await current.ready;
    if (problem === undefined) return { ok: true, host: current.host };
    // Not open: the next use tries again.
    if (this.#current.get(branchId) === current) this.#current.delete(branchId);
    return { ok: false, problem };
  }

  /** Takes no more commands, and resolves when all that came are answered and their hosts have stopped. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    const stopped = [...this.#current.values()].map(({ host, ready }) => ready.then(() => host.stop()));
    await Promise.all(stopped);
  }

  #begin(config: BranchConfig, now: Instant): Current {
    const { branchId } = config;
    const { day, until } = businessDayAt(now, config.timeZone);
    const before = this.#current.get(branchId)?.host;
    const host = this.#host(branchId, day, () => this.#tell('changed', branchId));
    const current = { host, until, ready: this.#open(host, config, before) };
    this.#current.set(branchId, current);
    return current;
  }

  async #open(host: BranchHost, config: BranchConfig, before: BranchHost | undefined): Promise<Problem | undefined> {
    const problem = await openDay(host, config, await this.#options.knownOf(config.branchId, host.day));
    if (problem !== undefined) {
      await Promise.all([host.stop(), before?.stop()]);
      return problem;
    }
    this.#options.log.info({ branchId: host.branchId, day: host.day }, 'the business day is open');
    this.#tell('newDay', host.branchId);
    await this.#closeOlder(host, before);
    return undefined;
  }

  async #closeOlder(host: BranchHost, before: BranchHost | undefined): Promise<void> {
    const { branchId, day: today } = host;
    try {
      for (const day of await this.#options.store.unclosedDays(branchId)) {
        if (day >= today) continue;
        const old = before?.day === day ? before : this.#host(branchId, day, () => {});
        const problem = await closeDay(old);
        await old.stop();
        this.#options.log.info(
          { branchId, day, ...problem },
          problem === undefined ? 'the business day is closed' : 'not closed',
        );
      }
    } catch (error) {
      // Tried again at the next change of day or start; today goes on meanwhile.
      this.#options.log.error({ err: error, branchId }, 'days left open could not be closed');
    }
    await before?.stop();
  }

  #host(branchId: BranchId, day: BusinessDay, changed: () => void): BranchHost {
    const { store, clock, bus, log } = this.#options;
    return new BranchHost({ branchId, day, store, clock, bus, log, changed });
  }

  #tell(what: keyof HostListener, branchId: BranchId): void {
    for (const listener of this.#listeners) listener[what](branchId);
  }
}
