import type { TaskKind, TaskOutcome, TaskPlace } from './attention/task.ts';
import type {
  CancelReason,
  Channel,
  DismissReason,
  OfflineTicket,
  OfferAnswer,
  Outcome,
  OutOfTurnReason,
  TransferTarget,
} from './commands.ts';
import type { BranchConfig, EstimateMethod, Forecast, Locale, Text } from './config.ts';
import type { RangeScores } from './estimate/corrections.ts';
import type { Outlook, PlanFigures, Promised, ProposalKind, ProposalReason } from './floating/proposal.ts';
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
import type { RejectionCode } from './rejections.ts';

/** What every event says: when (UTC), by whom, and which command made it. No event holds personal data. */
interface Fact<Type extends string> {
  readonly type: Type;
  readonly at: Instant;
  readonly by: ActorId;
  readonly commandId: CommandId;
}

export type DayOpened = Fact<'DayOpened'> & {
  readonly day: BusinessDay;
  readonly config: BranchConfig;
  readonly forecast?: Forecast;
  readonly closesAt?: Instant;
  readonly rangeScores?: RangeScores;
};
export type DayClosed = Fact<'DayClosed'>;

export type TicketIssued = Fact<'TicketIssued'> & {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  /** Its place in the segment's series, or in that of `offline`: the first is `firstNumber`. */
  readonly sequence: number;
  /** Which segment rule decided. */
  readonly rule: string;
  readonly services: readonly ServiceId[];
  readonly careNeeds: readonly CareNeedId[];
  readonly tier?: TierId;
  readonly amount?: number;
  readonly appointmentAt?: Instant;
  readonly adviser?: StaffId;
  readonly language: Locale;
  /** The wait first quoted: kept, for only so can the estimate be judged. Absent when nothing was quoted. */
  readonly quote?: Quote;
  /** Set when a teller serves somebody who took no ticket: it never waits. */
  readonly servedAt?: { readonly counterId: CounterId; readonly tellerId?: StaffId };
  /** Given by a kiosk that could not reach the server (rule N7): the series of its number, and when it was taken. */
  readonly offline?: { readonly series: SegmentId; readonly takenAt: Instant };
};

/** Somebody was asked whether they want to do it at a machine (rule L1), and what they said. */
export type ChannelOffered = Fact<'ChannelOffered'> & {
  /** Absent for one who left. */
  readonly ticketId?: TicketId;
  readonly service: ServiceId;
  readonly channel: Channel;
  readonly answer: OfferAnswer;
  /** The wait saved, as it was shown. */
  readonly savesMinutes: number;
};
/** The machine could not help: the ticket waits for a person in its old place (rule L4). */
export type ChannelFailed = Fact<'ChannelFailed'> & { readonly ticketId: TicketId; readonly segment: SegmentId };

/** A quoted wait: minutes at the 10th, 50th, 80th and 90th percentile. */
export interface Quote {
  readonly mean?: number;
  readonly p10: number;
  readonly p50: number;
  readonly p80: number;
  readonly p90: number;
  /** What it was made by. Absent in days of before 2026-12. */
  readonly by?: EstimateMethod;
  /** How many widths its ends were moved out to keep what 80 % promises (rule E6). */
  readonly correction?: number;
  /** How many open counters served it then: to say why a wait has grown (rule E7). */
  readonly windows?: number;
}

/** Why this ticket and no other (rule R9). */
export interface Why {
  /** The rule that decided. `chosen` is a person's choice, `held` one who came back from hold. */
  readonly rule: 'ceiling' | 'prioritised' | 'care-first' | 'policy' | 'chosen' | 'held';
  readonly policy: string;
  /** The policy's index for it; the largest is called. Comparable only within one call. */
  readonly score: number;
  readonly waitedMs: number;
  readonly targetMs: number;
  /** The next best of those that this counter could have called. */
  readonly runnerUp?: {
    readonly number: string;
    readonly score: number;
    readonly waitedMs: number;
    readonly targetMs: number;
  };
  /** A helping segment of the counter's work profile. */
  readonly helping?: true;
  /** A person's reason for a chosen or prioritised ticket. */
  readonly reason?: OutOfTurnReason;
}

export type TicketCalled = Fact<'TicketCalled'> & {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly callId: CallId;
  readonly counterId: CounterId;
  readonly tellerId?: StaffId;
  readonly why: Why;
};
export type TicketRecalled = Fact<'TicketRecalled'> & { readonly ticketId: TicketId; readonly callId: CallId };
export type ServiceStarted = Fact<'ServiceStarted'> & { readonly ticketId: TicketId };
export type ServiceFinished = Fact<'ServiceFinished'> & {
  readonly ticketId: TicketId;
  readonly outcome: Outcome;
  /** In the words of the service: one of its `outcomes`. */
  readonly code?: string;
  readonly served: readonly ServiceId[];
  /** What this counter could not do: the ticket goes back to wait for it, in its old place. */
  readonly remaining: readonly ServiceId[];
  readonly remainingSegment?: SegmentId;
};
export type TicketMissed = Fact<'TicketMissed'> & { readonly ticketId: TicketId; readonly callId: CallId };
export type TicketHeld = Fact<'TicketHeld'> & { readonly ticketId: TicketId; readonly reason: string };
export type TicketReturned = Fact<'TicketReturned'> & { readonly ticketId: TicketId };
export type TicketTransferred = Fact<'TicketTransferred'> & {
  readonly ticketId: TicketId;
  readonly to: TransferTarget;
  /** The segment that it waits in from now on; its number and its waiting time stay. */
  readonly segment: SegmentId;
};
export type TicketCancelled = Fact<'TicketCancelled'> & { readonly ticketId: TicketId; readonly reason: CancelReason };
export type TicketRejoined = Fact<'TicketRejoined'> & {
  readonly ticketId: TicketId;
  /** Waiting time that it keeps from before it was missed. */
  readonly creditMs: number;
};
/** Not called before `until`; then it is back in its old place (rule Q12). */
export type TicketDelayed = Fact<'TicketDelayed'> & { readonly ticketId: TicketId; readonly until: Instant };
export type DelayEnded = Fact<'DelayEnded'> & { readonly ticketId: TicketId };
export type TicketPrioritised = Fact<'TicketPrioritised'> & {
  readonly ticketId: TicketId;
  readonly reason: OutOfTurnReason;
};
export type CareNeedsMarked = Fact<'CareNeedsMarked'> & {
  readonly ticketId: TicketId;
  readonly careNeeds: readonly CareNeedId[];
};
export type TicketNoted = Fact<'TicketNoted'> & { readonly ticketId: TicketId; readonly notes: readonly string[] };
export type ServiceAdded = Fact<'ServiceAdded'> & { readonly ticketId: TicketId; readonly service: ServiceId };
export type TicketExpired = Fact<'TicketExpired'> & { readonly ticketId: TicketId; readonly reason: 'day-closed' };

export type CounterOpened = Fact<'CounterOpened'> & { readonly counterId: CounterId; readonly tellerId?: StaffId };
export type CounterClosing = Fact<'CounterClosing'> & { readonly counterId: CounterId };
export type CounterKeptOpen = Fact<'CounterKeptOpen'> & { readonly counterId: CounterId };
export type CounterClosed = Fact<'CounterClosed'> & { readonly counterId: CounterId };
export type CounterPaused = Fact<'CounterPaused'> & { readonly counterId: CounterId; readonly reason: string };
export type CounterResumed = Fact<'CounterResumed'> & { readonly counterId: CounterId };
/** What the displays tell the hall besides the branch's own lines (rule V6). Written by staff, for everybody to read. */
export type TickerWritten = Fact<'TickerWritten'> & { readonly lines: readonly Text[] };
export type AutoCallSet = Fact<'AutoCallSet'> & { readonly counterId: CounterId; readonly on: boolean };
export type WorkProfileSet = Fact<'WorkProfileSet'> & {
  readonly counterId: CounterId;
  readonly profile: WorkProfileId;
};

/** What a machine says, or that it says nothing any more. */
export type MachineFault = 'fault' | 'silent';
/** It serves nobody from now on (rule M2). */
export type MachineFailed = Fact<'MachineFailed'> & { readonly counterId: CounterId; readonly why: MachineFault };
export type MachineRecovered = Fact<'MachineRecovered'> & { readonly counterId: CounterId };
export type MachineServicesSet = Fact<'MachineServicesSet'> & {
  readonly counterId: CounterId;
  /** What it cannot do now; empty when it can do all of its own. */
  readonly cannot: readonly ServiceId[];
};

/** The hall was looked at (rule F1). */
export type WindowsReviewed = Fact<'WindowsReviewed'> & {
  /** What the plan goes by from now on, when it was renewed (rule F9). */
  readonly plan?: PlanFigures;
};
export type WindowProposed = Fact<'WindowProposed'> & {
  readonly proposalId: ProposalId;
  readonly kind: ProposalKind;
  /** Absent for longer hours. */
  readonly counterId?: CounterId;
  /** Who should come, or sits there now. */
  readonly tellerId?: StaffId;
  /** The work profile after a conversion. */
  readonly profile?: WorkProfileId;
  /** The new closing time. */
  readonly until?: Instant;
  readonly policy: string;
  readonly reason: ProposalReason;
  /** What is expected without it and with it (rule F12). Absent for longer hours. */
  readonly promised?: Promised;
  readonly expiresAt: Instant;
};
export type ProposalApproved = Fact<'ProposalApproved'> & { readonly proposalId: ProposalId };
export type ProposalDismissed = Fact<'ProposalDismissed'> & {
  readonly proposalId: ProposalId;
  readonly reason: DismissReason;
};
export type ProposalExpired = Fact<'ProposalExpired'> & {
  readonly proposalId: ProposalId;
  readonly why: 'time' | 'overtaken';
};
/** The person is on the way; the window is open at `readyAt` at the latest (rule F4). */
export type CounterOpening = Fact<'CounterOpening'> & {
  readonly counterId: CounterId;
  readonly tellerId: StaffId;
  readonly readyAt: Instant;
};
export type HoursExtended = Fact<'HoursExtended'> & { readonly until: Instant };
/** What came of a proposal that was approved (rule F12). */
export type EffectMeasured = Fact<'EffectMeasured'> & { readonly proposalId: ProposalId; readonly came: Outlook };

/** From now on only this kiosk gives these numbers, while it cannot reach the server (rule N6). */
export type NumbersReserved = Fact<'NumbersReserved'> & {
  readonly kiosk: KioskId;
  readonly series: SegmentId;
  readonly from: number;
  /** The last one of them. */
  readonly to: number;
};
/** What is left of a block never comes into the queue (rule N8). */
export type NumbersReleased = Fact<'NumbersReleased'> & {
  readonly kiosk: KioskId;
  readonly series: SegmentId;
  readonly from: number;
  readonly to: number;
  readonly unused: readonly number[];
};
/** What a kiosk said; what became of each ticket follows (rule N7). */
export type TicketsHandedIn = Fact<'TicketsHandedIn'> & {
  readonly kiosk: KioskId;
  readonly day: BusinessDay;
  readonly tickets: readonly OfflineTicket[];
};
/** Somebody may hold this number on paper, and it is not in the queue (rule N9). */
export type TicketTurnedAway = Fact<'TicketTurnedAway'> & {
  readonly kiosk: KioskId;
  readonly number: string;
  readonly reason: RejectionCode;
};

/** Somebody of the hall is to walk there (rule A1). */
export type TaskRaised = Fact<'TaskRaised'> & {
  readonly taskId: TaskId;
  readonly kind: TaskKind;
  readonly place: TaskPlace;
  readonly ticketId?: TicketId;
};
export type TaskTaken = Fact<'TaskTaken'> & { readonly taskId: TaskId };
/** Nobody took it in time (rule A4). */
export type TaskEscalated = Fact<'TaskEscalated'> & { readonly taskId: TaskId };
export type TaskFinished = Fact<'TaskFinished'> & { readonly taskId: TaskId; readonly outcome: TaskOutcome };

/** Quiet until `until`, while the problem lasts (rule A7). */
export type AlertAcknowledged = Fact<'AlertAcknowledged'> & { readonly alertId: AlertId; readonly until: Instant };
export type AlertSnoozed = Fact<'AlertSnoozed'> & { readonly alertId: AlertId; readonly until: Instant };
export type AlertEscalated = Fact<'AlertEscalated'> & { readonly alertId: AlertId };

/** Puts back everything that one command changed (rule U1). */
export type ActionUndone = Fact<'ActionUndone'> & {
  readonly undoneCommandId: CommandId;
  /** What it was, for the people who read: the type of its last event. */
  readonly undone: string;
};

export type DomainEvent =
  | DayOpened
  | DayClosed
  | TicketIssued
  | ChannelOffered
  | ChannelFailed
  | TicketCalled
  | TicketRecalled
  | ServiceStarted
  | ServiceFinished
  | TicketMissed
  | TicketHeld
  | TicketReturned
  | TicketTransferred
  | TicketCancelled
  | TicketRejoined
  | TicketDelayed
  | DelayEnded
  | TicketPrioritised
  | CareNeedsMarked
  | TicketNoted
  | ServiceAdded
  | TicketExpired
  | CounterOpened
  | CounterClosing
  | CounterKeptOpen
  | CounterClosed
  | CounterPaused
  | CounterResumed
  | AutoCallSet
  | WorkProfileSet
  | MachineFailed
  | MachineRecovered
  | MachineServicesSet
  | TickerWritten
  | WindowsReviewed
  | WindowProposed
  | ProposalApproved
  | ProposalDismissed
  | ProposalExpired
  | CounterOpening
  | HoursExtended
  | EffectMeasured
  | ActionUndone
  | NumbersReserved
  | NumbersReleased
  | TicketsHandedIn
  | TicketTurnedAway
  | TaskRaised
  | TaskTaken
  | TaskEscalated
  | TaskFinished
  | AlertAcknowledged
  | AlertSnoozed
  | AlertEscalated;

export type EventType = DomainEvent['type'];
