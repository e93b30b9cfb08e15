import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Commit, EventStore, StoredCommit } from '../ports.ts';
import { writeCommits } from './commit-statement.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

/** Told of each statement that became durable: how many commits were in it, and how long it took. */
export type Wrote = (commits: number, seconds: number) => void;

type Outcome = 'appended' | 'conflict';

interface Waiting {
  readonly commit: Commit;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/** More rows in one statement make it no faster, only the first of them later. */
const mostAtOnce = 256;
const mostRetries = 5;
/**
 * After a statement, those who were just answered have their next command here within a moment. When others wait already, that
 * moment is given, and all go together: a part of what the statement took, and at most so many ms.
 */
const gathering = { share: 0.2, mostMs: 0.5 };

/**
 * The log in PostgreSQL, with group commit: one statement in flight, and in it at most one commit of each branch, so that a version
 * that was taken names exactly one loser. What arrives meanwhile goes with the next one.
 */
export class SqlEventStore implements EventStore {
  readonly shared: boolean;
  readonly #database: SqlDatabase;
  readonly #db: Kysely<Tables>;
  readonly #waiting = new Map<BranchId, Waiting[]>();
  readonly #wrote: Wrote | undefined;
  #toldWhenReady: (() => void)[] = [];
  #writing = false;

  constructor(database: SqlDatabase, wrote?: Wrote) {
    this.#wrote = wrote;
    this.shared = database.kind === 'postgres';
    this.#database = database;
    this.#db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: database.turns }) });
  }

  ready(): Promise<void> {
    if (!this.#writing) return Promise.resolve();
    return new Promise((tell) => this.#toldWhenReady.push(tell));
  }

  append(commit: Commit): Promise<Outcome> {
    return new Promise((settle, fail) => {
      const queue = this.#waiting.get(commit.branchId);
      if (queue) queue.push({ commit, settle, fail });
      else this.#waiting.set(commit.branchId, [{ commit, settle, fail }]);
      if (!this.#writing) void this.#writeAll();
    });
  }

  async read(branchId: BranchId, day: BusinessDay, afterVersion: number): Promise<readonly StoredCommit[]> {
    return this.#db
      .selectFrom('app.commit')
      .select(['version', 'events'])
      .where('branch_id', '=', branchId)
      .where('day', '=', day)
      .where('version', '>', afterVersion)
      .orderBy('version')
      .execute();
  }

  async head(branchId: BranchId, day: BusinessDay): Promise<number> {
    const last = await this.#db
      .selectFrom('app.commit')
      .select('version')
      .where('branch_id', '=', branchId)
      .where('day', '=', day)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last?.version ?? 0;
  }

  exclusively<T>(branchId: BranchId, turn: () => Promise<T>): Promise<T> {
    return this.#database.exclusively(`branch ${branchId}`, turn);
  }

  async unclosedDays(branchId: BranchId): Promise<readonly BusinessDay[]> {
    // A day is opened in its first commit and closed in its last: the commits between, a year's worth, are not read.
    const { rows } = await this.#database.pool.query<{ day: BusinessDay }>(
      `select opening.day
         from app.commit as opening
         cross join lateral (select events from app.commit as latest
                              where latest.branch_id = opening.branch_id and latest.day = opening.day
                              order by latest.version desc limit 1) as latest
        where opening.branch_id = $1 and opening.version = 1 and opening.events @> '[{"type":"DayOpened"}]'
          and not latest.events @> '[{"type":"DayClosed"}]'
        order by opening.day`,
      [branchId],
    );
    return rows.map(({ day }) => day);
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.size > 0 || this.#toldWhenReady.length > 0) {
      for (const tell of this.#toldWhenReady.splice(0)) tell();
      // What the other sockets brought in this turn of the event loop goes into the same statement.
      await new Promise(setImmediate);
      const batch = this.#take();
      if (batch.length === 0) continue;
      const begun = performance.now();
      await this.#write(batch);
      if (this.#waiting.size > 0 || this.#toldWhenReady.length > 0)
        await gather((performance.now() - begun) * gathering.share);
    }
    this.#writing = false;
  }

  /** The first that waits of each branch. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    for (const [branchId, queue] of [...this.#waiting].slice(0, mostAtOnce)) {
      const first = queue.shift();
      if (first) batch.push(first);
      // Whoever had a turn goes behind the others.
      this.#waiting.delete(branchId);
      if (queue.length > 0) this.#waiting.set(branchId, queue);
    }
    return batch;
  }

  async #write(batch: readonly Waiting[], retries = 0): Promise<void> {
    const begun = performance.now();
    try {
      await writeCommits(
        this.#database.turns,
        batch.map(({ commit }) => commit),
      );
      for (const { settle } of batch) settle('appended');
      this.#wrote?.(batch.length, (performance.now() - begun) / 1000);
    } catch (error) {
      await this.#afterRefusal(batch, error, retries);
    }
  }

  async #afterRefusal(batch: readonly Waiting[], error: unknown, retries: number): Promise<void> {
    const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
    const beaten = versionTaken(error) ? findBeaten(batch, error) : undefined;
    if (beaten) {
      this.#settleWithFollowers(beaten, ({ settle }) => settle('conflict'));
      const others = batch.filter((each) => each !== beaten);
      if (others.length > 0) await this.#write(others, retries);
    } else if (rolledBackForOthers.has(code) && retries < mostRetries) {
      await this.#write(batch, retries + 1);
    } else if (batch.length > 1 && (versionTaken(error) || contentRefused(code))) {
      // One of them is to blame and it is not known which: each alone, so that the others do not suffer.
      for (const each of batch) await this.#write([each], retries);
    } else {
      for (const each of batch) this.#settleWithFollowers(each, ({ fail }) => fail(error));
    }
  }

  /** What was queued behind it for the same day was decided on top of it, and falls with it. */
  #settleWithFollowers(one: Waiting, settle: (each: Waiting) => void): void {
    const { branchId, day } = one.commit;
    const queue = this.#waiting.get(branchId) ?? [];
    const followers = queue.filter(({ commit }) => commit.day === day);
    if (followers.length === queue.length) this.#waiting.delete(branchId);
    else
      this.#waiting.set(
        branchId,
        queue.filter(({ commit }) => commit.day !== day),
      );
    for (const each of [one, ...followers]) settle(each);
  }
}

/** Shorter than any timer can be. */
async function gather(ms: number): Promise<void> {
  const until = performance.now() + Math.min(ms, gathering.mostMs);
  while (performance.now() < until) await new Promise(setImmediate);
}

/** Deadlock and serialization failure: nothing of the statement is in, and it may be sent again as it is. */
const rolledBackForOthers = new Set(['40P01', '40001']);

/** The server looked at what was sent and did not like it (a zero byte in a text, say); nothing of it is in. */
function contentRefused(code: string): boolean {
  return code.startsWith('22') || code.startsWith('23');
}

function versionTaken(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === 'commit_pkey';
}

/** The detail reads `Key (branch_id, day, version)=(b1, 2026-11-24, 7) already exists.`, in the language of the server. */
function findBeaten(batch: readonly Waiting[], { detail }: pg.DatabaseError): Waiting | undefined {
  if (batch.length === 1) return batch[0];
  const branchId = /\)=\((.*), [^,]*, \d+\)/.exec(detail ?? '')?.[1];
  return batch.find(({ commit }) => commit.branchId === branchId);
}
