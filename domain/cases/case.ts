import type { ActorId, BranchId, BusinessDay, CounterId, Instant, StaffId, TicketId } from '../ids.ts';

/** `C2026-000123`: the year, and the next number of the bank in it. */
export type CaseNumber = string;
/** Of a file that lies with a case. */
export type CaseFileId = string;
/** As the bank names them in its settings. */
export type RootCauseId = string;

/** In the order in which a case goes through them; `withdrawn` is the other end. */
export type CaseStatus =
  'received' | 'acknowledged' | 'investigating' | 'decided' | 'informed' | 'contacted' | 'closed' | 'withdrawn';

/** How a complaint came in. */
export type CaseSource = 'desk' | 'phone' | 'letter' | 'survey' | 'suggestion-book' | 'web' | 'regulator';
export type CaseOutcome = 'upheld' | 'partly-upheld' | 'not-upheld';
export type CaseRemedy =
  'none' | 'explanation' | 'apology' | 'correction' | 'refund' | 'compensation' | 'better-process' | 'training';
/** How a customer is spoken to; `web` is the page that they follow their case on. */
export type CaseChannel = 'in-person' | 'phone' | 'letter' | 'email' | 'sms' | 'web';
/** What the customer says of the decision when they are asked again. */
export type SecondAnswer = 'satisfied' | 'not-satisfied' | 'not-reached';
/** How long there is to decide and inform. */
export type CaseAllowance = 'normal' | 'complex' | 'longest';
/** Whom an overdue case is brought to. */
export type EscalationRole = 'branch-head' | 'network-manager';

/** What the complaint is about, as far as it is known. */
export interface CaseLink {
  readonly day?: BusinessDay | undefined;
  readonly ticketId?: TicketId | undefined;
  /** As it stood on the ticket. */
  readonly ticketNumber?: string | undefined;
  readonly waitedMs?: number | undefined;
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
}

/** The time that there is to decide and inform. It stands still while the customer has the word. */
export interface CaseClock {
  readonly startedAt: Instant;
  readonly allowance: CaseAllowance;
  readonly due: Instant;
  readonly warnAt: Instant;
  readonly warned: boolean;
  /** How often it was brought upward, and when next if nothing happens. */
  readonly escalations: number;
  readonly escalateAt: Instant;
}

/** An offer to take the case over: until the other accepts, the owner stays the owner. */
export interface CaseOffer {
  readonly to: StaffId;
  readonly by: ActorId;
  readonly at: Instant;
  /** Then it lapses. */
  readonly until: Instant;
}

export interface CaseDecision {
  readonly outcome: CaseOutcome;
  readonly remedies: readonly CaseRemedy[];
  readonly at: Instant;
  readonly by: StaffId;
}

/** One complaint. No word that anybody wrote is in it, and no name: those are kept apart, so that they can be erased. */
export interface ComplaintCase {
  readonly number: CaseNumber;
  readonly branchId: BranchId;
  readonly source: CaseSource;
  readonly receivedAt: Instant;
  readonly link: CaseLink;
  readonly status: CaseStatus;
  /** Absent until somebody takes it: it came in by itself, or with the person that it is about. */
  readonly ownerId?: StaffId | undefined;
  readonly offer?: CaseOffer | undefined;
  /** Whom the complaint is about: they may not own it, decide it or be offered it. */
  readonly recused: readonly StaffId[];
  /** It came from the regulator, or the regulator was told. */
  readonly regulator?: { readonly reference: string; readonly at: Instant } | undefined;
  readonly acknowledgeBy: Instant;
  readonly acknowledgedAt?: Instant | undefined;
  /** Somebody was reminded that it is not acknowledged. */
  readonly reminded: boolean;
  readonly clock: CaseClock;
  /** The longest time was asked for and nobody has answered. */
  readonly asked?: { readonly at: Instant; readonly by: StaffId } | undefined;
  readonly rootCause?: RootCauseId | undefined;
  readonly decision?: CaseDecision | undefined;
  readonly informed?: { readonly at: Instant; readonly channel: CaseChannel; readonly letter: CaseFileId } | undefined;
  /** Whether the customer was informed in time; of the first time if it was reopened. */
  readonly onTime?: boolean | undefined;
  /** How often the customer could not be reached a second time. */
  readonly attempts: number;
  readonly answer?: SecondAnswer | undefined;
  /** 2 after the customer was not satisfied: it is investigated once more, and no third time. */
  readonly round: 1 | 2;
  readonly endedAt?: Instant | undefined;
}

/** No command changes it any more. */
export function isOver({ status }: Pick<ComplaintCase, 'status'>): boolean {
  return status === 'closed' || status === 'withdrawn';
}

/** The time to decide and inform runs: the customer does not have the word, and it is not over. */
export function clockRuns({ status }: Pick<ComplaintCase, 'status'>): boolean {
  return status === 'received' || status === 'acknowledged' || status === 'investigating' || status === 'decided';
}
