import type { Logger } from 'pino';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import { isForPack } from '../../domain/reviews/action.ts';
import { EMPTY_MINUTES } from '../../domain/reviews/meeting.ts';
import { monthOf, packDue, type Month } from '../../domain/reviews/months.ts';
import type { ReviewAction, ReviewPack } from '../../protocol/reviews.ts';
import { businessDayAt, dayAfter } from '../business-day.ts';
import { newId } from '../new-id.ts';
import type { Clock, Jobs } from '../ports.ts';
import type { PublicHolidays } from '../public-holidays.ts';
import type { ReviewRecords, ReviewSources } from '../review-ports.ts';
import type { Refused } from './meetings.ts';
import { packFacts } from './pack-facts.ts';

export interface PackParts {
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly records: ReviewRecords;
  readonly sources: ReviewSources;
  readonly holidays: PublicHolidays;
  readonly clock: Clock;
  readonly log: Logger;
}

const JOB = 'review-packs';
/** Before the branches open, and each day: a server that was away on the day makes up for it. */
const AT = '0 6 * * *';

/** The monthly packs of the branches. */
export class Packs {
  constructor(private readonly parts: PackParts) {}

  /** Makes them when they are due from now on, and now those that are. */
  async keepMaking(jobs: Jobs): Promise<void> {
    const { branches } = this.parts;
    const all = [...branches.values()];
    jobs.handle(JOB, async ({ timeZone }) => {
      for (const branch of all) if (branch.config.timeZone === timeZone) await this.makeDue(branch);
    });
    for (const timeZone of new Set(all.map(({ config }) => config.timeZone)))
      await jobs.every(JOB, timeZone, AT, timeZone, { timeZone });
  }

  /** Rule J1. Rejects when the database is away; it is tried again. */
  async makeDue(branch: LoadedBranch): Promise<void> {
    const { holidays, records, log } = this.parts;
    const { branchId } = branch.config;
    const today = this.today(branch);
    const days: BusinessDay[] = [];
    for (let day = `${monthOf(today)}-01`; day <= today; day = dayAfter(day)) days.push(day);
    const facts = await Promise.all(days.map((day) => holidays.factsOf(branch, day)));
    const month = packDue(facts, branch.reviews.workingDay);
    if (month === undefined || (await records.pack(branchId, month)) !== undefined) return;
    if (await this.make(branch, month)) log.info({ branchId, month }, 'the pack of the month is made');
  }

  /** @returns nothing when there was one already: that one stays */
  async make(branch: LoadedBranch, month: Month): Promise<ReviewPack | undefined> {
    const { sources, records, clock } = this.parts;
    const { branchId } = branch.config;
    const [facts, actions] = await Promise.all([packFacts(sources, branch, month), this.#actionsFor(branchId)]);
    const [madeAt, meetingId] = [clock.now(), newId()];
    const pack = { madeAt, meetingId, facts: { ...facts, actions } };
    const meeting = {
      id: meetingId,
      branchId,
      month,
      madeAt,
      state: 'open',
      minutes: EMPTY_MINUTES,
      version: 0,
    } as const;
    return (await records.addPack(pack, meeting)) ? pack : undefined;
  }

  of({ config }: LoadedBranch, month: Month): Promise<ReviewPack | undefined> {
    return this.parts.records.pack(config.branchId, month);
  }

  /** By hand, where the night could not. */
  async ask(branch: LoadedBranch, month: Month): Promise<ReviewPack | Refused> {
    if (month >= monthOf(this.today(branch))) return { reason: 'month-not-over' };
    return (await this.make(branch, month)) ?? { reason: 'pack-exists' };
  }

  today({ config }: Pick<LoadedBranch, 'config'>): BusinessDay {
    return businessDayAt(this.parts.clock.now(), config.timeZone).day;
  }

  /** Rule J8. */
  async #actionsFor(branchId: BranchId): Promise<readonly ReviewAction[]> {
    const { records } = this.parts;
    const [actions, packs] = await Promise.all([records.actions([branchId]), records.packs(branchId)]);
    return actions
      .filter((action) => isForPack(action, packs[0]?.madeAt))
      .map(({ branchId: _own, ...action }) => action);
  }
}
