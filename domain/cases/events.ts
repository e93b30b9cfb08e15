import type { ActorId, BranchId, Instant, StaffId } from '../ids.ts';
import type {
  CaseAllowance,
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

/** The moments of one time to decide and inform. */
export interface ClockTimes {
  readonly due: Instant;
  readonly warnAt: Instant;
}

export type CaseFact =
  | {
      readonly type: 'CaseReceived';
      readonly number: CaseNumber;
      readonly branchId: BranchId;
      readonly source: CaseSource;
      readonly link: CaseLink;
      /** First asked: who took it in owns it. */
      readonly ownerId?: StaffId | undefined;
      readonly about: readonly StaffId[];
      readonly reference?: string | undefined;
      readonly acknowledgeBy: Instant;
      readonly times: ClockTimes;
    }
  | { readonly type: 'CaseTaken'; readonly ownerId: StaffId }
  | { readonly type: 'CaseAcknowledged'; readonly channel: CaseChannel }
  | { readonly type: 'InvestigationStarted' }
  | {
      readonly type: 'CaseExtended';
      readonly allowance: Exclude<CaseAllowance, 'normal'>;
      readonly channel: CaseChannel;
      readonly times: ClockTimes;
    }
  | { readonly type: 'ExtensionAsked'; readonly staffId: StaffId }
  | { readonly type: 'ExtensionRefused' }
  | { readonly type: 'RootCauseSet'; readonly rootCause: RootCauseId }
  | {
      readonly type: 'CaseDecided';
      readonly outcome: CaseOutcome;
      readonly remedies: readonly CaseRemedy[];
      readonly staffId: StaffId;
    }
  | { readonly type: 'CustomerInformed'; readonly channel: CaseChannel; readonly letter: CaseFileId }
  /** `settled`: the bank has said all that it will say; else it goes on. */
  | {
      readonly type: 'SecondContactMade';
      readonly channel: CaseChannel;
      readonly answer: SecondAnswer;
      readonly settled: boolean;
    }
  /** The customer was not satisfied: once more, with a time of its own. */
  | { readonly type: 'CaseReopened'; readonly times: ClockTimes }
  | { readonly type: 'CaseClosed' }
  | { readonly type: 'CaseWithdrawn' }
  | { readonly type: 'CaseOffered'; readonly to: StaffId; readonly until: Instant }
  | { readonly type: 'OfferAccepted'; readonly ownerId: StaffId }
  | { readonly type: 'OfferDeclined' }
  | { readonly type: 'OfferLapsed' }
  | { readonly type: 'PersonRecused'; readonly staffId: StaffId }
  /** `times`: the regulator's time is shorter than what was left. */
  | { readonly type: 'RegulatorMarked'; readonly reference: string; readonly times?: ClockTimes | undefined }
  | { readonly type: 'NoteAdded' }
  | { readonly type: 'FileAttached'; readonly fileId: CaseFileId }
  | { readonly type: 'AcknowledgingReminded' }
  | { readonly type: 'DeadlineWarned' }
  | { readonly type: 'CaseEscalated'; readonly to: EscalationRole; readonly next: Instant };

/** What has happened to a case: `customer`, `system` or `staff:1003` did it. */
export type CaseEvent = CaseFact & { readonly at: Instant; readonly by: ActorId };
