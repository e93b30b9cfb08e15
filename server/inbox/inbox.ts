import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId, BusinessDay, Instant } from '../../domain/ids.ts';
import { answerPromisedBy, inboxRefusal, type InboxMove } from '../../domain/inbox/moves.ts';
import {
  type InboxClosing,
  type InboxKind,
  type inboxEntrySchema,
  type InboxItem,
  type InboxList,
  type InboxQuery,
  type InboxRefusal,
} from '../../protocol/inbox.ts';
import { INBOX_KINDS } from '../../protocol/inbox-lists.ts';
import type { z } from 'zod';
import { businessDayAt, dayAfter, instantOn } from '../business-day.ts';
import type { Caller } from '../identity/caller.ts';
import { may, reaches } from '../identity/permissions.ts';
import type {
  CaseDesk,
  InboxChange,
  InboxRecords,
  InboxSearch,
  KeptItem,
  MadeCase,
  NewInboxItem,
  Page,
} from '../inbox-ports.ts';
import type { Mailer } from '../mail-ports.ts';
import { newId } from '../new-id.ts';
import type { Clock } from '../ports.ts';
import { INBOX_WORDS } from './words.ts';

export interface InboxParts {
  readonly inbox: InboxRecords;
  readonly cases: CaseDesk;
  /** Absent where no mail is configured. */
  readonly mailer: Mailer | undefined;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  /** Under which a person is found who goes by this phone number. */
  readonly pseudonymOf: (phone: string) => string;
  readonly clock: Clock;
}

export type Moved =
  { readonly ok: true; readonly item: InboxItem } | { readonly ok: false; readonly reason: InboxRefusal };
const NONE = Object.fromEntries(INBOX_KINDS.map((kind) => [kind, 0])) as Record<InboxKind, number>;

/** What came in, before it has an id, a number and an answer that is promised. */
export type Arrived = Omit<NewInboxItem, 'id' | 'year' | 'pseudonym' | 'answerBy'>;

/** One inbox for whatever customers say: who looks after it, what they were answered, and what was done about it. */
export class Inbox {
  constructor(private readonly parts: InboxParts) {}

  /** An answer is promised to whoever left a way to be told. */
  receive(item: Arrived): Promise<KeptItem> {
    const { inbox, branches, pseudonymOf } = this.parts;
    const { day } = businessDayAt(item.at, branches.get(item.branchId)?.config.timeZone ?? 'UTC');
    const { phone } = item.contact;
    const reachable = item.keyDigest !== undefined || Object.keys(item.contact).some((way) => way !== 'name');
    return inbox.add({
      ...item,
      ...{ id: newId(), year: day.slice(2, 4) },
      ...(reachable && { answerBy: answerPromisedBy(item.at) }),
      ...(phone !== undefined && { pseudonym: pseudonymOf(phone) }),
    });
  }

  /** By the key of whoever wrote. */
  byKey(keyDigest: string): Promise<KeptItem | undefined> {
    return this.parts.inbox.byKey(keyDigest);
  }

  /** From the book, the counter or the regulator, typed in by staff. */
  async typeIn(entry: z.output<typeof inboxEntrySchema>, caller: Caller): Promise<InboxItem> {
    const { branchId, kind, nature, text, day, ticketNumber, contact } = entry;
    const now = this.parts.clock.now();
    const at = day === undefined ? now : Math.min(now, this.#middayOf(branchId, day));
    const visit = day === undefined ? {} : { visit: { day, ticketNumber } };
    const named = Object.keys(contact).length > 0;
    const item = await this.receive({
      ...{ branchId, kind, nature, text, contact, at, language: 'zh-CN', ...visit },
      identity: named ? 'unverified' : 'anonymous',
    });
    return seenBy(item, caller);
  }

  async find(id: string, caller: Caller): Promise<InboxItem | undefined> {
    const item = await this.parts.inbox.find(id);
    return item && reaches(caller, item.branchId) ? seenBy(item, caller) : undefined;
  }

  async list(query: InboxQuery, caller: Caller): Promise<InboxList> {
    const search = this.#searchOf(query, caller);
    const found = await this.parts.inbox.list({ ...search, limit: query.limit + 1 });
    const items = found.slice(0, query.limit).map((item) => seenBy(item, caller));
    const last = found.length > query.limit ? items.at(-1) : undefined;
    const counts = await this.parts.inbox.counts({ ...search, states: [] }, 'state');
    const kinds = await this.parts.inbox.counts({ ...search, kinds: [] }, 'kind');
    return {
      items,
      counts: { new: 0, taken: 0, done: 0, ...counts },
      kinds: { ...NONE, ...kinds },
      ...(last && { next: `${last.at}.${last.id}` }),
    };
  }

  take(item: InboxItem, caller: Caller): Promise<Moved> {
    return this.#move(item, 'take', caller, { taken: { by: nameOf(caller), at: this.parts.clock.now() } });
  }

  /** Kept with the item, and sent where there is an address. */
  async answer(item: InboxItem, text: string, caller: Caller): Promise<Moved> {
    const at = this.parts.clock.now();
    const moved = await this.#move(item, 'answer', caller, { answered: { text, at } });
    if (moved.ok) await this.#write(item.id, text, at);
    return moved;
  }

  close(item: InboxItem, { outcome, text }: InboxClosing, caller: Caller): Promise<Moved> {
    const done = { outcome, text, by: nameOf(caller), at: this.parts.clock.now() };
    return this.#move(item, 'close', caller, { done });
  }

  async makeCase(item: InboxItem, caller: Caller): Promise<Moved> {
    const { inbox, clock } = this.parts;
    const by = nameOf(caller);
    const done = { outcome: 'case-made', by, at: clock.now() } as const;
    // First the claim: of two who press at once, one makes a case.
    const claimed = await this.#move(item, 'make-case', caller, { done });
    const kept = claimed.ok ? await inbox.find(item.id) : undefined;
    if (kept === undefined) return claimed;
    try {
      await this.toCase(kept, caller);
    } catch (error) {
      await inbox.change({ id: item.id, was: { state: 'done', takenBy: by }, taken: { by, at: clock.now() } });
      throw error;
    }
    const after = await this.find(item.id, caller);
    return after ? { ok: true, item: after } : { ok: false, reason: 'changed-meanwhile' };
  }

  /** Hands it to whoever handles complaints, who answers from then on. */
  async toCase(item: KeptItem, caller?: Caller): Promise<MadeCase> {
    const { cases, inbox, clock } = this.parts;
    const made = await cases.receive(item, caller);
    const by = caller ? nameOf(caller) : 'customer';
    if (item.caseNumber === undefined) await inbox.linkCase(item.id, made.number, { by, at: clock.now() });
    return made;
  }

  page(id: string): Promise<Page | undefined> {
    return this.parts.inbox.page(id);
  }

  keepPage(id: string, page: Page): Promise<void> {
    return this.parts.inbox.keepPage(id, page);
  }

  async #move(item: InboxItem, move: InboxMove, caller: Caller, change: Partial<InboxChange>): Promise<Moved> {
    const reason = inboxRefusal(item, move, nameOf(caller));
    if (reason !== undefined) return { ok: false, reason };
    const { id, state, takenBy } = item;
    const changed = await this.parts.inbox.change({ ...change, id, was: { state, takenBy } });
    const after = changed ? await this.find(id, caller) : undefined;
    return after ? { ok: true, item: after } : { ok: false, reason: 'changed-meanwhile' };
  }

  async #write(id: string, text: string, at: Instant): Promise<void> {
    const { inbox, mailer, branches } = this.parts;
    const item = await inbox.find(id);
    const to = item?.contact?.mail;
    if (item === undefined || to === undefined || mailer === undefined) return;
    const { subject, answer } = INBOX_WORDS[item.language];
    const branch = branches.get(item.branchId)?.config.name[item.language] ?? item.branchId;
    await mailer.send({
      ...{ id: `inbox-answer ${item.number} ${at}`, to },
      ...{ subject: subject(item.number), text: answer(item.number, branch, text) },
    });
  }

  /** Days are those of the branch; where several are asked for, of the first. */
  #searchOf(query: InboxQuery, caller: Caller): InboxSearch {
    const { branches, from, to, takenBy, after, ...rest } = query;
    const asked = branches.filter((branchId) => reaches(caller, branchId));
    const own = caller.branchId === undefined ? undefined : [caller.branchId];
    const zone = this.#zoneOf(asked[0] ?? caller.branchId);
    const [at, id] = after === undefined ? [] : [Number(after.split('.')[0]), after.slice(after.indexOf('.') + 1)];
    return {
      ...rest,
      branches: branches.length > 0 ? asked : own,
      ...(from !== undefined && { from: instantOn(from, '00:00', zone) }),
      ...(to !== undefined && { until: instantOn(dayAfter(to), '00:00', zone) }),
      ...(takenBy !== undefined && { takenBy: takenBy === 'me' ? nameOf(caller) : takenBy }),
      ...(at !== undefined && Number.isFinite(at) && id !== undefined && { after: { at, id } }),
    };
  }

  #zoneOf(branchId: BranchId | undefined): string {
    const { branches } = this.parts;
    const first = [...branches.values()][0];
    return (branches.get(branchId ?? '') ?? first)?.config.timeZone ?? 'UTC';
  }

  #middayOf(branchId: BranchId, day: BusinessDay): Instant {
    return instantOn(day, '12:00', this.#zoneOf(branchId));
  }
}

function nameOf({ staffId, role }: Caller): string {
  return staffId ?? role;
}

const MOVES = ['take', 'answer', 'close', 'make-case'] as const satisfies readonly InboxMove[];

function seenBy({ language: _language, keyDigest: _key, ...item }: KeptItem, caller: Caller): InboxItem {
  const by = nameOf(caller);
  const allowed = may(caller, 'work-inbox') ? MOVES.filter((move) => inboxRefusal(item, move, by) === undefined) : [];
  // Nobody takes over from themselves.
  return { ...item, may: allowed.filter((move) => move !== 'take' || item.takenBy !== by) };
}
