import type { Locale } from '../domain/config.ts';
import type { BranchId, BusinessDay, CareNeedId, Instant, ServiceId, StaffId, TierId } from '../domain/ids.ts';

/** What the server needs to know of customers, and what it keeps of them. */

/** How somebody shows who they are. */
export type IdentifierKind = 'card' | 'phone' | 'qr' | 'id-number';
export interface Identifier {
  readonly kind: IdentifierKind;
  /** As it came: never written anywhere. */
  readonly value: string;
}
export type Channel = 'sms' | 'phone' | 'email' | 'app';

/** What the bank says of a customer. */
export interface CustomerProfile {
  readonly tier?: TierId | undefined;
  /** Who looks after them. */
  readonly manager?: StaffId | undefined;
  readonly careNeeds?: readonly CareNeedId[] | undefined;
  readonly language?: Locale | undefined;
  /** By which ways they agreed to be spoken to. */
  readonly consent?: Readonly<Partial<Record<Channel, boolean>>> | undefined;
  readonly channel?: Channel | undefined;
  readonly name?: string | undefined;
  readonly appointments?: readonly Appointment[] | undefined;
}

/** What a customer has arranged with the bank. */
export interface Appointment {
  /** Absent: at any branch. */
  readonly branch?: BranchId | undefined;
  /** ISO 8601 with its offset; or `10:30`, of every day where the branch is. */
  readonly at: string;
  readonly services: readonly ServiceId[];
  readonly adviser?: StaffId | undefined;
}

/** The bank's own records of its customers. */
export interface CustomerDirectory {
  /**
   * @returns undefined when nobody is known by this
   * Rejects when the directory is away, too slow for `signal`, or answers what cannot be understood.
   */
  find(identifier: Identifier, signal: AbortSignal): Promise<CustomerProfile | undefined>;
}

export interface ConsentRecord {
  readonly channel: Channel;
  readonly given: boolean;
  readonly at: Instant;
}
/** All that is kept of one person. */
export interface PersonalRecord {
  readonly tickets: readonly {
    readonly branchId: BranchId;
    readonly day: BusinessDay;
    readonly number: string;
    readonly at: Instant;
  }[];
  readonly consents: readonly ConsentRecord[];
  /** What they said, and gave to be answered by. */
  readonly feedback: readonly {
    readonly branchId: BranchId;
    readonly number: string;
    readonly at: Instant;
    readonly text: string;
    readonly contact: Readonly<Record<string, string | undefined>>;
    readonly answer?: string | undefined;
  }[];
  /** Their complaints, with all that was written in them. */
  readonly complaints: readonly {
    readonly branchId: BranchId;
    readonly number: string;
    readonly at: Instant;
    readonly texts: readonly string[];
    readonly contact: Readonly<Record<string, string | undefined>>;
    readonly files: readonly string[];
  }[];
  /** Tickets of theirs of which they want to be told on their phone, and since when. */
  readonly notices: readonly { readonly branchId: BranchId; readonly day: BusinessDay; readonly at: Instant }[];
}
/** Kinds of personal data, each with a time of its own. */
export const PERSONAL_CLASSES = [
  'customer-tickets',
  'consents',
  'notices',
  'feedback',
  'complaints',
  'day-facts',
  'mails',
  'subscriptions',
  'sessions',
] as const;
export type PersonalClass = (typeof PERSONAL_CLASSES)[number];

/** What is kept of customers, under pseudonyms: the only tables that lead from a ticket to a person. */
export interface PersonalData {
  keepTicket(
    pseudonym: string,
    ticket: {
      readonly branchId: BranchId;
      readonly day: BusinessDay;
      readonly ticketId: string;
      readonly number: string;
    },
    at: Instant,
  ): Promise<void>;
  /** A later word replaces an earlier one. */
  keepConsents(pseudonym: string, consents: readonly ConsentRecord[]): Promise<void>;
  /** @param pseudonyms of one person, one for each key */
  of(pseudonyms: readonly string[]): Promise<PersonalRecord>;
  /** @returns how many rows are gone */
  erase(pseudonyms: readonly string[]): Promise<number>;
  /** @returns how many rows are gone */
  eraseBefore(kind: PersonalClass, before: Instant): Promise<number>;
}
