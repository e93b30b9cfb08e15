import type { Locale } from '../domain/config.ts';
import type { BranchId, BusinessDay, Instant, TicketId } from '../domain/ids.ts';

/** What the server needs to tell a customer something while their page is closed. */

/** Where a browser wants to be told, and with which keys only it can read it. */
export interface NoticeAddress {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** The customer of a ticket has agreed to be told, and how. Gone when the ticket has ended. */
export interface NoticeWish {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly ticketId: TicketId;
  readonly address: NoticeAddress;
  readonly language: Locale;
  readonly agreedAt: Instant;
}

export interface NoticeRecords {
  /** A later one of the same ticket takes the place of the earlier. */
  keep(wish: NoticeWish): Promise<void>;
  of(branchId: BranchId, day: BusinessDay): Promise<readonly NoticeWish[]>;
  wish(branchId: BranchId, day: BusinessDay, ticketId: TicketId): Promise<NoticeWish | undefined>;
  forget(branchId: BranchId, day: BusinessDay, ticketId: TicketId): Promise<void>;
}

export type NoticeKind = 'near' | 'called' | 'missed';

/** All that leaves the house, and that only the browser can read: no name, no address of a page. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly number: string;
  /** Of the counter, at a call. */
  readonly label?: string | undefined;
  readonly language: Locale;
}

export interface Notifier {
  /** What a browser must know of the sender before it gives an address. Public. */
  readonly key: string;
  /** Whether it sends to such a place at all. */
  sendsTo(endpoint: string): boolean;
  /** `gone`: there is nobody at this address any more. Rejects when it is worth trying again; its reason names no address. */
  send(address: NoticeAddress, notice: Notice): Promise<'sent' | 'gone'>;
}
