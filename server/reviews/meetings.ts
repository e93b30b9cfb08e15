import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BusinessDay, StaffId } from '../../domain/ids.ts';
import { moveAction, type ActionMove } from '../../domain/reviews/action.ts';
import {
  EMPTY_MINUTES,
  lacksOf,
  meetingRefusal,
  type Minutes,
  type MinutesLack,
} from '../../domain/reviews/meeting.ts';
import type { Meeting, MeetingRequest, ReviewAction, ReviewRefusal } from '../../protocol/reviews.ts';
import { newId } from '../new-id.ts';
import type { Clock } from '../ports.ts';
import type { ReviewRecords } from '../review-ports.ts';

export type MeetingAnswer = Meeting | Refused;
export interface Refused {
  readonly reason: ReviewRefusal;
  readonly lacks?: readonly MinutesLack[];
}

interface MeetingParts {
  readonly records: ReviewRecords;
  readonly clock: Clock;
}

/** Of which meeting of which branch, and who acts. */
export interface At {
  readonly branch: Pick<LoadedBranch, 'config'>;
  readonly id: string;
  readonly by: StaffId;
}

/** What people do with meetings and with what was decided there. All reject when the database is away. */
export class Meetings {
  constructor(private readonly parts: MeetingParts) {}

  async request({ branch, by }: Omit<At, 'id'>, { reason, day }: MeetingRequest): Promise<Meeting> {
    const { records, clock } = this.parts;
    const meeting: Meeting = {
      id: newId(),
      branchId: branch.config.branchId,
      madeAt: clock.now(),
      state: 'requested',
      request: { by, reason, ...(day !== undefined && { day }) },
      minutes: { ...EMPTY_MINUTES, ...(day !== undefined && { day }) },
      version: 0,
    };
    await records.addMeeting(meeting);
    return meeting;
  }

  decide(at: At, answer: { readonly approved: true } | { readonly approved: false; readonly reason: string }) {
    return this.#change(at, answer.approved ? 'approve' : 'refuse', undefined, (meeting) => ({
      ...meeting,
      state: answer.approved ? 'open' : 'refused',
      decision: { by: at.by, at: this.parts.clock.now(), ...(!answer.approved && { reason: answer.reason }) },
    }));
  }

  write(at: At, version: number, minutes: Minutes): Promise<MeetingAnswer> {
    return this.#change(at, 'write', version, (meeting) => ({ ...meeting, minutes }));
  }

  /** Rule J5. What was decided to be done becomes actions, in the same transaction. */
  async close(at: At, version: number, today: BusinessDay): Promise<MeetingAnswer> {
    const meeting = await this.parts.records.meeting(at.branch.config.branchId, at.id);
    if (meeting === undefined) return { reason: 'not-found' };
    const minutes = withoutEmptyLines(meeting.minutes);
    const lacks = lacksOf(minutes, today);
    if (meeting.state === 'open' && lacks.length > 0) return { reason: 'minutes-incomplete', lacks };
    const actions = minutes.actions.flatMap(({ what, owner, due }): ReviewAction[] =>
      owner === undefined || due === undefined
        ? []
        : [{ id: newId(), meetingId: at.id, what, owner, due, state: 'open' }],
    );
    const closed = { by: at.by, at: this.parts.clock.now() };
    return this.#change(at, 'close', version, (open) => ({ ...open, minutes, state: 'closed', closed }), actions);
  }

  async move(
    { branch, id, by }: At,
    {
      move,
      fromAbove,
      note,
    }: { readonly move: ActionMove; readonly fromAbove: boolean; readonly note?: string | undefined },
  ): Promise<ReviewAction | Refused> {
    const { records, clock } = this.parts;
    const { branchId } = branch.config;
    const action = await records.action(branchId, id);
    if (action === undefined) return { reason: 'not-found' };
    const next = moveAction(action.state, move, fromAbove);
    if ('refused' in next) return { reason: next.refused };
    const moved = { ...action, ...next, changed: { at: clock.now(), by, ...(note !== undefined && { note }) } };
    // Somebody else was first: what they made of it decides.
    return (await records.moveAction(branchId, moved, action.state))
      ? moved
      : this.move({ branch, id, by }, { move, fromAbove, note });
  }

  async #change(
    { branch, id, by }: At,
    move: Parameters<typeof meetingRefusal>[1],
    version: number | undefined,
    make: (meeting: Meeting) => Meeting,
    actions: readonly ReviewAction[] = [],
  ): Promise<MeetingAnswer> {
    const { records } = this.parts;
    const meeting = await records.meeting(branch.config.branchId, id);
    if (meeting === undefined) return { reason: 'not-found' };
    const reason = meetingRefusal({ state: meeting.state, requestedBy: meeting.request?.by }, move, by);
    if (reason !== undefined) return { reason };
    if (version !== undefined && version !== meeting.version) return { reason: 'minutes-changed' };
    const changed = { ...make(meeting), version: meeting.version + 1 };
    return (await records.change(changed, actions)) ? changed : { reason: 'minutes-changed' };
  }
}

function withoutEmptyLines({ items, decisions, actions, ...rest }: Minutes): Minutes {
  const said = (lines: readonly string[]) => lines.map((line) => line.trim()).filter((line) => line !== '');
  return {
    ...rest,
    items: said(items),
    decisions: said(decisions),
    actions: actions
      .map((action) => ({ ...action, what: action.what.trim() }))
      .filter(({ what, owner, due }) => what !== '' || owner !== undefined || due !== undefined),
  };
}
