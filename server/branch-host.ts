import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { timersOf } from '../domain/timers.ts';
import type { Ack } from '../protocol/messages.ts';
import { DayCopy } from './day-copy.ts';
import { Looks } from './looks.ts';
import { newId } from './new-id.ts';
import type { Bus, Clock, EventStore } from './ports.ts';
import { BUSY, SHUTTING_DOWN, STORE_AWAY } from './problems.ts';
import { decideTurn, type Outcome, type Request } from './turn.ts';

/** More commands than this waiting for one branch are turned away: the sender learns it at once, not after minutes. */
const MAX_WAITING = 2_000;
/** What was last known of the log counts as the present for so long. */
const PRESENT_MS = 3_000;
/** At most so many commands in one commit, so that a row of the log stays small. */
const MAX_IN_TURN = 500;
/** After a commit of another process, this one takes the branch's lock before it decides, for so long. */
const SHARING_MS = 2_000;
/** Processes that have not yet noticed each other get in between a few times; more than this is a fault. */
const MAX_TRIES = 20;
/** A timer that was refused is not tried again sooner than this. */
const TIMER_PAUSE_MS = 1_000;
/** How often the log is asked for news although the bus works: only a message that it lost would be found. */
const ASK_ANYWAY_MS = 30_000;
/** While the log cannot be read, it is tried again after this, also when nobody asks. */
const STORE_RETRY_MS = 5_000;

interface Waiting extends Request {
  readonly answer: (ack: Ack) => void;
}

export interface BranchHostOptions {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Logger;
  /** Called after every commit that is new here, of this process or of another. */
  readonly changed: () => void;
}

/**
 * One branch on one business day in this process. Holds the state, runs the commands in the order in which they came, and
 * answers each when it is durable. One turn is in flight at a time; what comes meanwhile goes together into the next.
 */
export class BranchHost {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly #options: BranchHostOptions;
  /** Undefined while it is not known what the log holds. */
  #copy: DayCopy | undefined;
  #waiting: Waiting[] = [];
  readonly #looks = new Looks();
  /** The log may have more than the copy. */
  #behind = false;
  /** The newest version that this process has read or written. */
  #seen = 0;
  #running: Promise<void> | undefined;
  #sharedUntil: Instant = 0;
  #stopped = false;
  #asking = false;
  /** When the copy was last known to be all that the log has. */
  #knownAt: Instant = -Infinity;
  #asked: { readonly at: Instant; readonly busWorked: boolean } = { at: -Infinity, busWorked: false };
  #timer: { readonly at: Instant; readonly cancel: () => void } | undefined;
  #timersNotBefore: Instant = 0;

  constructor(options: BranchHostOptions) {
    this.branchId = options.branchId;
    this.day = options.day;
    this.#options = options;
  }

  /** Commands that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Answers when the outcome is durable, or with the problem that kept it from being tried. Never throws. */
  handle(request: Request): Promise<Ack> {
    if (this.#stopped) return Promise.resolve({ ok: false, problem: SHUTTING_DOWN });
    if (this.#waiting.length >= MAX_WAITING) return Promise.resolve({ ok: false, problem: BUSY });
    return new Promise((answer) => {
      this.#waiting.push({ ...request, answer });
      this.#start();
    });
  }

  /**
   * Shows the durable state: at once, or as soon as the turn in flight has ended. `see` must not keep it. What another process
   * may have changed meanwhile is read first: a screen must not show an old hall as the present one.
   * Rejects when the log cannot be read, or with a `BusyError`.
   */
  look<T>(see: (state: BranchDay | undefined, version: number) => T): Promise<T> {
    const copy = this.#copy;
    if (copy !== undefined && this.#running === undefined && this.#isPresent())
      return new Promise((resolve) => resolve(see(copy.state, copy.version)));
    const seen = this.#looks.add(see);
    this.#start();
    return seen;
  }

  /** Shows what this process has at hand, without asking the log; nothing while a turn is in flight. For figures, not for screens. */
  glance<T>(see: (state: BranchDay | undefined) => T): T | undefined {
    return this.#copy === undefined ? undefined : see(this.#copy.state);
  }

  /** The bus says that the log is at this version. */
  heardOf(version: number): void {
    // Its own commits come back from the bus while the next turn is in flight: they are no news.
    if (version <= this.#seen && (this.#copy !== undefined || this.#running !== undefined)) return;
    this.#behind = true;
    this.#start();
  }

  /** Asks the log whether other processes wrote, when the bus would not say so; once more when it has just come back, and rarely else. */
  async checkLog(): Promise<void> {
    const { store, bus, clock } = this.#options;
    if (!store.shared || this.#stopped || this.#asking) return;
    const busWorks = bus.connected();
    const now = clock.now();
    if (busWorks && this.#asked.busWorked && now - this.#asked.at < ASK_ANYWAY_MS) return;
    this.#asking = true;
    const head = await store.head(this.branchId, this.day).finally(() => (this.#asking = false));
    if (head === this.#copy?.version) this.#knownAt = now;
    this.heardOf(head);
    this.#asked = { at: now, busWorked: busWorks };
  }

  /** Takes no more commands, and resolves when those that it has are answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    await this.#running;
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0 || this.#looks.waiting > 0 || this.#behind) {
      if (this.#looks.waiting > 0 && !this.#isPresent()) this.#behind = true;
      if (this.#waiting.length > 0) await this.#options.store.ready();
      const requests = this.#waiting.splice(0, MAX_IN_TURN);
      try {
        await this.#upToDate();
        if (requests.length > 0) await this.#turn(requests);
      } catch (error) {
        this.#options.log.error({ err: error, branchId: this.branchId, day: this.day }, 'a turn failed');
        await this.#answerFromLog(requests);
      }
      if (this.#copy !== undefined && !this.#behind) this.#knownAt = this.#options.clock.now();
      if (this.#copy !== undefined) this.#looks.show(this.#copy);
      this.#planTimer();
    }
    // Here and not in a `finally` of the promise: what comes in between would find nobody running.
    this.#running = undefined;
  }

  /** Whether the copy is what the log holds now, as far as this process can know. */
  #isPresent(): boolean {
    const { store, bus, clock } = this.#options;
    const settled = this.#copy !== undefined && !this.#behind && this.#running === undefined;
    if (settled && (!store.shared || (bus.connected() && this.#asked.busWorked))) return true;
    return clock.now() - this.#knownAt < PRESENT_MS;
  }

  /** Reads the log when there is no copy, or when it is said to be behind. */
  async #upToDate(): Promise<DayCopy> {
    const known = this.#copy;
    if (known !== undefined && !this.#behind) return known;
    const copy = known ?? new DayCopy(this.branchId, this.day);
    // Not kept while it is being filled: half a day must never be decided on.
    this.#copy = undefined;
    this.#behind = false;
    const missed = await copy.catchUp(this.#options.store);
    this.#copy = copy;
    this.#seen = copy.version;
    if (known !== undefined && missed > 0) this.#othersWrote();
    return copy;
  }

  async #turn(requests: readonly Waiting[]): Promise<void> {
    const { store, clock } = this.#options;
    const sharing = () => store.shared && clock.now() < this.#sharedUntil;
    if (!sharing() && (await this.#attempt(requests))) return;
    // Beaten, or likely to be: from now on one process at a time, so that nobody starves.
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const done = await store.exclusively(this.branchId, () => {
        this.#behind = true;
        return this.#attempt(requests);
      });
      if (done) return;
    }
    throw new Error(`another process was first ${MAX_TRIES} times in a row`);
  }

  /** @returns false when another process was first: nothing was answered, and it has to be decided again. */
  async #attempt(requests: readonly Waiting[]): Promise<boolean> {
    const { store, clock } = this.#options;
    const copy = await this.#upToDate();
    const turn = decideTurn(copy, requests, clock.now(), newId);

    if (turn.events.length === 0) {
      // A refusal may rest on what another process has changed since.
      const refused = turn.outcomes.some((outcome) => outcome.kind === 'refused');
      if (refused && store.shared && (await copy.catchUp(store)) > 0) {
        this.#othersWrote();
        return false;
      }
      this.#answer(requests, turn.outcomes, copy.version);
      return true;
    }

    const version = copy.version + 1;
    const { branchId, day } = this;
    // The state is ahead of the log now; should the store fail, it is thrown away.
    this.#copy = undefined;
    const { events, visits, reopened } = turn;
    if ((await store.append({ branchId, day, version, events, visits, reopened })) === 'conflict') {
      this.#othersWrote();
      return false;
    }
    copy.committed(version, events);
    this.#copy = copy;
    this.#seen = version;
    this.#answer(requests, turn.outcomes, version);
    this.#options.bus.publish({ branchId, day, version });
    this.#options.changed();
    return true;
  }

  #answer(requests: readonly Waiting[], outcomes: readonly Outcome[], version: number): void {
    outcomes.forEach((outcome, place) => {
      requests[place]?.answer(
        outcome.kind === 'accepted'
          ? { ok: true, version: outcome.version ?? version, answer: outcome.answer }
          : { ok: false, version, rejection: outcome.rejection },
      );
    });
  }

  /** After a failure only the log knows what was done. While it cannot be read nobody is kept waiting. */
  async #answerFromLog(requests: readonly Waiting[]): Promise<void> {
    this.#copy = undefined;
    this.#behind = false;
    let copy: DayCopy | undefined;
    let untried: readonly Waiting[] = [];
    try {
      copy = await this.#upToDate();
      this.#options.changed();
    } catch (error) {
      untried = this.#waiting.splice(0);
      this.#looks.fail(error);
    }
    for (const { commandId, answer } of [...requests, ...untried]) {
      const done = copy?.answered.get(commandId);
      answer(done === undefined ? { ok: false, problem: STORE_AWAY } : { ok: true, ...done });
    }
  }

  #othersWrote(): void {
    this.#sharedUntil = this.#options.clock.now() + SHARING_MS;
    this.#options.changed();
  }

  /** One wake-up, for the earliest of what is due; planned anew from the state after every turn. */
  #planTimer(): void {
    const at = this.#stopped ? Infinity : this.#nextWakeUp();
    if (this.#timer?.at === at) return;
    this.#timer?.cancel();
    this.#timer = Number.isFinite(at)
      ? { at, cancel: this.#options.clock.wakeAt(at, () => this.#runTimers()) }
      : undefined;
  }

  #nextWakeUp(): Instant {
    if (this.#copy === undefined) return this.#options.clock.now() + STORE_RETRY_MS;
    const due = this.#copy.state === undefined ? [] : timersOf(this.#copy.state);
    const earliest = due.reduce((first, { at }) => Math.min(first, at), Infinity);
    return Math.max(earliest, this.#timersNotBefore);
  }

  #runTimers(): void {
    this.#timer = undefined;
    // While a turn is in flight the state is not settled; the timer is planned again after it.
    if (this.#running !== undefined) return;
    const state = this.#copy?.state;
    if (state === undefined) {
      this.#behind = true;
      return this.#start();
    }
    const now = this.#options.clock.now();
    this.#timersNotBefore = now + TIMER_PAUSE_MS;
    for (const { at, command } of timersOf(state))
      if (at <= now) void this.handle({ command, actor: 'system', commandId: randomUUID() });
  }
}
