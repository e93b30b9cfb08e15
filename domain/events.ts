import type { CancelReason, DismissReason, Outcome, OutOfTurnReason, TransferTarget } from './commands.ts';
import type { BranchConfig, EstimateMethod, Forecast, Locale } from './config.ts';
import type { RangeScores } from './estimate/corrections.ts';
import type { Outlook, PlanFigures, Promised, ProposalKind, ProposalReason } from './floating/proposal.ts';
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
  /** Its place in the segment's series: the first is `firstNumber`. */
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
};

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
export type TicketPrioritised = Fact<'TicketPrioritised'> & {
  readonly ticketId: TicketId;
  readonly reason: OutOfTurnReason;
};
export type CareNeedsMarked = Fact<'CareNeedsMarked'> & {
  readonly ticketId: TicketId;
  readonly careNeeds: readonly CareNeedId[];
};
export type ServiceAdded = Fact<'ServiceAdded'> & { readonly ticketId: TicketId; readonly service: ServiceId };
export type TicketExpired = Fact<'TicketExpired'> & { readonly ticketId: TicketId; readonly reason: 'day-closed' };

export type CounterOpened = Fact<'CounterOpened'> & { readonly counterId: CounterId; readonly tellerId?: StaffId };
export type CounterClosing = Fact<'CounterClosing'> & { readonly counterId: CounterId };
export type CounterKeptOpen = Fact<'CounterKeptOpen'> & { readonly counterId: CounterId };
export type CounterClosed = Fact<'CounterClosed'> & { readonly counterId: CounterId };
export type CounterPaused = Fact<'CounterPaused'> & { readonly counterId: CounterId; readonly reason: string };
export type CounterResumed = Fact<'CounterResumed'> & { readonly counterId: CounterId };
export type WorkProfileSet = Fact<'WorkProfileSet'> & {
  readonly counterId: CounterId;
  readonly profile: WorkProfileId;
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
  | TicketPrioritised
  | CareNeedsMarked
  | ServiceAdded
  | TicketExpired
  | CounterOpened
  | CounterClosing
  | CounterKeptOpen
  | CounterClosed
  | CounterPaused
  | CounterResumed
  | WorkProfileSet
  | WindowsReviewed
  | WindowProposed
  | ProposalApproved
  | ProposalDismissed
  | ProposalExpired
  | CounterOpening
  | HoursExtended
  | EffectMeasured
  | ActionUndone;

export type EventType = DomainEvent['type'];
