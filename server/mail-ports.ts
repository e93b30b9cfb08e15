import type { Instant } from '../domain/ids.ts';

/** What the server needs to write to somebody by e-mail. Addresses and contents are in no log line, and gone once it is sent. */

export interface MailAttachment {
  readonly fileName: string;
  /** `text/csv`. */
  readonly type: string;
  readonly content: Uint8Array;
}

export interface Mail {
  /** Of the occasion, at most 200 characters, nothing of a person: a second mail with it is not sent. */
  readonly id: string;
  /** One address, without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments?: readonly MailAttachment[] | undefined;
}

/**
 * Why a mail is not there: nobody answers or the line breaks; the name or password of the server is wrong; the line would not
 * be encrypted; or the mail itself was turned down, for which nothing is tried again.
 */
export const MAIL_TROUBLES = ['away', 'sign-in', 'not-encrypted', 'refused'] as const;
export type MailTrouble = (typeof MAIL_TROUBLES)[number];

export type MailState =
  | { readonly state: 'waiting'; readonly since: Instant; readonly trouble?: MailTrouble | undefined }
  | { readonly state: 'sent'; readonly at: Instant }
  /** Nothing more is tried. */
  | { readonly state: 'failed'; readonly at: Instant; readonly trouble: MailTrouble };

/** For whoever writes to somebody: `undefined` instead of it where no mail is configured, which screens then say. */
export interface Mailer {
  /** Kept, then sent by a job that tries again for a day. Rejects when it cannot be kept. */
  send(mail: Mail): Promise<void>;
  /** Undefined when there was no mail of this id, or it is longer ago than such records are kept. */
  stateOf(id: string): Promise<MailState | undefined>;
}

/** One try at handing a mail over. */
export interface MailCarrier {
  /** @returns undefined when the other side took it over. Never names the address. */
  carry(mail: Mail): Promise<MailTrouble | undefined>;
}

/** Mails that are on their way, and how it ended for the others. */
export interface MailRecords {
  /** @returns false when there was one of this id already: the first one stays */
  add(mail: Mail, at: Instant): Promise<boolean>;
  /** To try it now: until `until` nobody else does. @returns `over` also for an id that is not known */
  take(id: string, at: Instant, until: Instant): Promise<MailOnItsWay | 'over' | 'busy'>;
  /** It was tried, and goes on waiting. */
  waits(id: string, trouble: MailTrouble): Promise<void>;
  /** How it ended; with this the address and the contents are gone. */
  end(id: string, at: Instant, trouble?: MailTrouble): Promise<void>;
  stateOf(id: string): Promise<MailState | undefined>;
  /** Those that have not ended, oldest first, with how often they were tried. */
  waiting(): Promise<readonly { readonly id: string; readonly tries: number }[]>;
}

export interface MailOnItsWay {
  readonly mail: Mail;
  readonly since: Instant;
  /** Including this one. */
  readonly tries: number;
}
