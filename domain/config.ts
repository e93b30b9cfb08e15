import type {
  BranchId,
  CareNeedId,
  CounterId,
  SegmentId,
  ServiceId,
  SkillId,
  StaffId,
  TierId,
  WorkProfileId,
  ZoneId,
} from './ids.ts';

/** What the branch day needs to know of its branch. The day keeps the copy that it was opened with (rule D2). */

export const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
/** A text that people read, in every language of the product. */
export type Text = Readonly<Record<Locale, string>>;

export interface BranchConfig {
  readonly branchId: BranchId;
  readonly name: Text;
  /** IANA name. The business day is the calendar date here. */
  readonly timeZone: string;
  /** Local times `HH:MM`, shown to customers. */
  readonly hours: { readonly opens: string; readonly closes: string };
  /** Always shown to customers, so that nobody stands at a kiosk without a way to a person. */
  readonly hotline: string;
  readonly segments: readonly Segment[];
  readonly services: readonly Service[];
  /** What the kiosk offers on its first page. An entry with one service is one tap to a ticket, with several it is two. */
  readonly menu: readonly MenuEntry[];
  /** Ordered; the first that is true decides. The last one has no conditions. */
  readonly segmentRules: readonly SegmentRule[];
  readonly tiers: readonly { readonly id: TierId; readonly name: Text }[];
  readonly careNeeds: readonly CareNeed[];
  readonly zones: readonly Zone[];
  readonly counters: readonly CounterConfig[];
  readonly workProfiles: readonly WorkProfile[];
  readonly staff: readonly StaffMember[];
  readonly routing: RoutingConfig;
  readonly floating: FloatingConfig;
  readonly estimate: EstimateConfig;
  readonly calling: CallingConfig;
  readonly rejoin: RejoinConfig;
  /** Absent in days of before 2026-12. */
  readonly delay?: DelayConfig;
  /** Absent in days of before 2026-12. */
  readonly tasks?: TasksConfig;
  /** Absent in days of before 2026-12. */
  readonly alerts?: AlertsConfig;
  readonly diversion?: DiversionConfig;
  /** Absent in days of before 2026-12: no numbers are reserved in them. */
  readonly offline?: OfflineConfig;
  /** The hall as it is drawn at the console; without it the console lays it out by itself. */
  readonly map?: HallMap;
  /** How long the last action of a counter or a person can be undone, in seconds. */
  readonly undoSeconds: number;
  readonly pauseReasons: readonly { readonly id: string; readonly name: Text }[];
  readonly holdReasons: readonly { readonly id: string; readonly name: Text }[];
  /** What the lobby may tell the teller of a customer: phrases, because free text would bring names into the log. None when absent. */
  readonly notes?: readonly { readonly id: string; readonly name: Text }[];
  /** Absent in days of before 2026-12: then nobody is asked. */
  readonly rating?: RatingConfig;
  /** Lines of the display's ticker, one shown at a time. */
  readonly ticker: readonly Text[];
}

/** The colours that a segment may take; the values live in the screens' tokens. */
export type SegmentColour = 'blue' | 'green' | 'gold' | 'slate' | 'violet' | 'wine';

export interface Segment {
  readonly id: SegmentId;
  readonly name: Text;
  /** One letter, none of the misread I, O, Q, S, Z. */
  readonly prefix: string;
  readonly firstNumber: number;
  /** Digits, padded with zeros. A series that outgrows it goes on with one digit more. */
  readonly width: number;
  readonly targetMinutes: number;
  /** A wait past this goes before every priority (rule R2). */
  readonly ceilingMinutes: number;
  /** For `strict-priority`: 1 goes first. */
  readonly rank: number;
  /** For `ratio`: so many of this segment for so many of another. */
  readonly weight: number;
  /** Where its customers sit. */
  readonly zone: ZoneId;
  readonly colour: SegmentColour;
}

export interface Service {
  readonly id: ServiceId;
  readonly name: Text;
  /** Typical time at a counter. */
  readonly minutes: number;
  /** A teller needs all of them. */
  readonly skills: readonly SkillId[];
  readonly guide: {
    readonly documents: readonly Text[];
    readonly fee: Text;
    /** The single fees as a plain table. */
    readonly fees?: readonly { readonly item: Text; readonly price: Text }[];
    readonly steps: readonly Text[];
  };
  /** How it may end, in the branch's own words: the desk asks for one when it is finished. Nothing is asked when absent. */
  readonly outcomes?: readonly { readonly id: string; readonly name: Text }[];
  /** Can also be done at a self-service machine. */
  readonly selfService: boolean;
}

export interface MenuEntry {
  readonly id: string;
  readonly name: Text;
  readonly hint: Text;
  /** Name of the picture on the tile. */
  readonly icon: 'cash' | 'card' | 'transfer' | 'building' | 'chart' | 'calendar' | 'machine' | 'currency' | 'shield';
  readonly services: readonly ServiceId[];
}

/** Every condition that is present must hold. Lists mean "one of". */
export interface SegmentRule {
  readonly id: string;
  readonly when: {
    /** The first service of the ticket. */
    readonly services?: readonly ServiceId[];
    readonly tiers?: readonly TierId[];
    readonly careNeeds?: readonly CareNeedId[];
    /** Amount in the branch's currency; a ticket without an amount matches neither. */
    readonly amountAtLeast?: number;
    readonly amountBelow?: number;
    readonly appointment?: boolean;
  };
  readonly segment: SegmentId;
}

export interface CareNeed {
  readonly id: CareNeedId;
  readonly name: Text;
}

export interface Zone {
  readonly id: ZoneId;
  readonly kind: 'self-service' | 'cash' | 'non-cash' | 'waiting' | 'marketing' | 'vip';
  readonly name: Text;
}

export interface CounterConfig {
  readonly id: CounterId;
  /** What the display shows and speaks: "3". */
  readonly label: string;
  readonly kind: 'fixed' | 'floating' | 'device' | 'adviser';
  readonly zone: ZoneId;
  readonly profile: WorkProfileId;
  /** A device has no teller; these are its skills. */
  readonly skills: readonly SkillId[];
}

/** Which segments a counter serves first, and which it helps with. */
export interface WorkProfile {
  readonly id: WorkProfileId;
  readonly name: Text;
  readonly first: readonly SegmentId[];
  readonly help: readonly SegmentId[];
  /** `free`: helps when none of its own waits. `late`: helps with tickets past their target. `free-or-late`: both. */
  readonly helpWhen: 'free' | 'late' | 'free-or-late';
}

/** No name here: names stay with the people's accounts, outside the log. */
export interface StaffMember {
  readonly id: StaffId;
  readonly skills: readonly {
    readonly skill: SkillId;
    /** Last business day on which it is valid. */ readonly until?: string;
  }[];
  /** 1 is the typical time, 2 is twice as fast. By service, `*` for all others. */
  readonly speed: Readonly<Record<ServiceId | '*', number>>;
}

export type RoutingPolicyName = 'cost-of-delay' | 'wait-over-target' | 'first-come' | 'strict-priority' | 'ratio';

export interface RoutingConfig {
  readonly policy: RoutingPolicyName;
  /** Exponent p of `cost-of-delay`: 1.5 pushes the share within target, 4 protects the longest wait. */
  readonly power: number;
  /** A care need lowers the wait target of its ticket to this. */
  readonly careTargetMinutes: number;
  /** Where the law asks that people with a care need go first whenever one is present. */
  readonly careFirst: boolean;
}

export interface CallingConfig {
  /** The least time between two calls of the same number. */
  readonly recallAfterSeconds: number;
  readonly maxRecalls: number;
  /** A called ticket that nobody starts becomes a no-show by itself after this. */
  readonly noShowSeconds: number;
  /** The same for a ticket with a care need: longer. */
  readonly careNoShowSeconds: number;
  /** A teller may say "no-show" after this, or after the second call. */
  readonly noShowAfterSeconds: number;
  /** How long a counter with auto-call waits before it calls by itself (rule C10); 10 when it is not said. */
  readonly autoCallSeconds?: number;
  /** A called customer is taken to have come after this (rule C11); when it is not said, the teller confirms it. */
  readonly arrivalSeconds?: number;
}

export interface RatingConfig {
  /** How long the screen at the counter asks, from the end of the service. */
  readonly askSeconds: number;
  /** How long after the end of the service a rating is taken, on any channel. */
  readonly withinMinutes: number;
}

/** When what can be done at a machine is offered there (rule L1). */
export interface DiversionConfig {
  /** The least wait saved for which anybody is asked, in minutes. 5 when it is not said. */
  readonly savesMinutes: number;
}

/** In cells of the map's grid; the cell at the top left is 0, 0. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface HallMap {
  readonly columns: number;
  readonly rows: number;
  readonly zones: readonly (Rectangle & { readonly zone: ZoneId })[];
  readonly counters: readonly (Rectangle & { readonly counter: CounterId })[];
  /** Kiosks, displays and printers, by the name that they are paired with. */
  readonly devices: readonly (Rectangle & {
    readonly device: string;
    readonly kind: 'kiosk' | 'display' | 'printer';
  })[];
  readonly doors: readonly Rectangle[];
}

export interface TasksConfig {
  /** A task that nobody has taken by then is urgent (rule A4). 120 when it is not said. */
  readonly escalateSeconds: number;
}

export interface OfflineConfig {
  /** How many numbers of each series a kiosk holds, to give while it cannot reach the server; 0: it gives none then. */
  readonly numbers: number;
}

/** When the lobby manager is alerted, beside targets and ceilings (rule A6), and how alerts go on (rules A7, A8). */
export interface AlertsConfig {
  /** A queue is long when more wait in a segment than this. */
  readonly queueLong: number;
  /** A call that nobody has come to for so long, from the last time it was called. */
  readonly unansweredSeconds: number;
  /** A counter that has had nobody for so long while somebody waits whom it could call, */
  readonly idleSeconds: number;
  /** and one that may be serving people without calling them. */
  readonly notCallingMinutes: number;
  /** A customer of a tier is about to be called when fewer than this are before them. */
  readonly vipAhead: number;
  /** An alert that was acknowledged comes back after this, if it is still there. */
  readonly repeatMinutes: number;
  readonly snoozeMinutes: number;
  /** One that nobody has answered is urgent after this. */
  readonly escalateMinutes: number;
}

export interface RejoinConfig {
  /** How long after its call a missed ticket may come back. */
  readonly withinMinutes: number;
  /** The share of the time already waited that it keeps, 0 to 1. */
  readonly creditShare: number;
}

/** How long somebody who is not back yet may let others go first. */
export interface DelayConfig {
  readonly minutes: number;
  /** When the number has been called already: somebody waits for it at the counter. */
  readonly calledMinutes: number;
  /** How often one ticket may; 0: never. */
  readonly times: number;
}

export type FloatingPolicyName = 'rolling-plan' | 'threshold' | 'manual';

/** When floating windows open, close and change their work; limits that no policy may break. */
export interface FloatingConfig {
  readonly policy: FloatingPolicyName;
  /** `advise`: the lobby manager approves. `automatic`: what would be advised is done. */
  readonly mode: 'advise' | 'automatic';
  /** How often the hall is looked at. */
  readonly reviewSeconds: number;
  /** From the decision to the first customer: the person walks over and signs in. */
  readonly openingMinutes: number;
  /** An opened window stays open at least so long, */
  readonly minOpenMinutes: number;
  /** and a closed one closed. */
  readonly minClosedMinutes: number;
  /** How long a proposal waits for an answer. */
  readonly proposalMinutes: number;
  /** For `rolling-plan`, the only knob: how many minutes of waiting customers one minute of a teller is worth. */
  readonly price: number;
  /** For `rolling-plan`: what one opening costs, in minutes of waiting customers. */
  readonly openingCost: number;
  /** For so many expected arrivals the forecast stands before the day's own count speaks; 25 when it is not said. */
  readonly forecastTrust?: number;
  readonly threshold: {
    /** Open when more wait for each open window than this. */
    readonly openAbove: number;
    /** Close when a floating window has had nobody for so long. */
    readonly closeAfterIdleMinutes: number;
  };
  /** Who may be asked to staff a floating window. */
  readonly staff: readonly StaffId[];
  /** Posts that must keep at least `minimum` of their people, whatever the queue. */
  readonly posts: readonly {
    readonly id: string;
    readonly name: Text;
    readonly staff: readonly StaffId[];
    readonly minimum: number;
  }[];
}

/** `forward`: the hall run forward from the present state. `queue-length`: those ahead, shared among the windows. */
export type EstimateMethod = 'forward' | 'queue-length';

/** How the wait that customers are told is found. */
export interface EstimateConfig {
  readonly method: EstimateMethod;
  /** For `forward`: how many futures are run. 200 is right, more gains nothing. */
  readonly paths: number;
}

/** Expected arrivals of one day. The day keeps the one that it was opened with: what was forecast stays beside what came. */
export interface Forecast {
  /** Start of the first slot, ms since 1970. */
  readonly from: number;
  readonly slotMinutes: number;
  /** Expected tickets in each slot, by segment; all lists have the same length. */
  readonly arrivals: Readonly<Record<SegmentId, readonly number[]>>;
}
