import type { Complaints } from '../../config/complaints.ts';
import { clockRuns, type CaseStatus, type ComplaintCase } from '../../domain/cases/case.ts';
import { usedShare } from '../../domain/cases/clock.ts';
import type { CaseDoer } from '../../domain/cases/commands.ts';
import { ACT_TYPES, standsInTheWay } from '../../domain/cases/moves.ts';
import type { BranchId, Instant, StaffId } from '../../domain/ids.ts';
import { CASE_STATUSES, type CaseTime } from '../../protocol/case-lists.ts';
import type { CaseActType, CaseChoices, CaseList, CaseQuery, CaseRow, CaseView } from '../../protocol/cases.ts';
import type { CaseRecords } from '../case-ports.ts';
import type { Clock } from '../ports.ts';
import { decisionTextOf } from './cases.ts';
import type { OpenedCase } from './case-book.ts';
import { FILE_ENDINGS } from './file-types.ts';
import type { CasePeople } from './people.ts';
import type { CaseContexts } from './terms.ts';

export interface CaseReadingParts {
  readonly records: Pick<CaseRecords, 'list' | 'counts'>;
  readonly settings: Complaints;
  readonly contexts: CaseContexts;
  readonly people: CasePeople;
  readonly clock: Clock;
}

/** Cases as staff see them. */
export class CaseReading {
  constructor(private readonly parts: CaseReadingParts) {}

  /** @param branches that the asker may see; undefined: all. @param me who asks */
  async list(query: CaseQuery, branches: readonly BranchId[] | undefined, me: StaffId): Promise<CaseList> {
    const { records, people, clock } = this.parts;
    const { owner, limit, branch: _, ...rest } = query;
    const now = clock.now();
    const whose = owner === 'me' ? me : owner === 'none' ? null : owner;
    const found = await records.list({ ...rest, limit, branches, owner: whose, seenBy: me, now });
    const counts = await records.counts(branches);
    return {
      now,
      rows: found.slice(0, limit).map(({ state, opening }) => this.#rowOf(state, now, opening)),
      more: found.length > limit,
      counts: Object.fromEntries(CASE_STATUSES.map((status) => [status, counts[status] ?? 0])) as Record<
        CaseStatus,
        number
      >,
      names: await people.names(),
    };
  }

  /** @param may whether the asker has the right to acts of this kind at all */
  async view(opened: OpenedCase, by: CaseDoer, may: (type: CaseActType) => boolean): Promise<CaseView> {
    const { contexts, people, clock } = this.parts;
    const { state, kept, branch } = opened;
    const context = await contexts.at(branch, clock.now(), by);
    const moves = ACT_TYPES.filter(may).map((type) => ({ type, no: standsInTheWay(state, type, context) }));
    const complaint = kept.commits[0]?.text;
    const { number: _number, reminded: _reminded, onTime: _onTime, regulator, decision, ...rest } = state;
    return {
      ...rest,
      ...this.#rowOf(state, context.now, complaint?.slice(0, 140)),
      ...{ now: context.now, version: kept.version, text: complaint, contact: kept.contact, verified: kept.verified },
      reference: regulator?.reference,
      decision: decision && { ...decision, text: decisionTextOf(opened) },
      files: kept.files,
      // What was written lies with the first thing that was done; the complaint itself is `text`.
      steps: kept.commits.flatMap(({ version, events, text }) =>
        events.map((event, place) => ({ ...event, version, ...(place === 0 && version > 1 && { text }) })),
      ),
      names: await people.names(),
      may: moves.flatMap(({ type, no }) => (no === undefined ? [type] : [])),
      mayNot: Object.fromEntries(moves.flatMap(({ type, no }) => (no === undefined ? [] : [[type, no]]))),
    };
  }

  async choices(branchId: BranchId): Promise<CaseChoices> {
    const { settings, people } = this.parts;
    const { acknowledge, normal, complex, longest } = settings.days;
    return {
      rootCauses: settings.rootCauses,
      handlers: await people.handlers(branchId),
      people: await people.people(branchId),
      days: { acknowledge, normal, complex, longest },
      workingDays: settings.count === 'working',
      files: {
        maxBytes: Math.floor(settings.files.maxMegabytes * 1024 * 1024),
        maxCount: settings.files.maxCount,
        endings: FILE_ENDINGS,
      },
    };
  }

  #rowOf(state: ComplaintCase, now: Instant, opening: string | undefined): CaseRow {
    const { number, branchId, source, receivedAt, status, ownerId, clock, offer, decision, rootCause } = state;
    const restedAt = state.informed?.at ?? state.endedAt;
    return {
      ...{ number, branchId, source, receivedAt, status, ownerId, due: clock.due, allowance: clock.allowance },
      ...{ escalations: clock.escalations, regulator: state.regulator !== undefined, rootCause, opening },
      ...{ offeredTo: offer?.to, extensionAsked: state.asked !== undefined, outcome: decision?.outcome },
      time: timeOf(state, now),
      usedShare: usedShare(clock, this.parts.contexts.terms.warnShare, restedAt ?? now),
    };
  }
}

function timeOf(state: ComplaintCase, now: Instant): CaseTime {
  if (!clockRuns(state)) return 'resting';
  return now > state.clock.due ? 'over' : now >= state.clock.warnAt ? 'warned' : 'running';
}
