import type { BusinessDay, StaffId } from '../ids.ts';

/** A meeting of a branch about how it serves: one each month, and others when somebody asks for one. Rules J2 to J5. */

export const MEETING_STATES = ['requested', 'refused', 'open', 'closed'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];
export type MeetingMove = 'approve' | 'refuse' | 'write' | 'close';
export type MeetingRefusal = 'own-request' | 'not-requested' | 'not-open' | 'minutes-closed';

export interface MeetingStand {
  readonly state: MeetingState;
  /** Of an extraordinary one. */
  readonly requestedBy?: StaffId | undefined;
}

/** @returns why this may not be done now; undefined when it may */
export function meetingRefusal(
  { state, requestedBy }: MeetingStand,
  move: MeetingMove,
  by: StaffId,
): MeetingRefusal | undefined {
  if (move === 'approve' || move === 'refuse') {
    if (state !== 'requested') return 'not-requested';
    return requestedBy === by ? 'own-request' : undefined;
  }
  if (state === 'closed') return 'minutes-closed';
  return state === 'open' ? undefined : 'not-open';
}

/** What was decided to be done. */
export interface PlannedAction {
  readonly what: string;
  readonly owner?: StaffId | undefined;
  readonly due?: BusinessDay | undefined;
}

export interface Minutes {
  /** On which the meeting was held. */
  readonly day?: BusinessDay | undefined;
  readonly attendees: readonly StaffId[];
  readonly items: readonly string[];
  readonly decisions: readonly string[];
  readonly actions: readonly PlannedAction[];
}

export const EMPTY_MINUTES: Minutes = { attendees: [], items: [], decisions: [], actions: [] };

export type MinutesLack = 'day' | 'day-to-come' | 'attendees' | 'items' | 'action-owner' | 'action-due';

/** What is missing before the minutes can be closed, in the order of the page. */
export function lacksOf({ day, attendees, items, actions }: Minutes, today: BusinessDay): readonly MinutesLack[] {
  const lacks: readonly (readonly [MinutesLack, boolean])[] = [
    ['day', day === undefined],
    ['day-to-come', day !== undefined && day > today],
    ['attendees', attendees.length === 0],
    ['items', items.length === 0],
    ['action-owner', actions.some(({ owner }) => owner === undefined)],
    ['action-due', actions.some(({ due }) => due === undefined || (day !== undefined && due < day))],
  ];
  return lacks.flatMap(([lack, isMissing]) => (isMissing ? [lack] : []));
}
