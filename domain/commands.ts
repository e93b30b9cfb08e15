import type { ASKING_PLACES, TaskKind, TaskOutcome, TaskPlace } from './attention/task.ts';
import type { BranchConfig, Forecast, Locale, Text } from './config.ts';
import type { RangeScores } from './estimate/corrections.ts';
import type {
  ActorId,
  AlertId,
  BusinessDay,
  CallId,
  CareNeedId,
  CommandId,
  CounterId,
  Instant,
  KioskId,
  ProposalId,
  SegmentId,
  ServiceId,
  StaffId,
  TaskId,
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
/** Where a service can be done without waiting for a counter. */
export type Channel = 'machine';
/** `left`: walked away from the question. */
export type OfferAnswer = 'accepted' | 'declined' | 'left';
/** What a customer was offered, and said (rules L1–L3). */
export interface Offer {
  readonly channel: Channel;
  readonly answer: Exclude<OfferAnswer, 'left'>;
  /** The wait saved, as it was shown, in whole minutes. */
  readonly savesMinutes: number;
}
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
  /** Puts the services into the order of the fewest stops (rule S6). */
  readonly planned?: true | undefined;
  /** Asked before the number was taken. One who accepts waits for a machine. */
  readonly offer?: Offer | undefined;
};
/** Asked, and gone without a number. */
export type LeaveOffer = {
  readonly type: 'LeaveOffer';
  readonly service: ServiceId;
  readonly channel: Channel;
  readonly savesMinutes: number;
};
export type CancelTicket = {
  readonly type: 'CancelTicket';
  readonly ticketId: TicketId;
  readonly reason: CancelReason;
};
export type RejoinQueue = { readonly type: 'RejoinQueue'; readonly ticketId: TicketId };
/** Is not back yet: lets others go first for a while and keeps its place (rule Q12). */
export type DelayTicket = { readonly type: 'DelayTicket'; readonly ticketId: TicketId };
/** Is back before that. */
export type EndDelay = { readonly type: 'EndDelay'; readonly ticketId: TicketId };
/** The timer's own form: it names its moment (rule T1). */
export type ExpireDelay = { readonly type: 'ExpireDelay'; readonly ticketId: TicketId; readonly until: Instant };
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
export type NoteTicket = {
  readonly type: 'NoteTicket';
  readonly ticketId: TicketId;
  /** The whole new list, of the branch's phrases; empty takes the note away. */
  readonly notes: readonly string[];
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
/** What the lobby manager tells the hall today, in place of what was told before; an empty list takes it all back. */
export type WriteTicker = {
  readonly type: 'WriteTicker';
  /** A language that is left empty is shown in another one. */
  readonly lines: readonly Text[];
};
export type SetWorkProfile = {
  readonly type: 'SetWorkProfile';
  readonly counterId: CounterId;
  readonly profile: WorkProfileId;
};

// Machines
/** How a machine is, by its own word (rules M1, M4). */
export type ReportMachine = {
  readonly type: 'ReportMachine';
  readonly counterId: CounterId;
  readonly fault: boolean;
  /** What it cannot do now, though a machine could: no cash, no paper, no cards. */
  readonly cannot: readonly ServiceId[];
};
/** From inside: nothing has been heard of it for too long (rule M3). */
export type MarkMachineSilent = { readonly type: 'MarkMachineSilent'; readonly counterId: CounterId };

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
  /** With `finish`: one of the current service's `outcomes`. */
  readonly code?: string | undefined;
};
/** From now on the counter calls by itself when it is free (rule C10), or not any more. */
export type SetAutoCall = { readonly type: 'SetAutoCall'; readonly counterId: CounterId; readonly on: boolean };
/** The timer's own form: it names its moment (rules C10, T1). */
export type CallWaiting = { readonly type: 'CallWaiting'; readonly counterId: CounterId; readonly due: Instant };
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
  /** One of the current service's `outcomes`. */
  readonly code?: string | undefined;
};
export type MarkNoShow = { readonly type: 'MarkNoShow'; readonly counterId: CounterId };
/** The timer's own form: it names the call, so a late one is refused (rule T1). */
export type ExpireCall = { readonly type: 'ExpireCall'; readonly callId: CallId };
/** The timer's own form: it names the call (rules C11, T1). */
export type AssumeArrival = { readonly type: 'AssumeArrival'; readonly callId: CallId };
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

// Numbers that a kiosk gives while it cannot reach the server
/** Fills up what this kiosk may give by itself (rule N6). */
export type ReserveNumbers = { readonly type: 'ReserveNumbers'; readonly kiosk: KioskId };
/** A ticket that a kiosk gave by itself. */
export interface OfflineTicket {
  /** Chosen by the kiosk from 128 random bits: it is on the paper already. */
  readonly ticketId: TicketId;
  /** Whose series the number is of; the segment is decided by the rules. */
  readonly series: SegmentId;
  readonly sequence: number;
  readonly services: readonly ServiceId[];
  readonly careNeeds?: readonly CareNeedId[] | undefined;
  readonly tier?: TierId | undefined;
  readonly language?: Locale | undefined;
  /** By the server's clock, as far as the kiosk knew it. */
  readonly takenAt: Instant;
  /** The TakeTicket whose answer never came (rule N10). */
  readonly insteadOf?: CommandId | undefined;
}
export type HandInTickets = {
  readonly type: 'HandInTickets';
  readonly kiosk: KioskId;
  /** The business day on which they were given. */
  readonly day: BusinessDay;
  readonly tickets: readonly OfflineTicket[];
};
/** From inside: this device will not come back (rule N8). */
export type ReleaseNumbers = { readonly type: 'ReleaseNumbers'; readonly device: ActorId };

// Tasks of the hall
/** A customer or a teller needs a person now (rule A1). */
export type AskForPerson = {
  readonly type: 'AskForPerson';
  readonly from: TaskPlace<(typeof ASKING_PLACES)[number]>;
  readonly ticketId?: TicketId | undefined;
};
export type RaiseTask = {
  readonly type: 'RaiseTask';
  readonly kind: TaskKind;
  readonly place: TaskPlace;
  readonly ticketId?: TicketId | undefined;
};
export type TakeTask = { readonly type: 'TakeTask'; readonly taskId: TaskId };
export type FinishTask = {
  readonly type: 'FinishTask';
  readonly taskId: TaskId;
  /** `done` when it is not said. */
  readonly outcome?: TaskOutcome | undefined;
};
/** The timer's own form: nobody took it in time (rules A4, T1). */
export type EscalateTask = { readonly type: 'EscalateTask'; readonly taskId: TaskId; readonly due: Instant };

// Alerts
/** Somebody knows of it: quiet for a time (rule A7). */
export type AcknowledgeAlert = { readonly type: 'AcknowledgeAlert'; readonly alertId: AlertId };
export type SnoozeAlert = { readonly type: 'SnoozeAlert'; readonly alertId: AlertId };
/** Urgent for everybody, from now on (rule A8). */
export type EscalateAlert = { readonly type: 'EscalateAlert'; readonly alertId: AlertId };

export type Command =
  | OpenDay
  | CloseDay
  | TakeTicket
  | LeaveOffer
  | CancelTicket
  | RejoinQueue
  | DelayTicket
  | EndDelay
  | ExpireDelay
  | TransferTicket
  | PrioritiseTicket
  | MarkCareNeeds
  | NoteTicket
  | AddService
  | OpenCounter
  | CloseCounter
  | KeepCounterOpen
  | PauseCounter
  | ResumeCounter
  | SetWorkProfile
  | ReportMachine
  | MarkMachineSilent
  | WriteTicker
  | ReviewWindows
  | OpenReadyCounter
  | ApproveProposal
  | DismissProposal
  | CallNext
  | SetAutoCall
  | CallWaiting
  | CallTicket
  | Recall
  | StartService
  | FinishService
  | MarkNoShow
  | ExpireCall
  | AssumeArrival
  | HoldTicket
  | ResumeTicket
  | ReturnToQueue
  | ServeWithoutTicket
  | UndoLast
  | ReserveNumbers
  | HandInTickets
  | ReleaseNumbers
  | AskForPerson
  | RaiseTask
  | TakeTask
  | FinishTask
  | EscalateTask
  | AcknowledgeAlert
  | SnoozeAlert
  | EscalateAlert;

/** Time, chance and identity come in from outside, so that a replay is exact. */
export interface CommandContext {
  readonly now: Instant;
  readonly actor: ActorId;
  readonly commandId: CommandId;
  /** Fresh and unguessable: the id of the ticket or the call that this command may make. */
  readonly newId: string;
}
