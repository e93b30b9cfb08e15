import type { AlertMark } from './attention/alert.ts';
import type { Task } from './attention/task.ts';
import type { CancelReason, Outcome, OutOfTurnReason } from './commands.ts';
import type { BranchConfig, Forecast, Locale, Text } from './config.ts';
import type { ConfigIndex } from './config-index.ts';
import type { Experience } from './estimate/experience.ts';
import type { MachineFault, Quote, Why } from './events.ts';
import type { FloatingState } from './floating/proposal.ts';
import type {
  ActorId,
  AlertId,
  BusinessDay,
  CallId,
  CareNeedId,
  CommandId,
  CounterId,
  Instant,
  SegmentId,
  ServiceId,
  StaffId,
  TaskId,
  TicketId,
  TierId,
  WorkProfileId,
} from './ids.ts';
import type { NumberBlock } from './numbers.ts';
import type { Queue } from './queue.ts';

export type TicketStatus = 'waiting' | 'called' | 'serving' | 'held' | 'finished' | 'missed' | 'cancelled' | 'expired';

/** How a ticket came to its end: an outcome, a reason to cancel, or the end of the day. */
export type EndReason = Outcome | CancelReason | 'day-closed';

/** A stretch of a visit. The last one of a ticket that has not ended has no `to`. */
export interface Period {
  readonly kind: 'wait' | 'call' | 'serve' | 'hold' | 'away';
  readonly from: Instant;
  readonly to?: Instant;
  readonly counterId?: CounterId;
  readonly tellerId?: StaffId;
}

export interface Call {
  readonly callId: CallId;
  readonly ticketId: TicketId;
  readonly number: string;
  readonly counterId: CounterId;
  readonly at: Instant;
  /** 1 for the call itself, one more for each recall. */
  readonly times: number;
  /** When it was last called: recalls and the automatic no-show count from here. */
  readonly lastAt: Instant;
  readonly why: Why;
}

/** Never changed in place: a change is a new record, so that an undo can put the old one back. */
export interface Ticket {
  readonly id: TicketId;
  readonly number: string;
  /** Its place among all tickets of the day: breaks ties, oldest first. */
  readonly order: number;
  readonly segment: SegmentId;
  readonly rule: string;
  /** Still to be done, the current one first. */
  readonly services: readonly ServiceId[];
  readonly done: readonly ServiceId[];
  readonly careNeeds: readonly CareNeedId[];
  readonly tier?: TierId | undefined;
  readonly amount?: number | undefined;
  readonly appointmentAt?: Instant | undefined;
  /** Waits for this person, wherever they sit. */
  readonly adviser?: StaffId | undefined;
  /** Waits for this counter only. */
  readonly onlyCounter?: CounterId | undefined;
  readonly language: Locale;
  readonly quote?: Quote | undefined;
  readonly issuedAt: Instant;
  /** The wait counts from here: the issue, or later by what was not credited on a rejoin. */
  readonly waitingSince: Instant;
  readonly status: TicketStatus;
  readonly prioritised?: OutOfTurnReason | undefined;
  /** Only while it lets others go first: it waits, and is not in the queue until then (rule Q12). */
  readonly delayedUntil?: Instant | undefined;
  /** How often it was delayed. */
  readonly delays: number;
  /** It was sent elsewhere and has not been called there yet. */
  readonly transferred?: true | undefined;
  /** Where it is called, served or held. */
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
  readonly call?: Call | undefined;
  readonly holdReason?: string | undefined;
  /** What the lobby told the teller. */
  readonly notes: readonly string[];
  readonly endReason?: EndReason | undefined;
  readonly periods: readonly Period[];
  /** Number of the last event that changed it. */
  readonly touched: number;
}

/** `opening`: somebody is on the way to it (rule F4). */
export type CounterStatus = 'closed' | 'opening' | 'open' | 'paused' | 'closing';

/** Never changed in place, like a ticket. */
export interface Counter {
  readonly id: CounterId;
  readonly status: CounterStatus;
  readonly since: Instant;
  readonly tellerId?: StaffId | undefined;
  readonly profile: WorkProfileId;
  readonly pauseReason?: string | undefined;
  /** Only while opening: when it is open by itself. */
  readonly readyAt?: Instant | undefined;
  /** When it was last opened. */
  readonly openedAt?: Instant | undefined;
  /** Since when it has had this profile. */
  readonly profileSince: Instant;
  /** The ticket that is called to it or served at it. */
  readonly ticketId?: TicketId | undefined;
  /** Today at this counter: customers finished, in whole or in part, and missed, and all service together. */
  readonly tally: { readonly finished: number; readonly missed: number; readonly serviceMs: number };
  /** Of a machine that serves nobody: why (rule M2). */
  readonly fault?: MachineFault | undefined;
  /** Of a machine: what it cannot do now (rule M1). */
  readonly cannot: readonly ServiceId[];
  /** Since when it has had no ticket. */
  readonly idleSince: Instant;
  /** Since when it calls by itself (rule C10). */
  readonly autoCallSince?: Instant | undefined;
  /** The customer whose visit ended here last, and when: who may rate it. */
  readonly lastServed?: { readonly ticketId: TicketId; readonly at: Instant } | undefined;
  readonly touched: number;
}

/** What one command changed, as it was before: enough to undo it. */
export interface Action {
  readonly commandId: CommandId;
  readonly at: Instant;
  readonly by: ActorId;
  readonly counterId?: CounterId | undefined;
  /** Type of its last event. */
  what: string;
  /** Number of its last event. */
  lastSeq: number;
  /** A few at most, each once. */
  readonly tickets: Ticket[];
  readonly counters: Counter[];
  readonly calls: CallId[];
}

/**
 * One branch on one business day. `evolve` changes it in place (a day may have ten thousand tickets);
 * the records inside are never changed in place.
 */
export interface BranchDay {
  readonly day: BusinessDay;
  readonly config: BranchConfig;
  readonly index: ConfigIndex;
  readonly forecast: Forecast | undefined;
  readonly openedAt: Instant;
  readonly floating: FloatingState;
  closed: boolean;
  /** How many events it has seen. */
  seq: number;
  /** Time of its last event. Time never runs backwards in a day: the host gives no earlier `now`. */
  lastAt: Instant;
  readonly tickets: Map<TicketId, Ticket>;
  readonly counters: Map<CounterId, Counter>;
  /** Of the whole day, in the order in which they were raised. */
  readonly tasks: Map<TaskId, Task>;
  /** What people said to alerts. */
  readonly alertMarks: Map<AlertId, AlertMark>;
  readonly queue: Queue;
  /** Tickets that let others go first. */
  readonly delayed: Set<TicketId>;
  /** The next number of each series. */
  readonly nextSequence: Map<SegmentId, number>;
  /** Numbers that kiosks give by themselves, in the order in which they were reserved. */
  readonly blocks: NumberBlock[];
  /** The ticket that each TakeTicket made. */
  readonly issuedBy: Map<CommandId, TicketId>;
  /** Calls of each segment so far, for the `ratio` policy. */
  readonly ratioCalls: Map<SegmentId, number>;
  /** What estimates have learnt today. */
  readonly experience: Experience;
  /** What the lobby manager tells the hall (rule V6). */
  ticker: readonly Text[];
  /** The latest calls, oldest first. */
  readonly calls: Call[];
  readonly lastByCounter: Map<CounterId, Action>;
  readonly lastByActor: Map<ActorId, Action>;
}
