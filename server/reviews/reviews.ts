import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Locale } from '../../domain/config.ts';
import type { BranchId, StaffId } from '../../domain/ids.ts';
import { ACTION_MOVES, moveAction, urgencyOf, type ActionMove } from '../../domain/reviews/action.ts';
import { meetingRefusal, type MeetingMove } from '../../domain/reviews/meeting.ts';
import { monthBefore, monthOf, type Month, type Quarter } from '../../domain/reviews/months.ts';
import type {
  Meeting,
  QuarterReport,
  ReviewList,
  ShownAction,
  ShownMeeting,
  ShownPack,
} from '../../protocol/reviews.ts';
import { businessDayAt } from '../business-day.ts';
import { rolesOf, type Caller } from '../identity/caller.ts';
import { may, type Action } from '../identity/permissions.ts';
import { Meetings } from './meetings.ts';
import { packDocument } from './pack-document.ts';
import { Packs, type PackParts } from './packs.ts';
import { quarterDocument } from './quarter-document.ts';
import { quarterReport } from './quarter.ts';

export interface ReviewParts extends PackParts {
  /** Of everybody who works in the branch, or for all of them; without one, of all branches. */
  readonly namesOf: (branchId: BranchId | undefined) => Promise<Readonly<Record<StaffId, string>>>;
}

const MOVES: Readonly<Record<MeetingMove, Action>> = {
  approve: 'approve-meetings',
  refuse: 'approve-meetings',
  write: 'hold-reviews',
  close: 'close-minutes',
};

/** How a branch looks at itself each month, and the network each quarter. All reject when the database is away. */
export class Reviews {
  readonly packs: Packs;
  readonly meetings: Meetings;

  constructor(private readonly parts: ReviewParts) {
    this.packs = new Packs(parts);
    this.meetings = new Meetings(parts);
  }

  async list(branch: LoadedBranch, caller: Caller): Promise<ReviewList> {
    const { records } = this.parts;
    const { branchId } = branch.config;
    const [packs, meetings, actions, names] = await Promise.all([
      records.packs(branchId),
      records.meetings(branchId),
      records.actions([branchId]),
      this.names(branchId),
    ]);
    const today = this.packs.today(branch);
    const last = monthBefore(monthOf(today));
    const missing = may(caller, 'hold-reviews') && !packs.some(({ month }) => month === last);
    return {
      ...{ today, packs, names },
      ...(missing && { missing: last }),
      meetings: meetings.map((meeting) => shownMeeting(meeting, caller)).reverse(),
      actions: actions
        .map(({ branchId: _own, ...action }): ShownAction => ({
          ...action,
          ...(action.state !== 'done' && { urgency: urgencyOf(action.due, today) }),
          moves: this.#actionMoves(action.state, caller),
        }))
        .sort((a, b) => Number(a.state === 'done') - Number(b.state === 'done')),
      mayRequest: may(caller, 'request-meetings'),
    };
  }

  names(branchId: BranchId | undefined): Promise<Readonly<Record<StaffId, string>>> {
    return this.parts.namesOf(branchId);
  }

  /** @returns nothing when there is no pack of that month */
  async shownPack(branch: LoadedBranch, month: Month): Promise<ShownPack | undefined> {
    const pack = await this.packs.of(branch, month);
    if (pack === undefined) return undefined;
    const madeOn = businessDayAt(pack.madeAt, branch.config.timeZone).day;
    return { ...pack, madeOn, names: await this.names(pack.facts.branchId) };
  }

  /** @returns nothing when there is no pack of that month */
  async packPaper(branch: LoadedBranch, month: Month, language: Locale | undefined): Promise<Buffer | undefined> {
    const pack = await this.shownPack(branch, month);
    if (pack === undefined) return undefined;
    const { facts, names, madeOn: today } = pack;
    return packDocument(facts, { language: language ?? facts.language, names, today });
  }

  async quarter(quarter: Quarter): Promise<QuarterReport> {
    const [report, names] = await Promise.all([quarterReport(this.parts, quarter), this.names(undefined)]);
    return { ...report, names };
  }

  async quarterPaper(quarter: Quarter, language: Locale): Promise<Buffer> {
    const report = await this.quarter(quarter);
    const [first] = this.parts.branches.values();
    const today = businessDayAt(report.madeAt, first?.config.timeZone ?? 'UTC').day;
    return quarterDocument(report, { language, names: report.names, today });
  }

  /** Whether the caller is of the management of the network: rule J6. */
  isAbove(caller: Caller): boolean {
    return rolesOf(caller).includes('network-manager');
  }

  #actionMoves(state: ShownAction['state'], caller: Caller): readonly ActionMove[] {
    if (!may(caller, 'move-actions')) return [];
    return ACTION_MOVES.filter((move) => 'state' in moveAction(state, move, this.isAbove(caller)));
  }
}

function shownMeeting(meeting: Meeting, caller: Caller): ShownMeeting {
  const { state, request } = meeting;
  const by = caller.staffId;
  const moves = (Object.keys(MOVES) as MeetingMove[]).filter(
    (move) =>
      by !== undefined &&
      may(caller, MOVES[move]) &&
      meetingRefusal({ state, requestedBy: request?.by }, move, by) === undefined,
  );
  return { ...meeting, moves };
}
