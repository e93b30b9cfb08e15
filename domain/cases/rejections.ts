import type { Instant, StaffId } from '../ids.ts';
import type { CaseStatus } from './case.ts';

/** Why a command on a case was refused. Each has one sentence in each language in the screens. */
export type CaseRejection =
  | { readonly code: 'unknown-case' }
  | { readonly code: 'case-exists' }
  /** Not in this state: it is `status`. */
  | { readonly code: 'wrong-step'; readonly status: CaseStatus }
  | { readonly code: 'case-over'; readonly status: CaseStatus }
  | { readonly code: 'case-owned'; readonly ownerId: StaffId }
  /** Nobody has taken it yet. */
  | { readonly code: 'no-owner' }
  | { readonly code: 'not-owner'; readonly ownerId: StaffId }
  /** The complaint is about whoever asks. */
  | { readonly code: 'recused' }
  /** The complaint is about whom it was to be offered to. */
  | { readonly code: 'other-recused' }
  | { readonly code: 'already-recused' }
  | { readonly code: 'offer-open'; readonly to: StaffId; readonly until: Instant }
  | { readonly code: 'no-offer' }
  | { readonly code: 'offer-for-another'; readonly to: StaffId }
  | { readonly code: 'offer-to-owner' }
  | { readonly code: 'extended-already' }
  /** More time is taken before the deadline, not after it. */
  | { readonly code: 'deadline-past'; readonly due: Instant }
  /** First the time for complex cases, then the longest. */
  | { readonly code: 'not-extended-yet' }
  | { readonly code: 'longest-already' }
  | { readonly code: 'asked-already' }
  | { readonly code: 'not-asked' }
  /** Another than the owner, who oversees the branch. */
  | { readonly code: 'approver-needed' }
  | { readonly code: 'unknown-root-cause' }
  | { readonly code: 'root-cause-missing' }
  | { readonly code: 'regulator-known' }
  | { readonly code: 'staff-only' }
  | { readonly code: 'timer-out-of-date' };
