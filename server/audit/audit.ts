import { shareEqual } from '../../config/share-equal.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { AuditAct, AuditProgress, AuditStore, Clock, EventStore, Records, StoredCommit } from '../ports.ts';
import { PerKey } from '../per-key.ts';
import { linked } from './chain.ts';
import { DayFacts } from './day-facts.ts';

/** What belongs to no branch. A branch cannot have this name. */
export const NETWORK_CHAIN = '*';
/** So many rows are written at once. */
const AT_ONCE = 500;
/** A process that is always second to the others gives up for now; the next round goes on. */
const MAX_TRIES = 20;
/** Later than every day. */
const NO_END = '9999-12-31';

export interface AuditOptions {
  readonly audit: AuditStore;
  readonly store: EventStore;
  readonly records: Pick<Records, 'openedDays'>;
  readonly clock: Clock;
}

/** An act that is not in the log of a branch day: of an administrator, of a session, of whoever looks somebody up. */
export type AdministrativeAct = Pick<AuditAct, 'actor' | 'device' | 'before' | 'after'> & {
  readonly act: string;
  readonly about?: AuditAct['about'];
};

/**
 * Writes down who did what. What was done to tickets and counters is taken from the log, after it was answered, so no command waits
 * for it; the chain remembers how far it has come, so a crash leaves no gap and nothing is written twice.
 */
export class Audit {
  readonly #options: AuditOptions;
  /** Days that are not over. */
  readonly #days = new Map<BranchId, Map<BusinessDay, DayFacts>>();
  /** Whoever follows a day must be alone at it: the round and several who search may come at the same moment. */
  readonly #turns = new PerKey();
  /** What the branches' configurations have in common is kept once, for as long as a day's are followed. */
  #sharing = { day: '', share: shareEqual() };

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Resolves when it is durable; rejects when it could not be written, and then it is not there. */
  async note(branchId: BranchId | undefined, { act, about = {}, ...rest }: AdministrativeAct): Promise<void> {
    const { audit, clock } = this.#options;
    const chain = branchId ?? NETWORK_CHAIN;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const head = await audit.head(chain);
      const row = { ...rest, at: clock.now(), acts: [act], about };
      if (await audit.append(chain, head, linked(chain, head, [row]), head.progress)) return;
    }
    throw new Error(`others were first ${MAX_TRIES} times in a row to write to the audit`);
  }

  /** Takes over what the log of the branch has and the audit does not. @returns how many rows that was */
  catchUp(branchId: BranchId): Promise<number> {
    return this.#turns.run(branchId, () => this.#catchUp(branchId));
  }

  async #catchUp(branchId: BranchId): Promise<number> {
    const { audit, records } = this.#options;
    let written = 0;
    const { doneUntil } = (await audit.head(branchId)).progress;
    for (const day of await records.openedDays(branchId, doneUntil, NO_END)) {
      for (let tries = 0; ; tries += 1) {
        if (tries === MAX_TRIES) return written;
        const rows = await this.#catchUpDay(branchId, day);
        if (rows === undefined) continue;
        written += rows;
        break;
      }
    }
    return written;
  }

  /** @returns how many rows; undefined when another was first and it has to be looked at again */
  async #catchUpDay(branchId: BranchId, day: BusinessDay): Promise<number | undefined> {
    const { audit, store } = this.#options;
    let head = await audit.head(branchId);
    const { doneUntil } = head.progress;
    if (doneUntil !== undefined && day <= doneUntil) return 0;
    const known = head.progress.versions[day] ?? 0;
    const facts = this.#dayOf(branchId, day, known);
    let acts: AuditAct[] = [];
    let written = 0;
    const write = async (): Promise<boolean> => {
      const rows = linked(branchId, head, acts);
      const progress = progressed(head.progress, day, facts);
      if (!(await audit.append(branchId, head, rows, progress))) return false;
      written += rows.length;
      const { seq, hash } = rows.at(-1) ?? head;
      head = { seq, hash, progress };
      acts = [];
      return true;
    };
    try {
      for (const commit of await store.read(branchId, day, facts.version)) {
        const its = facts.follow(this.#sharingConfig(day, commit));
        // Another process has written these down; they were followed only to know how things stand.
        if (commit.version > known) acts.push(...its);
        if (acts.length >= AT_ONCE && !(await write())) return this.#forget(branchId, day);
      }
      const news = facts.version > (head.progress.versions[day] ?? 0) || facts.closed;
      if (news && !(await write())) return this.#forget(branchId, day);
    } catch (error) {
      // What was followed and not written has to be followed again.
      this.#forget(branchId, day);
      throw error;
    }
    if (head.progress.doneUntil === day) this.#forget(branchId, day);
    return written;
  }

  #dayOf(branchId: BranchId, day: BusinessDay, known: number): DayFacts {
    const days = this.#days.get(branchId) ?? new Map<BusinessDay, DayFacts>();
    this.#days.set(branchId, days);
    const kept = days.get(day);
    // Ahead of what was written: an earlier try did not end well.
    const facts = kept === undefined || kept.version > known ? new DayFacts(day) : kept;
    days.set(day, facts);
    return facts;
  }

  #sharingConfig(day: BusinessDay, commit: StoredCommit): StoredCommit {
    if (this.#sharing.day !== day) this.#sharing = { day, share: shareEqual() };
    const { share } = this.#sharing;
    const events = commit.events.map((event) =>
      event.type === 'DayOpened' ? { ...event, config: share(event.config) } : event,
    );
    return { ...commit, events };
  }

  #forget(branchId: BranchId, day: BusinessDay): undefined {
    this.#days.get(branchId)?.delete(day);
  }
}

function progressed({ doneUntil, versions }: AuditProgress, day: BusinessDay, facts: DayFacts): AuditProgress {
  const others = Object.fromEntries(Object.entries(versions).filter(([other]) => other !== day));
  const oldest = Object.keys(others).every((other) => other > day);
  if (facts.closed && oldest) return { doneUntil: day, versions: others };
  return { ...(doneUntil !== undefined && { doneUntil }), versions: { ...others, [day]: facts.version } };
}
