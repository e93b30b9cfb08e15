import { createHash } from 'node:crypto';
import type { Complaints } from '../../config/complaints.ts';
import { decideCase } from '../../domain/cases/decide.ts';
import { replayCase } from '../../domain/cases/evolve.ts';
import type { CaseNumber } from '../../domain/cases/case.ts';
import type { CaseDoer } from '../../domain/cases/commands.ts';
import { standsInTheWay } from '../../domain/cases/moves.ts';
import type { Locale } from '../../domain/config.ts';
import type { BranchId, Instant } from '../../domain/ids.ts';
import type {
  caseActSchema,
  CaseAnswer,
  caseIntakeSchema,
  CaseReceipt,
  CaseRefusal,
  CaseTrouble,
} from '../../protocol/cases.ts';
import type { z } from 'zod';
import { businessDayAt } from '../business-day.ts';
import type { NewCaseFile } from '../case-ports.ts';
import { DOCX_TYPE } from '../documents/paper.ts';
import type { Mailer } from '../mail-ports.ts';
import { newId } from '../new-id.ts';
import { CaseBook, commitOf, UNKNOWN, type CaseBookParts, type OpenedCase } from './case-book.ts';
import { caseLetter } from './case-letter.ts';
import { checkFile } from './file-types.ts';
import { LETTER_WORDS } from './letter-words.ts';
import type { CasePeople } from './people.ts';
import type { CaseVisits } from './visit-of.ts';

export interface CasesParts extends CaseBookParts {
  readonly settings: Complaints;
  readonly visits: CaseVisits;
  readonly people: CasePeople;
  /** Under which a person is found who goes by this phone number. */
  readonly pseudonymOf: (phone: string) => string;
  readonly publicUrl: string | undefined;
  /** Absent where no mail is configured. */
  readonly mailer: Mailer | undefined;
}

/** A complaint that comes in. */
export interface Intake extends z.output<typeof caseIntakeSchema> {
  readonly branchId: BranchId;
  /** Who the customer is was checked. */
  readonly verified?: boolean | undefined;
  /** Of a key that the customer has already (`digestOf`); without it one is made. */
  readonly followDigest?: string | undefined;
  /** Who takes it in. */
  readonly by: CaseDoer;
  /** When it came in, if that was earlier: the time that there is begins then. */
  readonly at?: Instant | undefined;
}

type Act = z.output<typeof caseActSchema>;
export type Received = CaseReceipt | { readonly ok: false; readonly rejection: CaseRefusal };

/** Of the key with which a customer follows a case: the key itself is kept nowhere. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** Takes complaints in and does with them what staff and customers ask for. */
export class Cases {
  readonly book: CaseBook;

  constructor(private readonly parts: CasesParts) {
    this.book = new CaseBook(parts);
  }

  async receive({ branchId, by, text, contact, about, ...said }: Intake): Promise<Received> {
    const { records, contexts, branches, people, pseudonymOf, clock } = this.parts;
    const branch = branches.get(branchId);
    const staff = (await people.people(branchId)).map(({ staffId }) => staffId);
    if (branch === undefined || !about.every((staffId) => staff.includes(staffId))) return refused('unknown-person');
    const link = await this.#linkOf(branchId, said);
    const { source, reference, followDigest, verified = false, at = clock.now() } = said;
    const followKey = followDigest === undefined ? newId() : '';
    const keyDigest = followDigest ?? digestOf(followKey);
    const context = await contexts.at(branch, at, by);
    const year = businessDayAt(at, branch.config.timeZone).day.slice(0, 4);
    const pseudonym = contact.phone === undefined ? undefined : pseudonymOf(contact.phone);
    for (;;) {
      const number = `C${year}-${String((await records.lastNumber(year)) + 1).padStart(6, '0')}`;
      const command = { type: 'ReceiveCase', number, branchId, source, link, about, reference } as const;
      const decided = decideCase(undefined, command, context);
      if (!decided.ok) return decided;
      const state = replayCase(decided.events);
      const commit = commitOf(number, 1, decided.events, state);
      const added = await records.add({ ...commit, text, contact, pseudonym, verified, keyDigest });
      // Another had the number a moment before: no number is left out and none comes twice.
      if (added === 'taken') continue;
      if (added === 'added') {
        if (commit.nextAt !== undefined) await this.book.plan(number, commit.nextAt);
        return { ok: true, number, followKey, due: state.clock.due };
      }
      // It was sent twice, because the first answer was lost.
      const known = await this.book.open(added.known);
      return { ok: true, number: added.known, followKey, due: known?.state.clock.due ?? state.clock.due };
    }
  }

  async act(number: CaseNumber, version: number, by: CaseDoer, act: Act): Promise<CaseAnswer> {
    const { people, clock } = this.parts;
    const text = 'text' in act ? act.text : undefined;
    const opened = await this.book.open(number);
    const { branchId } = opened?.state ?? {};
    if (branchId !== undefined && act.type === 'OfferCase') {
      const handlers = await people.handlers(branchId);
      if (!handlers.some(({ staffId }) => staffId === act.to)) return refused('unknown-person');
    }
    if (branchId !== undefined && act.type === 'RecusePerson') {
      const staff = await people.people(branchId);
      if (!staff.some(({ staffId }) => staffId === act.staffId)) return refused('unknown-person');
    }
    if (act.type !== 'InformCustomer') return this.book.act(number, version, by, act, { text });
    if (opened === undefined) return UNKNOWN;
    // A letter takes a moment to make: not for whoever may not send it.
    const context = await this.parts.contexts.at(opened.branch, clock.now(), by);
    const inTheWay = standsInTheWay(opened.state, act.type, context);
    if (inTheWay !== undefined) return { ok: false, rejection: inTheWay };
    const file = await this.#letterFile(opened, by);
    const answer = await this.book.act(number, version, by, { ...act, letter: file.id }, { text, file });
    if (answer.ok && act.channel === 'email') await this.#mail(opened, file);
    return answer;
  }

  /** The letter as it would be sent now. @returns undefined before anything was decided */
  async letter(opened: OpenedCase, language?: Locale): Promise<Buffer | undefined> {
    const { settings, publicUrl, clock } = this.parts;
    const { state, kept, branch, number } = opened;
    if (state.decision === undefined) return undefined;
    return caseLetter({
      ...{ state, branch, settings: settings.letter, contact: kept.contact, now: clock.now() },
      language: language ?? kept.contact?.language ?? 'zh-CN',
      decisionText: decisionTextOf(opened) ?? '',
      followAt: publicUrl && `${publicUrl}/feedback/case/${number}`,
    });
  }

  async attach(
    number: CaseNumber,
    by: CaseDoer,
    { name, claimed, content }: { readonly name: string; readonly claimed: string; readonly content: Buffer },
  ): Promise<CaseAnswer> {
    const { settings, clock } = this.parts;
    const checked = checkFile(content, name, claimed);
    if (!checked.ok) return refused(checked.code);
    const { mediaType } = checked;
    const opened = await this.book.open(number);
    if (opened !== undefined && opened.kept.files.length >= settings.files.maxCount) return refused('too-many-files');
    const id = newId();
    const actor = by.kind === 'staff' ? by.actor : 'customer';
    const file = { id, name, mediaType, bytes: content.length, at: clock.now(), by: actor, content };
    return this.book.act(number, undefined, by, { type: 'AttachFile', fileId: id }, { file });
  }

  async #linkOf(branchId: BranchId, said: Omit<Intake, 'branchId' | 'by' | 'text' | 'contact' | 'about'>) {
    const { day, ticketId, ticketNumber: number, counterId, tellerId } = said;
    const own = { ...(day && { day }), ...(counterId && { counterId }), ...(tellerId && { tellerId }) };
    if (ticketId === undefined && number === undefined) return own;
    const found = await this.parts.visits.find(branchId, { day, ticketId, number });
    // What a customer says of their ticket is kept, also when there was none like it.
    return found === undefined ? { ...own, ...(number && { ticketNumber: number }) } : { ...found, ...own };
  }

  async #letterFile(opened: OpenedCase, by: CaseDoer): Promise<NewCaseFile> {
    const content = (await this.letter(opened)) ?? Buffer.alloc(0);
    const round = opened.state.round === 1 ? '' : `-${opened.state.round}`;
    return {
      ...{ id: newId(), name: `${opened.number}${round}.docx`, mediaType: DOCX_TYPE, bytes: content.length },
      ...{ at: this.parts.clock.now(), by: by.kind === 'staff' ? by.actor : 'system', letter: true, content },
    };
  }

  async #mail({ number, kept, state }: OpenedCase, file: NewCaseFile): Promise<void> {
    const to = kept.contact?.email;
    if (to === undefined) return;
    const words = LETTER_WORDS[kept.contact?.language ?? 'zh-CN'];
    await this.parts.mailer?.send({
      ...{ id: `case-letter ${number} ${state.round}`, to, subject: `${words.subject} ${number}` },
      text: words.mailText(number),
      attachments: [{ fileName: file.name, type: file.mediaType, content: file.content }],
    });
  }
}

/** What was written with the last decision. */
export function decisionTextOf({ kept }: Pick<OpenedCase, 'kept'>): string | undefined {
  return kept.commits.findLast(({ events }) => events.some(({ type }) => type === 'CaseDecided'))?.text;
}

function refused(code: CaseTrouble) {
  return { ok: false, rejection: { code } } as const;
}
