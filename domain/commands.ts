import type { BranchConfig, Forecast, Locale } from './config.ts';
import type { RangeScores } from './estimate/corrections.ts';
import type {
  ActorId,
  BusinessDay,
  CallId,
  CareNeedId,
  CommandId,
  CounterId,
  Instant,
  ProposalId,
  SegmentId,
  ServiceId,
  StaffId,
  TicketId,
  TierId,
  WorkProfileId,
} from './ids.ts';

/** Where a ticket is sent: to another service (its segment decided anew), a segment, one counter, or one person. */
export type TransferTarget =
  | { readonly kind: 'service'; readonly service: ServiceId }
  | { readonly kind: 'segment'; readonly segment: SegmentId }
  | { readonly kind: 'counter'; readonly counterId: CounterId }
  | { readonly kind: 'person'; readonly staffId: StaffId };

export type CancelReason = 'left' | 'mistake' | 'duplicate' | 'redirected' | 'other';
export type Outcome = 'done' | 'referred' | 'not-possible';
/** Why somebody goes out of turn. A closed list, because free text would bring names into the log. */
export type OutOfTurnReason = 'care' | 'appointment' | 'came-back' | 'long-wait' | 'quick' | 'complaint' | 'other';

// The day
export type OpenDay = {
  readonly type: 'OpenDay';
  readonly day: BusinessDay;
  readonly config: BranchConfig;
  readonly forecast?: Forecast | undefined;
  /** When the branch closes today; without it no longer hours are proposed (rule F11). */
  readonly closesAt?: Instant | undefined;
  /** How true the quotes of the days before were (rule E10). */
  readonly rangeScores?: RangeScores | undefined;
};
export type CloseDay = { readonly type: 'CloseDay' };

// Tickets
export type TakeTicket = {
  readonly type: 'TakeTicket';
  /** At least one, in the order in which they will be done. */
  readonly services: readonly ServiceId[];
  readonly careNeeds?: readonly CareNeedId[] | undefined;
  readonly tier?: TierId | undefined;
  readonly amount?: number | undefined;
  readonly appointmentAt?: Instant | undefined;
  readonly adviser?: StaffId | undefined;
  readonly language?: Locale | undefined;
};
export type CancelTicket = {
  readonly type: 'CancelTicket';
  readonly ticketId: TicketId;
  readonly reason: CancelReason;
};
export type RejoinQueue = { readonly type: 'RejoinQueue'; readonly ticketId: TicketId };
export type TransferTicket = {
  readonly type: 'TransferTicket';
  readonly ticketId: TicketId;
  readonly to: TransferTarget;
};
export type PrioritiseTicket = {
  readonly type: 'PrioritiseTicket';
  readonly ticketId: TicketId;
  readonly reason: OutOfTurnReason;
};
export type MarkCareNeeds = {
  readonly type: 'MarkCareNeeds';
  readonly ticketId: TicketId;
  /** The whole new list; empty takes the mark away. */
  readonly careNeeds: readonly CareNeedId[];
};
export type AddService = { readonly type: 'AddService'; readonly ticketId: TicketId; readonly service: ServiceId };

// Counters
export type OpenCounter = {
  readonly type: 'OpenCounter';
  readonly counterId: CounterId;
  /** Absent for a device. */
  readonly tellerId?: StaffId | undefined;
};
/** Finishes the customer in hand, takes no more, and closes. */
export type CloseCounter = { readonly type: 'CloseCounter'; readonly counterId: CounterId };
export type KeepCounterOpen = { readonly type: 'KeepCounterOpen'; readonly counterId: CounterId };
export type PauseCounter = { readonly type: 'PauseCounter'; readonly counterId: CounterId; readonly reason: string };
export type ResumeCounter = { readonly type: 'ResumeCounter'; readonly counterId: CounterId };
export type SetWorkProfile = {
  readonly type: 'SetWorkProfile';
  readonly counterId: CounterId;
  readonly profile: WorkProfileId;
};

// Floating windows
/** The timer's own form: it names its moment (rules F1, T1). */
export type ReviewWindows = { readonly type: 'ReviewWindows'; readonly due: Instant };
/** The timer's own form: the person who was sent over is there (rule F4). */
export type OpenReadyCounter = {
  readonly type: 'OpenReadyCounter';
  readonly counterId: CounterId;
  readonly readyAt: Instant;
};
/** Why a proposal is not followed. */
export type DismissReason = 'nobody-free' | 'passes-soon' | 'other-plan' | 'wrong-window' | 'other';
export type ApproveProposal = { readonly type: 'ApproveProposal'; readonly proposalId: ProposalId };
export type DismissProposal = {
  readonly type: 'DismissProposal';
  readonly proposalId: ProposalId;
  readonly reason: DismissReason;
};

// Calling
export type CallNext = {
  readonly type: 'CallNext';
  readonly counterId: CounterId;
  /** While serving: finish the customer in hand with this outcome and call the next one, in one step. */
  readonly finish?: Outcome | undefined;
};
export type CallTicket = {
  readonly type: 'CallTicket';
  readonly counterId: CounterId;
  readonly ticketId: TicketId;
  /** Kept with the call. */
  readonly reason: OutOfTurnReason;
};
export type Recall = { readonly type: 'Recall'; readonly counterId: CounterId };
export type StartService = { readonly type: 'StartService'; readonly counterId: CounterId };
export type FinishService = {
  readonly type: 'FinishService';
  readonly counterId: CounterId;
  readonly outcome: Outcome;
};
export type MarkNoShow = { readonly type: 'MarkNoShow'; readonly counterId: CounterId };
/** The timer's own form: it names the call, so a late one is refused (rule T1). */
export type ExpireCall = { readonly type: 'ExpireCall'; readonly callId: CallId };
export type HoldTicket = { readonly type: 'HoldTicket'; readonly counterId: CounterId; readonly reason: string };
export type ResumeTicket = {
  readonly type: 'ResumeTicket';
  readonly counterId: CounterId;
  readonly ticketId: TicketId;
};
/** Back to the queue in its old place. */
export type ReturnToQueue = { readonly type: 'ReturnToQueue'; readonly counterId: CounterId };
export type ServeWithoutTicket = {
  readonly type: 'ServeWithoutTicket';
  readonly counterId: CounterId;
  readonly services: readonly ServiceId[];
};
/** Undoes the last action of the counter, or, without one, of the person who asks. */
export type UndoLast = { readonly type: 'UndoLast'; readonly counterId?: CounterId | undefined };

export type Command =
  | OpenDay
  | CloseDay
  | TakeTicket
  | CancelTicket
  | RejoinQueue
  | TransferTicket
  | PrioritiseTicket
  | MarkCareNeeds
  | AddService
  | OpenCounter
  | CloseCounter
  | KeepCounterOpen
  | PauseCounter
  | ResumeCounter
  | SetWorkProfile
  | ReviewWindows
  | OpenReadyCounter
  | ApproveProposal
  | DismissProposal
  | CallNext
  | CallTicket
  | Recall
  | StartService
  | FinishService
  | MarkNoShow
  | ExpireCall
  | HoldTicket
  | ResumeTicket
  | ReturnToQueue
  | ServeWithoutTicket
  | UndoLast;

/** Time, chance and identity come in from outside, so that a replay is exact. */
export interface CommandContext {
  readonly now: Instant;
  readonly actor: ActorId;
  readonly commandId: CommandId;
  /** Fresh and unguessable: the id of the ticket or the call that this command may make. */
  readonly newId: string;
}
