import type { Logger } from 'pino';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import { decideCase } from '../../domain/cases/decide.ts';
import { evolveCase, replayCase } from '../../domain/cases/evolve.ts';
import type { CaseNumber, ComplaintCase } from '../../domain/cases/case.ts';
import { timersOf } from '../../domain/cases/clock.ts';
import type { CaseCommand, CaseDoer } from '../../domain/cases/commands.ts';
import type { CaseEvent } from '../../domain/cases/events.ts';
import type { BranchId } from '../../domain/ids.ts';
import type { CaseAnswer } from '../../protocol/cases.ts';
import type { CaseCommit, CaseRecords, KeptCase } from '../case-ports.ts';
import { every } from '../every.ts';
import type { Clock, Jobs } from '../ports.ts';
import type { CaseContexts } from './terms.ts';

export interface CaseBookParts {
  readonly records: CaseRecords;
  readonly contexts: CaseContexts;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Logger;
}

export interface OpenedCase {
  readonly number: CaseNumber;
  readonly state: ComplaintCase;
  readonly kept: KeptCase;
  readonly branch: LoadedBranch;
}

/** What lies beside a command. */
type Beside = Pick<CaseCommit, 'text' | 'file'>;

const JOB = 'case-timer';
/** What a lost job would have done is done within so long, ms. */
const LOOK_EVERY = 10 * 60_000;
/** A command that does not say which version it saw is tried again when another was first. */
const TRIES = 5;
const CHANGED = { ok: false, rejection: { code: 'changed-meanwhile' } } as const;
export const UNKNOWN = { ok: false, rejection: { code: 'unknown-case' } } as const;

/** Cases as they stand: reads them from their events, writes what was decided, and does what their clocks say. */
export class CaseBook {
  #stopLooking = () => {};
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: CaseBookParts) {}

  async open(number: CaseNumber): Promise<OpenedCase | undefined> {
    const { records, branches } = this.parts;
    const kept = await records.load(number);
    if (kept === undefined) return undefined;
    const state = replayCase(kept.commits.flatMap(({ events }) => events));
    const branch = branches.get(state.branchId);
    return branch && { number, state, kept, branch };
  }

  /** @param version that the person saw; absent: whatever it is now */
  async act(
    number: CaseNumber,
    version: number | undefined,
    by: CaseDoer,
    command: CaseCommand,
    beside: Beside = {},
  ): Promise<CaseAnswer> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const opened = await this.open(number);
      if (opened === undefined) return UNKNOWN;
      if (version !== undefined && version !== opened.kept.version) return CHANGED;
      const answer = await this.#write(opened, command, by, beside);
      if (answer !== 'overtaken') return answer;
      if (version !== undefined) return CHANGED;
    }
    return CHANGED;
  }

  /** Does what is due of this case; a clock that comes late, early or twice does no harm. */
  async tick(number: CaseNumber): Promise<void> {
    for (;;) {
      const opened = await this.open(number);
      const now = this.parts.clock.now();
      const due = opened && timersOf(opened.state)[0];
      if (opened === undefined || due === undefined) return;
      if (due.at > now) return this.plan(number, due.at);
      const answer = await this.#write(opened, { type: due.type }, { kind: 'clock' }, {});
      if (answer !== 'overtaken' && answer.ok)
        this.parts.log.info({ case: number, timer: due.type }, 'the clock of a complaint case has moved it');
    }
  }

  async plan(number: CaseNumber, at: number): Promise<void> {
    await this.parts.jobs.once(JOB, `${number} ${at}`, at, { number });
  }

  /** What every case is still due, planned from how it stands: nothing depends on a plan that a stopped server had. */
  async start(): Promise<void> {
    const { jobs, records, clock, log } = this.parts;
    jobs.handle(JOB, ({ number }) => this.tick(String(number)));
    for (const { number, at } of await records.timers()) await this.plan(number, at);
    this.#stopLooking = every(clock, LOOK_EVERY, () => {
      this.#looking = this.#tickAll().catch((error: unknown) =>
        log.error({ err: error }, 'the clocks of cases stand still'),
      );
    });
  }

  async stop(): Promise<void> {
    this.#stopLooking();
    await this.#looking;
  }

  async #tickAll(): Promise<void> {
    const { records, clock } = this.parts;
    for (const { number, at } of await records.timers()) if (at <= clock.now()) await this.tick(number);
  }

  async #write(
    opened: OpenedCase,
    command: CaseCommand,
    by: CaseDoer,
    beside: Beside,
  ): Promise<CaseAnswer | 'overtaken'> {
    const { contexts, clock, records } = this.parts;
    const { number, kept, state, branch } = opened;
    const decided = decideCase(state, command, await contexts.at(branch, clock.now(), by));
    if (!decided.ok) return decided;
    const after = decided.events.reduce<ComplaintCase>(evolveCase, state);
    const commit = commitOf(number, kept.version + 1, decided.events, after);
    if (!(await records.append({ ...commit, ...beside }))) return 'overtaken';
    if (commit.nextAt !== undefined) await this.plan(number, commit.nextAt);
    return { ok: true, version: commit.version };
  }
}

export function commitOf(
  number: CaseNumber,
  version: number,
  events: readonly CaseEvent[],
  state: ComplaintCase,
): CaseCommit {
  const next = timersOf(state)[0];
  return { number, version, events, state, ...(next && { nextAt: next.at }) };
}
