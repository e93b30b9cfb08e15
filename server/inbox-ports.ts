import type { Locale } from '../domain/config.ts';
import type { BranchId, Instant, StaffId } from '../domain/ids.ts';
import type { InboxState } from '../domain/inbox/moves.ts';
import type { InboxContact, InboxItem, InboxKind, InboxNature, InboxOutcome, InboxQuery } from '../protocol/inbox.ts';
import type { Caller } from './identity/caller.ts';

/** What customers said: where it is kept, and who is told of it. */

/** As it is kept: what may be done with it depends on who asks. */
export interface KeptItem extends Omit<InboxItem, 'may'> {
  readonly language: Locale;
  /** Of the key with which whoever wrote follows it. */
  readonly keyDigest?: string | undefined;
}

export interface NewInboxItem extends Pick<
  KeptItem,
  | 'language'
  | 'keyDigest'
  | 'id'
  | 'branchId'
  | 'kind'
  | 'nature'
  | 'at'
  | 'identity'
  | 'visit'
  | 'ticketId'
  | 'surveyId'
  | 'answerBy'
> {
  readonly text: string;
  readonly contact: InboxContact;
  /** Under which a person is found who asks what is kept of them. */
  readonly pseudonym?: string | undefined;
  /** In numbers that the customer is told, `26`. */
  readonly year: string;
}

export interface Page {
  readonly type: string;
  readonly bytes: Buffer;
}

/** What may be looked for; `branches` absent: all of them. The days are instants by now, `until` not included. */
export interface InboxSearch extends Pick<InboxQuery, 'states' | 'kinds' | 'natures' | 'words' | 'takenBy' | 'limit'> {
  readonly branches?: readonly BranchId[] | undefined;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  /** Those that come after this one. */
  readonly after?: { readonly at: Instant; readonly id: string } | undefined;
}

/** Only where it stands as it was read: of two who act at once, one is told to look again. */
export interface InboxChange {
  readonly id: string;
  readonly was: { readonly state: InboxState; readonly takenBy?: StaffId | undefined };
  readonly taken?: { readonly by: StaffId; readonly at: Instant };
  readonly answered?: { readonly text: string; readonly at: Instant };
  readonly done?: {
    readonly outcome: InboxOutcome;
    readonly text?: string | undefined;
    readonly by: string;
    readonly at: Instant;
  };
}

/** How often what was said in a period, without a word of it. */
export interface InboxCount {
  readonly kind: InboxKind;
  readonly nature: InboxNature;
  readonly outcome?: InboxOutcome | undefined;
  readonly count: number;
}

export interface InboxRecords {
  /** @returns the item as it is kept; of a key that was used before, the one that is there already */
  add(item: NewInboxItem): Promise<KeptItem>;
  find(id: string): Promise<KeptItem | undefined>;
  /** By what the customer has in hand. */
  byKey(keyDigest: string): Promise<KeptItem | undefined>;
  list(search: InboxSearch): Promise<readonly KeptItem[]>;
  /** How many of each; those that there are none of are missing. */
  counts<By extends 'state' | 'kind'>(
    search: Omit<InboxSearch, 'limit' | 'after'>,
    by: By,
  ): Promise<Partial<Record<KeptItem[By], number>>>;
  /** @returns false when it is not as it `was` any more */
  change(change: InboxChange): Promise<boolean>;
  /** It is done: a case was made of it. */
  linkCase(id: string, caseNumber: string, done: { readonly by: string; readonly at: Instant }): Promise<void>;
  keepPage(id: string, page: Page): Promise<void>;
  page(id: string): Promise<Page | undefined>;
  /** Of items that came in the period, `until` not included. */
  countsOf(period: {
    readonly branches: readonly BranchId[];
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<readonly InboxCount[]>;
}

/** A code that was sent to a mail address. */
export interface SentCode {
  readonly id: string;
  /** Over the code and the address: neither is kept. */
  readonly digest: string;
  readonly until: Instant;
}
export interface CodeRecords {
  /** Forgets those whose time is over at `now`. */
  keep(code: SentCode, now: Instant): Promise<void>;
  /** Counts one try. @returns what to compare with; undefined when it is unknown, over, or was tried too often */
  tried(
    id: string,
    now: Instant,
    tries: number,
  ): Promise<{ readonly digest: string; readonly left: number } | undefined>;
  /** It was right: nobody uses it again. */
  used(id: string): Promise<void>;
}

export interface MadeCase {
  readonly number: string;
  /** The last moment at which it is answered in time. */
  readonly answerBy: Instant;
}

/** Whoever makes complaint cases. */
export interface CaseDesk {
  /**
   * A second time it answers with the case that there is.
   * @param by who asks for it; absent: the customer, who follows it with the key of the item
   */
  receive(item: KeptItem, by: Caller | undefined): Promise<MadeCase>;
}
