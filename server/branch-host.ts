import { randomBytes, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { BranchId, BusinessDay, Instant } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { timersOf } from '../domain/timers.ts';
import type { Ack } from '../protocol/messages.ts';
import { DayCopy } from './day-copy.ts';
import type { Bus, Clock, EventStore } from './ports.ts';
import { BUSY, SHUTTING_DOWN, STORE_AWAY } from './problems.ts';
import { decideTurn, type Outcome, type Request } from './turn.ts';

/** More commands than this waiting for one branch are turned away: the sender learns it at once, not after minutes. */
const MAX_WAITING = 2_000;
/** At most so many commands in one commit, so that a row of the log stays small. */
const MAX_IN_TURN = 500;
/** After a commit of another process, this one takes the branch's lock before it decides, for so long. */
const SHARING_MS = 2_000;
/** Processes that have not yet noticed each other get in between a few times; more than this is a fault. */
const MAX_TRIES = 20;
/** A timer that was refused is not tried again sooner than this. */
const TIMER_PAUSE_MS = 1_000;
/** While the log cannot be read, it is tried again after this, also when nobody asks. */
const STORE_RETRY_MS = 5_000;

interface Waiting extends Request {
  readonly answer: (ack: Ack) => void;
}

interface Look {
  readonly see: (state: BranchDay | undefined, version: number) => void;
  readonly fail: (reason: unknown) => void;
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
  #looks: Look[] = [];
  /** The log may have more than the copy. */
  #behind = false;
  #running: Promise<void> | undefined;
  #sharedUntil: Instant = 0;
  #stopped = false;
  #timer: { readonly at: Instant; readonly cancel: () => void } | undefined;
  #timersNotBefore: Instant = 0;

  constructor(options: BranchHostOptions) {
    this.branchId = options.branchId;
    this.day = options.day;
    this.#options = options;
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
   * Shows the durable state: at once, or as soon as the turn in flight has ended. `see` must not keep it.
   * Rejects when the log cannot be read.
   */
  look<T>(see: (state: BranchDay | undefined, version: number) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const copy = this.#copy;
      if (copy !== undefined && this.#running === undefined) return resolve(see(copy.state, copy.version));
      this.#looks.push({ see: (state, version) => resolve(see(state, version)), fail: reject });
      this.#start();
    });
  }

  /** The bus says that the log is at this version. */
  heardOf(version: number): void {
    if (this.#copy !== undefined && version <= this.#copy.version) return;
    this.#behind = true;
    this.#start();
  }

  /** Asks the log whether other processes wrote, in case the bus lost it. */
  async checkLog(): Promise<void> {
    if (!this.#options.store.shared || this.#stopped) return;
    this.heardOf(await this.#options.store.head(this.branchId, this.day));
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
    while (this.#waiting.length > 0 || this.#looks.length > 0 || this.#behind) {
      const requests = this.#waiting.splice(0, MAX_IN_TURN);
      try {
        await this.#upToDate();
        if (requests.length > 0) await this.#turn(requests);
      } catch (error) {
        this.#options.log.error({ err: error, branchId: this.branchId, day: this.day }, 'a turn failed');
        await this.#answerFromLog(requests);
      }
      this.#showLooks();
      this.#planTimer();
    }
    // Here and not in a `finally` of the promise: what comes in between would find nobody running.
    this.#running = undefined;
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

  /** After a failure only the log knows what was done. */
  async #answerFromLog(requests: readonly Waiting[]): Promise<void> {
    this.#copy = undefined;
    this.#behind = false;
    let copy: DayCopy | undefined;
    try {
      copy = await this.#upToDate();
      this.#options.changed();
    } catch (error) {
      for (const look of this.#looks.splice(0)) look.fail(error);
    }
    for (const { commandId, answer } of requests) {
      const done = copy?.answered.get(commandId);
      answer(done === undefined ? { ok: false, problem: STORE_AWAY } : { ok: true, ...done });
    }
  }

  #showLooks(): void {
    const copy = this.#copy;
    if (copy === undefined) return;
    for (const { see, fail } of this.#looks.splice(0)) {
      try {
        see(copy.state, copy.version);
      } catch (error) {
        fail(error);
      }
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

/** 128 random bits: a ticket's id is its link and cannot be guessed. */
function newId(): string {
  return randomBytes(16).toString('base64url');
}
