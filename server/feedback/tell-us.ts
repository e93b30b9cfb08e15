import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type {
  feedbackSchema,
  FeedbackFollow,
  FeedbackReceipt,
  FeedbackRefusal,
  FeedbackTerms,
} from '../../protocol/feedback.ts';
import { INBOX_TEXT, type InboxIdentity } from '../../protocol/inbox.ts';
import type { Hosts } from '../hosts.ts';
import type { KeptItem } from '../inbox-ports.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Clock } from '../ports.ts';
import { CODE_MINUTES, type Codes } from './codes.ts';

export interface TellUsParts {
  readonly inbox: Inbox;
  /** Absent where no mail is configured: then the branch verifies who wrote. */
  readonly codes: Codes | undefined;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly hosts: Hosts;
  readonly clock: Clock;
}

type Said = z.output<typeof feedbackSchema>;
export type Told = FeedbackReceipt | { readonly ok: false; readonly reason: FeedbackRefusal; readonly left?: number };

/** The form on the public page: a suggestion goes into the inbox, a complaint becomes a case at once. */
export class TellUs {
  constructor(private readonly parts: TellUsParts) {}

  get terms(): FeedbackTerms {
    return { mail: this.parts.codes !== undefined, codeMinutes: CODE_MINUTES, textLimit: INBOX_TEXT };
  }

  async tell(said: Said): Promise<Told> {
    const { inbox, codes, clock } = this.parts;
    const keyDigest = keyDigestOf(said.key);
    const before = await inbox.byKey(keyDigest);
    if (before !== undefined) return this.#receipt(before);
    const ticket = await this.#ticketOf(said);
    const identity = ticket === undefined ? await this.#identityOf(said) : 'ticket';
    if (typeof identity !== 'string') return identity;
    const { branchId, nature, text, contact, language, day, ticketNumber } = said;
    const visit = ticket ?? (day === undefined ? undefined : { day, ticketNumber });
    const item = await inbox.receive({
      ...{ branchId, kind: 'web-form', nature, text, contact, language, keyDigest, identity, at: clock.now() },
      ...(visit && { visit: { day: visit.day, ticketNumber: visit.ticketNumber } }),
      ...(ticket && { ticketId: said.ticketId }),
    });
    if (said.proof !== undefined) await codes?.used(said.proof.challenge);
    return this.#receipt(item);
  }

  async follow(number: string, key: string): Promise<FeedbackFollow | undefined> {
    const item = await this.parts.inbox.byKey(keyDigestOf(key));
    const branch = this.parts.branches.get(item?.branchId ?? '');
    if (item === undefined || branch === undefined || item.number !== number) return undefined;
    const { branchId, nature, at, state, answerBy, answer, answeredAt, caseNumber } = item;
    const { name: branchName, timeZone } = branch.config;
    const answered = { answerBy, answer, answeredAt, caseNumber };
    return { ok: true, number, branchId, branchName, timeZone, nature, at, state, ...answered };
  }

  /** A complaint whose case could not be made yet gets it when the form is sent again. */
  async #receipt(item: KeptItem): Promise<FeedbackReceipt> {
    const { identity, number, answerBy } = item;
    const isCase = item.caseNumber !== undefined || item.nature === 'complaint';
    // A case has a clock of its own, in the bank's calendar.
    return { ok: true, number, answerBy, isCase, identity, ...(isCase && (await this.parts.inbox.toCase(item))) };
  }

  async #identityOf({ contact, nature, proof }: Said): Promise<InboxIdentity | Exclude<Told, FeedbackReceipt>> {
    const { codes } = this.parts;
    const { mail, phone } = contact;
    if (mail === undefined && phone === undefined)
      return nature === 'complaint' ? { ok: false, reason: 'contact-needed' } : 'anonymous';
    if (codes === undefined || mail === undefined) return 'unverified';
    if (proof === undefined) return { ok: false, reason: 'code-needed' };
    const verdict = await codes.check(proof.challenge, mail, proof.code);
    if (verdict === undefined) return { ok: false, reason: 'code-over' };
    return verdict.ok ? 'mail-verified' : { ok: false, reason: 'wrong-code', left: verdict.left };
  }

  /** The ticket whose link somebody has, if it is one of today. */
  async #ticketOf({ branchId, ticketId }: Said): Promise<{ day: BusinessDay; ticketNumber: string } | undefined> {
    if (ticketId === undefined) return undefined;
    const today = await this.parts.hosts.today(branchId);
    const ticket = today.ok ? await today.host.look((state) => state?.tickets.get(ticketId)) : undefined;
    return today.ok && ticket ? { day: today.host.day, ticketNumber: ticket.number } : undefined;
  }
}

export function keyDigestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
