import type { DayOpened, DomainEvent } from './events.ts';
import { takeBackApprovals } from './floating/keep.ts';
import type { CounterId, Instant } from './ids.ts';
import { putTicket } from './records.ts';
import type { Rejection } from './rejections.ts';
import type { Action, BranchDay } from './state.ts';

/** What the last action of each person and each counter was, and how it is taken back (rules U1–U4). */

/** Rule U3: what cannot be taken back. */
const FINAL: ReadonlySet<DomainEvent['type']> = new Set([
  'TicketIssued',
  'TicketRecalled',
  'DayClosed',
  'TicketExpired',
  'ProposalDismissed',
  'HoursExtended',
  'MachineFailed',
  'MachineRecovered',
  'MachineServicesSet',
]);
/** They change no ticket and no counter: what is done with a proposal or a task comes in events of its own. */
const ASIDE: ReadonlySet<DomainEvent['type']> = new Set([
  'WindowsReviewed',
  'WindowProposed',
  'ProposalApproved',
  'ProposalExpired',
  'EffectMeasured',
  'TickerWritten',
  'ChannelOffered',
  'NumbersReserved',
  'NumbersReleased',
  'TicketsHandedIn',
  'TicketTurnedAway',
  'TaskRaised',
  'TaskTaken',
  'TaskEscalated',
  'TaskFinished',
  'AlertAcknowledged',
  'AlertSnoozed',
  'AlertEscalated',
]);

/** The action that this event belongs to, begun if it is the first of its command; nothing when it cannot be undone. */
export function recordAction(state: BranchDay, event: Exclude<DomainEvent, DayOpened>): Action | undefined {
  if (event.type === 'ActionUndone' || ASIDE.has(event.type)) return undefined;
  const counterId = counterOf(state, event);
  if (FINAL.has(event.type)) {
    const servedAt = event.type === 'TicketIssued' ? event.servedAt?.counterId : counterId;
    state.lastByActor.delete(event.by);
    if (servedAt !== undefined) state.lastByCounter.delete(servedAt);
    return undefined;
  }
  let action = state.lastByActor.get(event.by);
  if (action?.commandId !== event.commandId) {
    const { commandId, at, by, type } = event;
    const { seq } = state;
    action = { commandId, at, by, counterId, what: type, lastSeq: seq, tickets: [], counters: [], calls: [] };
    state.lastByActor.set(by, action);
    if (counterId !== undefined) state.lastByCounter.set(counterId, action);
  }
  action.what = event.type;
  action.lastSeq = state.seq;
  return action;
}

/** The counter that an event speaks of: its own, or the one that its ticket is at. A missed ticket is at none any more. */
function counterOf(state: BranchDay, event: DomainEvent): CounterId | undefined {
  if ('counterId' in event) return event.counterId;
  const ticket = 'ticketId' in event ? state.tickets.get(event.ticketId) : undefined;
  return ticket?.status === 'missed' ? undefined : ticket?.counterId;
}

/** Why this action cannot be taken back, if it cannot (rules U1, U2). */
export function whyNotUndo(state: BranchDay, action: Action, now: Instant): Rejection | undefined {
  const seconds = state.config.undoSeconds;
  if (now > action.at + seconds * 1000) return { code: 'undo-too-late', seconds };
  const touched = [
    ...action.tickets.map(({ id }) => state.tickets.get(id)?.touched ?? 0),
    ...action.counters.map(({ id }) => state.counters.get(id)?.touched ?? 0),
  ];
  const overtaken = touched.some((seq) => seq > action.lastSeq) || tellerMoved(state, action);
  return overtaken ? { code: 'undo-overtaken' } : undefined;
}

/** A teller who left one of these counters may sit at another one now, and sits at one at a time (rule K1). */
function tellerMoved(state: BranchDay, action: Action): boolean {
  const tellers = new Set(action.counters.flatMap(({ tellerId }) => tellerId ?? []));
  const inAction = new Set(action.counters.map(({ id }) => id));
  return [...state.counters.values()].some(
    ({ id, tellerId }) => tellerId !== undefined && tellers.has(tellerId) && !inAction.has(id),
  );
}

export function undoAction(state: BranchDay, commandId: string, at: Instant): void {
  const known = [...state.lastByActor.values(), ...state.lastByCounter.values()];
  const action = known.find((candidate) => candidate.commandId === commandId);
  if (action === undefined) throw new Error('an undo of nothing');
  for (const before of action.counters) {
    // A counter that calls by itself waits its time once more (rule C10), or it would do at once what was undone.
    const autoCallSince = before.autoCallSince === undefined ? undefined : at;
    state.counters.set(before.id, { ...before, autoCallSince, touched: state.seq });
  }
  for (const before of action.tickets) {
    // A call that is on again gets its full time (rule U4); the display's own copy stays as it was spoken.
    const call = before.call === undefined ? undefined : { ...before.call, lastAt: at };
    putTicket(state, { ...before, call: before.status === 'called' ? call : before.call, touched: state.seq });
  }
  for (const callId of action.calls) {
    const index = state.calls.findIndex((call) => call.callId === callId);
    const segment = state.tickets.get(state.calls[index]?.ticketId ?? '')?.segment;
    if (index >= 0) state.calls.splice(index, 1);
    if (segment !== undefined) state.ratioCalls.set(segment, (state.ratioCalls.get(segment) ?? 1) - 1);
  }
  takeBackApprovals(state, commandId);
  // Each may have done something else since, which can still be undone.
  if (state.lastByActor.get(action.by) === action) state.lastByActor.delete(action.by);
  const { counterId } = action;
  if (counterId !== undefined && state.lastByCounter.get(counterId) === action) state.lastByCounter.delete(counterId);
}
