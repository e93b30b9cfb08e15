import type { ActorId, BranchId, Instant, StaffId } from '../ids.ts';
import type {
  CaseChannel,
  CaseFileId,
  CaseLink,
  CaseNumber,
  CaseOutcome,
  CaseRemedy,
  CaseSource,
  EscalationRole,
  RootCauseId,
  SecondAnswer,
} from './case.ts';

/** How a case begins. */
export interface ReceiveCase {
  readonly type: 'ReceiveCase';
  readonly number: CaseNumber;
  readonly branchId: BranchId;
  readonly source: CaseSource;
  readonly link: CaseLink;
  /** Whom the complaint is about, where it says so. */
  readonly about: readonly StaffId[];
  /** Of the regulator that it comes from. */
  readonly reference?: string | undefined;
}

/** What is done by a person of the bank, or by the customer. What they write goes beside it, not in it. */
export type CaseAct =
  /** By whoever takes a case that nobody owns. */
  | { readonly type: 'TakeCase' }
  | { readonly type: 'AcknowledgeCase'; readonly channel: CaseChannel }
  | { readonly type: 'StartInvestigation' }
  /** The owner says why it is complex, and has told the customer. */
  | { readonly type: 'ExtendCase'; readonly channel: CaseChannel }
  /** The owner asks for the longest time, which another approves. */
  | { readonly type: 'AskExtension' }
  | { readonly type: 'ApproveExtension'; readonly channel: CaseChannel }
  | { readonly type: 'RefuseExtension' }
  | { readonly type: 'SetRootCause'; readonly rootCause: RootCauseId }
  | {
      readonly type: 'DecideCase';
      readonly outcome: CaseOutcome;
      readonly remedies: readonly CaseRemedy[];
      readonly rootCause?: RootCauseId | undefined;
    }
  /** The letter says what was decided, and where else the customer can turn. */
  | { readonly type: 'InformCustomer'; readonly channel: CaseChannel; readonly letter: CaseFileId }
  /** The owner asks the customer whether that settles it, or the customer says so on their page. */
  | { readonly type: 'NoteSecondContact'; readonly channel: CaseChannel; readonly answer: SecondAnswer }
  | { readonly type: 'CloseCase' }
  /** By the customer, or by the owner who was told so. */
  | { readonly type: 'WithdrawCase' }
  | { readonly type: 'OfferCase'; readonly to: StaffId }
  | { readonly type: 'AcceptOffer' }
  | { readonly type: 'DeclineOffer' }
  /** The complaint turns out to be about this person. */
  | { readonly type: 'RecusePerson'; readonly staffId: StaffId }
  /** The regulator was told, or asks. */
  | { readonly type: 'MarkRegulator'; readonly reference: string }
  | { readonly type: 'AddNote' }
  | { readonly type: 'AttachFile'; readonly fileId: CaseFileId };

/** What comes by itself when its time is there; a late or second one is refused. */
export type CaseTimer =
  | { readonly type: 'RemindOfAcknowledging' }
  | { readonly type: 'WarnOfDeadline' }
  | { readonly type: 'EscalateCase' }
  | { readonly type: 'LapseOffer' };

export type CaseCommand = ReceiveCase | CaseAct | CaseTimer;

/** Who does it. */
export type CaseDoer =
  | {
      readonly kind: 'staff';
      readonly actor: ActorId;
      readonly staffId: StaffId;
      /** Branch head of the branch, or network manager: approves extensions, and offers the case of another. */
      readonly oversees: boolean;
    }
  | { readonly kind: 'customer' }
  | { readonly kind: 'clock' };

/** Days to the end of the last of them; the day that they are counted from is not one of them. */
export interface CaseTerms {
  readonly acknowledgeDays: number;
  readonly normalDays: number;
  readonly complexDays: number;
  readonly longestDays: number;
  /** Of a case that the regulator knows of, where it has a shorter time. */
  readonly regulatorDays?: number | undefined;
  /** Of the days: 0.7 */
  readonly warnShare: number;
  /** To whom it is brought at the deadline, and to whom after that; the last stays. At least one. */
  readonly escalateTo: readonly [EscalationRole, ...EscalationRole[]];
  /** After the deadline it is brought upward again each so many days. */
  readonly repeatDays: number;
  /** An offer to take a case over lapses after so many days. */
  readonly offerDays: number;
  /** So often a customer who cannot be reached is tried. */
  readonly contactAttempts: number;
  readonly rootCauses: readonly RootCauseId[];
}

/** All that a decision depends on beside the case. */
export interface CaseContext {
  readonly now: Instant;
  readonly by: CaseDoer;
  readonly terms: CaseTerms;
  /** The end of the last of so many days after the day of `from`, in the bank's calendar. */
  readonly endOf: (from: Instant, days: number) => Instant;
}
