import type { Alert } from '../attention/alert.ts';
import type { Task } from '../attention/task.ts';
import type {
  BranchConfig,
  CareNeed,
  CounterConfig,
  HallMap,
  Locale,
  MenuEntry,
  Segment,
  Service,
  Text,
  WorkProfile,
  Zone,
} from '../config.ts';
import type { MachineFault, Quote, Why } from '../events.ts';
import type {
  BranchId,
  BusinessDay,
  CallId,
  CounterId,
  Instant,
  KioskId,
  SegmentId,
  ServiceId,
  StaffId,
  TicketId,
  TierId,
  WorkProfileId,
  ZoneId,
} from '../ids.ts';
import type { Proposal } from '../floating/proposal.ts';
import type { CounterStatus, EndReason, TicketStatus } from '../state.ts';
import type { RatingView } from './rating-view.ts';
import type { HeldRow, MissedRow, TicketMarks } from './rows.ts';

/**
 * What each kind of screen may see: whole small values, replaced by newer ones. Privacy is a type here: the kiosk's and
 * the display's views have no field that could hold a person, and no ticket id (who knows it holds the ticket).
 */

/** What does not change during the day; sent once with the first view. Public: no staff, no rules. */
export interface BranchProfile {
  readonly branchId: BranchId;
  readonly name: Text;
  readonly timeZone: string;
  readonly hours: BranchConfig['hours'];
  readonly hotline: string;
  readonly segments: readonly Segment[];
  readonly services: readonly Service[];
  readonly menu: readonly MenuEntry[];
  readonly careNeeds: readonly CareNeed[];
  readonly tiers: readonly { readonly id: TierId; readonly name: Text }[];
  readonly zones: readonly Zone[];
  readonly counters: readonly Pick<CounterConfig, 'id' | 'label' | 'kind' | 'zone'>[];
  readonly workProfiles: readonly WorkProfile[];
  readonly pauseReasons: BranchConfig['pauseReasons'];
  readonly holdReasons: BranchConfig['holdReasons'];
  readonly notes: NonNullable<BranchConfig['notes']>;
  readonly ticker: readonly Text[];
  readonly calling: BranchConfig['calling'];
  readonly undoSeconds: number;
  /** The hall as the branch drew it. */
  readonly map?: HallMap;
  /** Origin of the customers' pages, where it is not that of the screen itself. */
  readonly ticketsAt?: string;
}

/** Whole minutes, rounded as a person would say them: up to 5s above 10. */
export interface WaitRange {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** Why somebody waits longer than was quoted: people with priority went first, fewer windows serve, or services take longer. */
export type WhyLonger = 'others-first' | 'fewer-windows' | 'longer-services';

export interface SegmentWait {
  readonly segment: SegmentId;
  readonly waiting: number;
  /** What somebody who takes a number now should expect; absent while no open counter serves the segment. */
  readonly range?: WaitRange | undefined;
}

/** What a machine would save somebody who takes a number now (rule L1). */
export interface MachineOffer {
  /** Machines that nobody stands at. */
  readonly free: number;
  readonly range: WaitRange;
  readonly savesMinutes: number;
}

/** Of a service, for an ordinary customer. */
export interface ServiceWait extends SegmentWait {
  readonly service: ServiceId;
  /** Only where a machine is to be offered. */
  readonly machine?: MachineOffer | undefined;
  /** Why nobody serves it now: id of the reason of a counter that has paused (rule V9). */
  readonly paused?: string | undefined;
}

export interface DayView {
  readonly day: BusinessDay;
  /** False before the day is opened and after it is closed: no tickets then. */
  readonly open: boolean;
}

/** A person was asked for and has not been yet (rule A1). */
export interface AskedFor {
  /** The id of the place: of a kiosk, a machine, a counter. */
  readonly place: string;
  readonly since: Instant;
  /** Since when somebody is on the way. */
  readonly takenAt?: Instant | undefined;
}

export interface ReservedNumbers {
  readonly kiosk: KioskId;
  readonly series: SegmentId;
  readonly from: number;
  /** The last one. */
  readonly to: number;
  /** Behind the last one that was handed in. */
  readonly next: number;
}

export interface KioskView extends DayView {
  readonly kind: 'kiosk';
  readonly waiting: number;
  readonly countersOpen: number;
  readonly segments: readonly SegmentWait[];
  /** For an ordinary customer who chooses the service: the segment by the rules, and its wait. */
  readonly services: readonly ServiceWait[];
  /** While no counter is open: when the first one will be that somebody is on the way to (rule V9). */
  readonly opensAt?: Instant | undefined;
  /** What each kiosk may give by itself; absent when none may (rule N6). */
  readonly reserved?: readonly ReservedNumbers[] | undefined;
  /** Kiosks and machines at which a person was asked for; absent when there are none. */
  readonly asked?: readonly AskedFor[] | undefined;
  /** Only on a day with longer hours: until when (rule F14). */
  readonly openUntil?: Instant | undefined;
}

export interface DisplayCall {
  readonly callId: CallId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly counterId: CounterId;
  /** The counter's number on the sign: "3". */
  readonly label: string;
  readonly zone: ZoneId;
  readonly at: Instant;
  /** 1, and one more for each recall. */
  readonly times: number;
  readonly lastAt: Instant;
}

export interface DisplayView extends DayView {
  readonly kind: 'display';
  /** Oldest first; the screen shows the newest as current. At most 20. */
  readonly calls: readonly DisplayCall[];
  readonly segments: readonly SegmentWait[];
  readonly countersOpen: number;
  /** The numbers that should get ready, soonest first (rule V5). */
  readonly next: readonly string[];
  /** Self-service machines that are free now. */
  readonly machinesFree: number;
  /** What the lobby manager tells the hall, besides the lines of the profile; a language may be empty (rule V6). */
  readonly ticker: readonly Text[];
  /** Only on the display of a single counter. */
  readonly counter?:
    | {
        readonly counterId: CounterId;
        readonly label: string;
        readonly status: CounterStatus;
        readonly number?: string | undefined;
      }
    | undefined;
  /** Only on a day with longer hours: until when (rule F14). */
  readonly openUntil?: Instant | undefined;
}

/** One waiting ticket as staff see it. */
export interface QueueRow extends TicketMarks {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  readonly waitingSince: Instant;
  readonly targetMs: number;
  readonly ceilingMs: number;
  readonly onlyCounter?: CounterId | undefined;
  readonly adviser?: StaffId | undefined;
  /** While it lets others go first. */
  readonly delayedUntil?: Instant | undefined;
}

export interface CurrentTicket extends TicketMarks {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  readonly done: readonly ServiceId[];
  readonly status: 'called' | 'serving';
  readonly waitedMs: number;
  readonly targetMs: number;
  /** Where it would wait for each service of the branch, by the rules: what a transfer to it means. */
  readonly goesTo: readonly { readonly service: ServiceId; readonly segment: SegmentId }[];
  /** Typical time of the services still to be done here. */
  readonly typicalMs: number;
  /** Absent for somebody served without a ticket. */
  readonly call?:
    | {
        readonly callId: CallId;
        readonly at: Instant;
        readonly times: number;
        readonly lastAt: Instant;
        readonly why: Why;
      }
    | undefined;
  readonly servingSince?: Instant | undefined;
  /** When the service begins by itself (rule C11). Only while called. */
  readonly startsAt?: Instant | undefined;
  /** When it becomes a no-show by itself. Only while called. */
  readonly noShowAt?: Instant | undefined;
}

export interface CounterState {
  readonly counterId: CounterId;
  readonly status: CounterStatus;
  readonly since: Instant;
  readonly tellerId?: StaffId | undefined;
  readonly profile: WorkProfileId;
  readonly pauseReason?: string | undefined;
  /** Of a machine that is out of service (rule M2). */
  readonly fault?: MachineFault | undefined;
  /** Only while opening: when it is open by itself. */
  readonly readyAt?: Instant | undefined;
}

export interface CounterView extends DayView {
  readonly kind: 'counter';
  readonly counter: CounterState;
  readonly current?: CurrentTicket | undefined;
  /** What this counter may call now, in the order in which it would be called; at most 50. */
  readonly queue: readonly (QueueRow & {
    readonly rule: Why['rule'];
    readonly score: number;
    readonly helping: boolean;
  })[];
  readonly queueLength: number;
  /** Waiting tickets that this counter cannot call now. */
  readonly waitingElsewhere: number;
  readonly held: readonly HeldRow[];
  readonly missed: readonly MissedRow[];
  readonly today: { readonly finished: number; readonly missed: number; readonly serviceMs: number };
  /** The customer whose visit ended here last. */
  readonly lastServed?: { readonly number: string; readonly at: Instant } | undefined;
  /** While the counter calls by itself; `at` when it will, if somebody waits for it (rule C10). */
  readonly autoCall?: { readonly at?: Instant | undefined } | undefined;
  /** What Undo would take back, and until when. */
  readonly undo?: { readonly what: string; readonly until: Instant } | undefined;
  /** What the lobby manager is asked to decide about this window. */
  readonly proposed?: Pick<Proposal, 'kind' | 'tellerId' | 'profile' | 'expiresAt'> | undefined;
  /** For the transfer dialog: every segment's wait and every counter's state. */
  readonly segments: readonly SegmentWait[];
  readonly counters: readonly (CounterState & { readonly busy: boolean })[];
  /** Customers of a tier who wait for this teller, or soon come to them (rule A9); absent when there are none. */
  readonly arrivals?: readonly Alert[] | undefined;
  /** The teller has asked for a person. */
  readonly asked?: AskedFor | undefined;
}

export interface CounterTile extends CounterState {
  readonly ticket?:
    | {
        readonly ticketId: TicketId;
        readonly number: string;
        readonly segment: SegmentId;
        readonly status: 'called' | 'serving';
        readonly since: Instant;
        readonly typicalMs: number;
      }
    | undefined;
  readonly finished: number;
  /** Services that nobody there may do (rule K4); absent while nobody is there. */
  readonly cannot?: readonly ServiceId[] | undefined;
}

export interface SegmentBoard extends SegmentWait {
  readonly targetMs: number;
  readonly longestSince?: Instant | undefined;
  /** Called today, and of them within target. */
  readonly called: number;
  readonly withinTarget: number;
  readonly waitedMs: number;
  readonly missed: number;
}

export interface PostState {
  readonly post: string;
  readonly name: Text;
  readonly free: number;
  readonly minimum: number;
}

export interface ManagerView extends DayView {
  readonly kind: 'manager';
  readonly counters: readonly CounterTile[];
  readonly segments: readonly SegmentBoard[];
  /** Every waiting ticket, oldest first. */
  readonly waiting: readonly QueueRow[];
  readonly held: readonly HeldRow[];
  readonly missed: readonly MissedRow[];
  /** The most urgent first. */
  readonly alerts: readonly Alert[];
  /** Posts, and how many of their people sit at no counter (rule A10). */
  readonly posts: readonly PostState[];
  /** Those that wait for an answer, and then the latest that were approved, with what came of them. */
  readonly proposals: readonly Proposal[];
  /** Those that have not ended, in the order in which they were raised. */
  readonly tasks: readonly Task[];
  /** What the displays tell the hall (rule V6). */
  readonly ticker: readonly Text[];
  readonly closesAt?: Instant | undefined;
  /** Tickets expected in the next half hour; absent for a day without a forecast (rule X7). */
  readonly expectedNext30?: number | undefined;
  /** The fullest half hour still to come (rule X7). */
  readonly nextPeak?: { readonly at: Instant; readonly tickets: number } | undefined;
  readonly today: {
    readonly issued: number;
    readonly finished: number;
    readonly missed: number;
    readonly cancelled: number;
  };
}

/** The customer's own ticket on the phone. */
export interface TicketView {
  readonly kind: 'ticket';
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  readonly status: TicketStatus;
  readonly issuedAt: Instant;
  readonly language: Locale;
  /** Only while waiting. */
  readonly ahead?: number | undefined;
  /** Only with several services: what is done at one window, stop by stop (rule S6). */
  readonly stops?: readonly (readonly ServiceId[])[] | undefined;
  /** Of those ahead, the ones with an appointment. */
  readonly aheadByAppointment?: number | undefined;
  readonly range?: WaitRange | undefined;
  /** Only while the wait is longer than what was first quoted (rule E7). */
  readonly longer?: WhyLonger | undefined;
  /** As first quoted. */
  readonly quote?: Quote | undefined;
  /** Numbers of the same segment that were called last, newest first; at most 3. */
  readonly lastCalled: readonly string[];
  /** How many places before this one the newest of them was; absent when it came later and went first. */
  readonly lastCalledBefore?: number | undefined;
  /** Minutes that it may let others go first, now (rule Q13). */
  readonly mayDelayMinutes?: number | undefined;
  /** While it does: when it is back in its place. */
  readonly delayedUntil?: Instant | undefined;
  /** It was sent elsewhere and waits there: for one counter, where that is given. */
  readonly transferred?: { readonly label?: string | undefined } | undefined;
  /** Only while on hold. */
  readonly holdReason?: string | undefined;
  /** Where to go: while called or being served. */
  readonly counter?:
    { readonly label: string; readonly zone: ZoneId; readonly times: number; readonly lastAt: Instant } | undefined;
  /** Only when missed and still in time. */
  readonly mayRejoinUntil?: Instant | undefined;
  readonly zone: ZoneId;
  readonly endReason?: EndReason | undefined;
  /** Only once it is finished: until when the service can be rated. */
  readonly mayRateUntil?: Instant | undefined;
  /** The customer has asked for a person. */
  readonly asked?: AskedFor | undefined;
  /** Only on a day with longer hours: until when (rule F14). */
  readonly openUntil?: Instant | undefined;
}

export type View = KioskView | DisplayView | CounterView | ManagerView | TicketView | RatingView;

/** Who looks. One view is made for each audience, however many screens show it. */
export type Audience =
  | { readonly kind: 'kiosk' }
  | { readonly kind: 'display'; readonly zone?: ZoneId | undefined; readonly counterId?: CounterId | undefined }
  | { readonly kind: 'counter'; readonly counterId: CounterId }
  | { readonly kind: 'manager' }
  | { readonly kind: 'ticket'; readonly ticketId: TicketId }
  | { readonly kind: 'rating'; readonly counterId: CounterId };
