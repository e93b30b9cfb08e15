import { daysBetween } from '../forecast/calendar.ts';
import type { BusinessDay, Instant } from '../ids.ts';

/** What a meeting decided to be done, once its minutes are closed. Rules J6 to J8. */

export const ACTION_STATES = ['open', 'escalated', 'done'] as const;
export type ActionState = (typeof ACTION_STATES)[number];
export const ACTION_MOVES = ['finish', 'escalate', 'reopen'] as const;
export type ActionMove = (typeof ACTION_MOVES)[number];
export type ActionRefusal = 'done-already' | 'open-already' | 'with-management';

const AFTER: Readonly<Record<ActionMove, ActionState>> = { finish: 'done', escalate: 'escalated', reopen: 'open' };

/** @param fromAbove whether it is the management of the network that moves it */
export function moveAction(
  state: ActionState,
  move: ActionMove,
  fromAbove: boolean,
): { readonly state: ActionState } | { readonly refused: ActionRefusal } {
  if (state === 'escalated' && !fromAbove) return { refused: 'with-management' };
  if (state === 'done' && move !== 'reopen') return { refused: 'done-already' };
  if (state === 'open' && move === 'reopen') return { refused: 'open-already' };
  return state === AFTER[move] ? { refused: 'with-management' } : { state: AFTER[move] };
}

/** So many days before it is due somebody is reminded. */
const SOON_DAYS = 7;

export type Urgency = 'late' | 'soon' | 'later';

/** Of one that is not done: how near its day is. On the day itself it is not late. */
export function urgencyOf(due: BusinessDay, today: BusinessDay): Urgency {
  if (due < today) return 'late';
  return daysBetween(today, due) <= SOON_DAYS ? 'soon' : 'later';
}

/** Rule J8. @param since when the pack before was made; nothing when there was none */
export function isForPack(
  { state, changed }: { readonly state: ActionState; readonly changed?: { readonly at: Instant } | undefined },
  since: Instant | undefined,
): boolean {
  return state !== 'done' || since === undefined || (changed !== undefined && changed.at > since);
}
