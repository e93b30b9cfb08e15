import type { OutOfTurnReason } from '../commands.ts';
import type {
  BranchConfig,
  CareNeed,
  CounterConfig,
  Locale,
  MenuEntry,
  Segment,
  Service,
  Text,
  WorkProfile,
  Zone,
} from '../config.ts';
import type { Quote, Why } from '../events.ts';
import type {
  BranchId,
  BusinessDay,
  CallId,
  CareNeedId,
  CounterId,
  Instant,
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
  readonly ticker: readonly Text[];
  readonly calling: BranchConfig['calling'];
  readonly undoSeconds: number;
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

interface DayView {
  readonly day: BusinessDay;
  /** False before the day is opened and after it is closed: no tickets then. */
  readonly open: boolean;
}

export interface KioskView extends DayView {
  readonly kind: 'kiosk';
  readonly waiting: number;
  readonly countersOpen: number;
  readonly segments: readonly SegmentWait[];
  /** For an ordinary customer who chooses the service: the segment by the rules, and its wait. */
  readonly services: readonly ({ readonly service: ServiceId } & SegmentWait)[];
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

export interface TicketMarks {
  readonly careNeeds: readonly CareNeedId[];
  readonly tier?: TierId | undefined;
  readonly appointmentAt?: Instant | undefined;
  readonly prioritised?: OutOfTurnReason | undefined;
  readonly language: Locale;
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
}

export interface HeldRow {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly counterId: CounterId;
  readonly reason: string;
  readonly since: Instant;
}

export interface MissedRow {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly segment: SegmentId;
  readonly missedAt: Instant;
  readonly mayRejoinUntil: Instant;
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
  /** What Undo would take back, and until when. */
  readonly undo?: { readonly what: string; readonly until: Instant } | undefined;
  /** What the lobby manager is asked to decide about this window. */
  readonly proposed?: Pick<Proposal, 'kind' | 'tellerId' | 'profile' | 'expiresAt'> | undefined;
  /** For the transfer dialog: every segment's wait and every counter's state. */
  readonly segments: readonly SegmentWait[];
  readonly counters: readonly (CounterState & { readonly busy: boolean })[];
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
}

export type Alert =
  | {
      readonly kind: 'past-ceiling';
      readonly id: string;
      readonly ticketId: TicketId;
      readonly number: string;
      readonly since: Instant;
    }
  | { readonly kind: 'nobody-serves'; readonly id: string; readonly segment: SegmentId; readonly waiting: number }
  | { readonly kind: 'nobody-can'; readonly id: string; readonly ticketId: TicketId; readonly number: string };

export interface SegmentBoard extends SegmentWait {
  readonly targetMs: number;
  readonly longestSince?: Instant | undefined;
  /** Called today, and of them within target. */
  readonly called: number;
  readonly withinTarget: number;
  readonly waitedMs: number;
  readonly missed: number;
}

export interface ManagerView extends DayView {
  readonly kind: 'manager';
  readonly counters: readonly CounterTile[];
  readonly segments: readonly SegmentBoard[];
  /** Every waiting ticket, oldest first. */
  readonly waiting: readonly QueueRow[];
  readonly held: readonly HeldRow[];
  readonly missed: readonly MissedRow[];
  readonly alerts: readonly Alert[];
  /** Those that wait for an answer, and then the latest that were approved, with what came of them. */
  readonly proposals: readonly Proposal[];
  readonly closesAt?: Instant | undefined;
  /** Tickets expected in the next half hour; absent for a day without a forecast (rule X7). */
  readonly expectedNext30?: number | undefined;
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
  readonly range?: WaitRange | undefined;
  /** Only while the wait is longer than what was first quoted (rule E7). */
  readonly longer?: WhyLonger | undefined;
  /** As first quoted. */
  readonly quote?: Quote | undefined;
  /** Numbers of the same segment that were called last, newest first; at most 3. */
  readonly lastCalled: readonly string[];
  /** Where to go: while called or being served. */
  readonly counter?:
    { readonly label: string; readonly zone: ZoneId; readonly times: number; readonly lastAt: Instant } | undefined;
  /** Only when missed and still in time. */
  readonly mayRejoinUntil?: Instant | undefined;
  readonly zone: ZoneId;
  readonly endReason?: EndReason | undefined;
  /** Only on a day with longer hours: until when (rule F14). */
  readonly openUntil?: Instant | undefined;
}

export type View = KioskView | DisplayView | CounterView | ManagerView | TicketView;

/** Who looks. One view is made for each audience, however many screens show it. */
export type Audience =
  | { readonly kind: 'kiosk' }
  | { readonly kind: 'display'; readonly zone?: ZoneId | undefined; readonly counterId?: CounterId | undefined }
  | { readonly kind: 'counter'; readonly counterId: CounterId }
  | { readonly kind: 'manager' }
  | { readonly kind: 'ticket'; readonly ticketId: TicketId };
