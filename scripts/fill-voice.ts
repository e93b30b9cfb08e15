import type { Logger } from 'pino';
import type { LoadedBranch } from '../config/branch.schema.ts';
import { loadComplaints } from '../config/complaints.ts';
import { isOver, type CaseNumber } from '../domain/cases/case.ts';
import { timersOf } from '../domain/cases/clock.ts';
import { MINUTE, type BranchId, type BusinessDay, type Instant } from '../domain/ids.ts';
import { instantOn } from '../server/business-day.ts';
import type { OpenedCase } from '../server/cases/case-book.ts';
import { Cases } from '../server/cases/cases.ts';
import { CasePeople } from '../server/cases/people.ts';
import { CaseContexts } from '../server/cases/terms.ts';
import { CaseVisits } from '../server/cases/visit-of.ts';
import type { Caller } from '../server/identity/caller.ts';
import { Inbox } from '../server/inbox/inbox.ts';
import { STORE_AWAY } from '../server/problems.ts';
import { PublicHolidays } from '../server/public-holidays.ts';
import type { OpenStore } from '../server/store/open-store.ts';
import { Chance } from '../simulator/chance.ts';
import { DECISIONS, GRIEVANCES, KINDS, OUTCOMES, REMARKS, SOURCES } from '../simulator/year/words.ts';

/** What customers wrote in a year and what was done about it, through the rooms of the product with the clock turned. */

export interface VoiceParts {
  readonly branches: readonly LoadedBranch[];
  readonly database: OpenStore;
  readonly log: Logger;
  readonly seed: number;
  /** Days on which a branch was open; what is written on them is spread over them. */
  readonly daysOf: (branchId: BranchId) => Promise<readonly BusinessDay[]>;
  readonly until: Instant;
  readonly cases: number;
  readonly remarks: number;
}

const DAY = 24 * 60 * MINUTE;
/** Who works on it all: the branch head of the demonstration. */
const HEAD = { staffId: 'head', actor: 'staff:head' } as const;
const BY = { kind: 'staff', ...HEAD, oversees: true } as const;
/** Days until each step of a case. */
const STEP_DAYS = {
  received: 1,
  acknowledged: 1.5,
  investigating: 6,
  decided: 1,
  informed: 3.5,
  contacted: 1,
} as const;
/** Some cases lie about, and are late. */
const SLOW = 0.09;
const SLOWER = 3.2;
const WITHDRAWN = 0.05;
const REMARK_DONE_DAYS = 6;

type Act = Parameters<Cases['act']>[3];

/** The same seed writes the same. To be asked once of a database. */
export async function fillVoice(parts: VoiceParts): Promise<{ readonly cases: number; readonly remarks: number }> {
  const { branches, database, log } = parts;
  let now: Instant = 0;
  const clock = { now: () => now, wakeAt: () => () => undefined };
  const turn = (at: Instant) => (now = at);
  const nothing = () => Promise.resolve();
  const jobs = { handle: () => undefined, once: nothing, every: nothing, start: nothing, stop: nothing };
  const byId = new Map(branches.map((branch) => [branch.config.branchId, branch]));
  const shared = { branches: byId, clock, jobs, log, mailer: undefined, pseudonymOf: (phone: string) => phone };
  const settings = loadComplaints(undefined);
  const noDay = { today: () => Promise.resolve({ ok: false, problem: STORE_AWAY } as const) };
  const cases = new Cases({
    ...shared,
    ...{ records: database.cases, settings, publicUrl: undefined },
    contexts: new CaseContexts(settings, new PublicHolidays(log)),
    people: new CasePeople(byId, database.identities),
    visits: new CaseVisits({ hosts: noDay, records: database.records, clock }),
  });
  const inbox = new Inbox({
    ...shared,
    inbox: database.inbox,
    cases: { receive: () => Promise.reject(new Error('no remark of the year becomes a case')) },
  });
  const written = await moments(parts);
  for (const { branch, at, isCase, chance } of written) {
    turn(at);
    if (isCase) await oneCase({ cases, branch, at, chance, turn, until: parts.until });
    else await oneRemark({ inbox, branch, at, chance, turn, until: parts.until });
  }
  const count = written.filter(({ isCase }) => isCase).length;
  return { cases: count, remarks: written.length - count };
}

interface Moment {
  readonly branch: LoadedBranch;
  readonly at: Instant;
  readonly isCase: boolean;
  readonly chance: Chance;
}

/** Oldest first, so that the numbers of cases are in their order. */
async function moments({ branches, daysOf, seed, cases, remarks, until }: VoiceParts): Promise<Moment[]> {
  const chance = new Chance(seed, 'voice');
  const days = new Map<BranchId, readonly BusinessDay[]>();
  for (const { config } of branches) days.set(config.branchId, await daysOf(config.branchId));
  const found: Moment[] = [];
  for (let count = 0; count < cases + remarks; count += 1) {
    const branch = chance.pick(branches);
    const day = chance.pick(days.get(branch?.config.branchId ?? '') ?? []);
    if (branch === undefined || day === undefined) continue;
    const { opens, closes } = branch.config.hours;
    const [from, to] = [opens, closes].map((time) => instantOn(day, time, branch.config.timeZone)) as [number, number];
    const at = Math.round(chance.between(from, to));
    if (at < until) found.push({ branch, at, isCase: count < cases, chance: new Chance(seed, `voice ${count}`) });
  }
  return found.sort((one, other) => one.at - other.at);
}

interface Turned {
  readonly branch: LoadedBranch;
  readonly at: Instant;
  readonly chance: Chance;
  readonly turn: (at: Instant) => void;
  readonly until: Instant;
}

async function oneCase({ cases, branch, at, chance, turn, until }: Turned & { readonly cases: Cases }): Promise<void> {
  const grievance = chance.weighted(GRIEVANCES);
  const source = chance.weighted(SOURCES);
  if (grievance === undefined || source === undefined) return;
  const { branchId } = branch.config;
  const received = await cases.receive({
    ...{ branchId, source, text: grievance.text, at, contact: { language: 'zh-CN' } },
    about: grievance.cause === 'attitude' ? [chance.pick(branch.staff)?.id ?? ''].filter(Boolean) : [],
    ...(source === 'regulator' && { reference: `J${Math.floor(chance.between(10_000, 99_999))}` }),
    by: source === 'web' ? { kind: 'customer' } : BY,
  });
  if (!received.ok) throw new Error(`a complaint of the year was refused: ${received.rejection.code}`);
  const { number } = received;
  const slower = chance.happens(SLOW) ? SLOWER : 1;
  const gives = chance.happens(WITHDRAWN);
  let when = at;
  for (;;) {
    const opened = await cases.book.open(number);
    if (opened === undefined || isOver(opened.state)) return;
    const { status } = opened.state;
    const step = status in STEP_DAYS ? STEP_DAYS[status as keyof typeof STEP_DAYS] : 1;
    when += Math.round(step * chance.between(0.5, 1.3) * (status === 'investigating' ? slower : 1) * DAY);
    const version = await clocksUntil(cases, number, Math.min(when, until), turn);
    if (when > until) return;
    turn(when);
    const act: Act =
      gives && status === 'investigating'
        ? { type: 'WithdrawCase', text: '客户电话表示不再追究。' }
        : nextAct(opened, grievance, chance);
    const answer = await cases.act(number, version, BY, act);
    if (!answer.ok) throw new Error(`${act.type} of ${number} was refused: ${answer.rejection.code}`);
  }
}

/** What falls due until then happens at its time. @returns the version of the case */
async function clocksUntil(cases: Cases, number: CaseNumber, until: Instant, turn: Turned['turn']): Promise<number> {
  for (;;) {
    const opened = await cases.book.open(number);
    const due = opened && timersOf(opened.state)[0];
    if (due === undefined || due.at > until) return opened?.kept.version ?? 0;
    turn(due.at);
    await cases.book.tick(number);
  }
}

function nextAct(
  { state }: OpenedCase,
  { cause, found }: { readonly cause: string; readonly found: string },
  chance: Chance,
): Act {
  if (state.ownerId === undefined) return { type: 'TakeCase' };
  switch (state.status) {
    case 'received':
      return { type: 'AcknowledgeCase', channel: 'phone' };
    case 'acknowledged':
      return { type: 'StartInvestigation' };
    case 'investigating': {
      const decision = chance.weighted(DECISIONS) ?? { outcome: 'not-upheld', remedies: ['explanation'] };
      return { type: 'DecideCase', ...decision, remedies: [...decision.remedies], rootCause: cause, text: found };
    }
    case 'decided':
      return { type: 'InformCustomer', channel: 'letter' };
    case 'informed':
      return {
        type: 'NoteSecondContact',
        channel: 'phone',
        answer: chance.happens(0.9) ? 'satisfied' : 'not-satisfied',
        text: '电话回访。',
      };
    default:
      return { type: 'CloseCase' };
  }
}

async function oneRemark({
  inbox,
  branch,
  at,
  chance,
  turn,
  until,
}: Turned & { readonly inbox: Inbox }): Promise<void> {
  const remark = chance.weighted(REMARKS);
  const kind = chance.weighted(KINDS);
  if (remark === undefined || kind === undefined) return;
  const { branchId } = branch.config;
  const caller: Caller = { role: 'branch-head', branchId, ...HEAD };
  const { id } = await inbox.receive({
    ...{ branchId, kind, at, contact: {}, language: 'zh-CN', identity: 'anonymous' },
    ...remark,
  });
  const done = at + chance.exponential(REMARK_DONE_DAYS) * DAY;
  if (done > until) return;
  turn(Math.round(done));
  const item = await inbox.find(id, caller);
  const taken = item && (await inbox.take(item, caller));
  const outcome = chance.weighted(OUTCOMES[remark.nature === 'praise' ? 'praise' : 'suggestion']);
  if (taken?.ok && outcome !== undefined && outcome !== 'case-made') await inbox.close(taken.item, { outcome }, caller);
}
