import type {
  CaseFileId,
  CaseNumber,
  CaseOutcome,
  CaseStatus,
  ComplaintCase,
  RootCauseId,
} from '../domain/cases/case.ts';
import type { CaseEvent } from '../domain/cases/events.ts';
import type { BranchId, Instant, StaffId } from '../domain/ids.ts';
import type { CaseContact, CaseFile, CaseQuery } from '../protocol/cases.ts';

/** Where complaint cases are kept: their events for ever, and apart from them what people wrote. */

export interface NewCaseFile extends CaseFile {
  readonly content: Buffer;
}

/** What one command made of a case. */
export interface CaseCommit {
  readonly number: CaseNumber;
  /** 1 for the first; each next one is one more. */
  readonly version: number;
  readonly events: readonly CaseEvent[];
  /** The case after them. */
  readonly state: ComplaintCase;
  /** When its next timer is due; absent when it has none. */
  readonly nextAt?: Instant | undefined;
  /** What was written with it. */
  readonly text?: string | undefined;
  readonly file?: NewCaseFile | undefined;
}

export interface FirstCaseCommit extends CaseCommit {
  readonly text: string;
  readonly contact: CaseContact;
  /** Under which the customer is found who asks what is kept of them. */
  readonly pseudonym?: string | undefined;
  readonly verified: boolean;
  /** Of the key with which the customer follows it. */
  readonly keyDigest: string;
}

/** One case as it is kept. What was erased is absent. */
export interface KeptCase {
  readonly version: number;
  readonly commits: readonly {
    readonly version: number;
    readonly events: readonly CaseEvent[];
    readonly text?: string | undefined;
  }[];
  readonly contact?: CaseContact | undefined;
  readonly verified: boolean;
  readonly keyDigest: string;
  readonly files: readonly CaseFile[];
}

export interface CaseSearch extends Pick<CaseQuery, 'status' | 'time' | 'number' | 'limit' | 'after'> {
  /** Absent: all of them. */
  readonly branches?: readonly BranchId[] | undefined;
  /** Those of this person, or offered to them; null: those of nobody. */
  readonly owner?: StaffId | null | undefined;
  /** Not those that are about this person, unless they own them. */
  readonly seenBy: StaffId;
  readonly now: Instant;
}

export interface CaseCounts {
  /** Came in during the period. */
  readonly received: number;
  readonly closed: number;
  readonly withdrawn: number;
  /** Not over at its end. */
  readonly open: number;
  /** Of those: past their deadline, without the customer having been told. */
  readonly late: number;
  /** Of those that were closed. */
  readonly rootCauses: readonly { readonly cause: RootCauseId; readonly count: number }[];
  readonly outcomes: readonly { readonly outcome: CaseOutcome; readonly count: number }[];
  /** Of those that were closed: how many were told in time. */
  readonly onTime: number;
}

export interface CaseRecords {
  /** The last number of a year, `2026`; 0 when it has none. */
  lastNumber(year: string): Promise<number>;
  /** @returns `taken` when another has the number; the number of the case that the same key belongs to already */
  add(commit: FirstCaseCommit): Promise<'added' | 'taken' | { readonly known: CaseNumber }>;
  /** @returns false when the case is not at the version before this one */
  append(commit: CaseCommit): Promise<boolean>;
  load(number: CaseNumber): Promise<KeptCase | undefined>;
  /** Those whose time runs by their deadline, then the others, newest first. One more than `limit` when there are more. */
  list(
    search: CaseSearch,
  ): Promise<readonly { readonly state: ComplaintCase; readonly opening?: string | undefined }[]>;
  counts(branches: readonly BranchId[] | undefined): Promise<Readonly<Partial<Record<CaseStatus, number>>>>;
  /** Those that something is still due of, and when. */
  timers(): Promise<readonly { readonly number: CaseNumber; readonly at: Instant }[]>;
  file(number: CaseNumber, fileId: CaseFileId): Promise<NewCaseFile | undefined>;
  /** `until` is not included. */
  countsOf(period: {
    readonly branches: readonly BranchId[];
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<CaseCounts>;
  /** What people wrote in it, the customer's contact and the files. @returns how many rows are gone */
  erase(number: CaseNumber): Promise<number>;
}
