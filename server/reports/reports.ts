import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Problem } from '../../protocol/messages.ts';
import type { PeriodQuery, PeriodReport, ReportTickets, TicketsQuery } from '../../protocol/period-report.ts';
import { dayBefore } from '../business-day.ts';
import type { Caller } from '../identity/caller.ts';
import { may, reaches } from '../identity/permissions.ts';
import { badMessage, notAllowed, STORE_AWAY, UNKNOWN_BRANCH } from '../problems.ts';
import type { DayFactsStore } from '../report-ports.ts';
import { Turns } from '../what-if/turns.ts';
import { PeriodThread, type PeriodLine } from './period/period-line.ts';
import type { RecentDays } from './recent-days.ts';

/** Two at once leave the hall its share of a small machine; a few more wait for their turn. */
const AT_ONCE = 2;
const MOST_WAITING = 6;
/** A report looks at most so far, and as far again for the period before. */
const MOST_DAYS = 731;

const TOO_MANY: Problem = { code: 'busy', message: 'Too many reports are being made already. Try again in a moment.' };

export type ReportAnswer<T> =
  { readonly ok: true; readonly report: T } | { readonly ok: false; readonly problem: Problem };

export interface ReportsParts {
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly facts: DayFactsStore;
  readonly recent: RecentDays;
  readonly log: Logger;
}

interface Period {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
}

/** Figures over days and branches, from the facts of their days; those of today, and of days that have none yet, from the log. */
export class Reports {
  readonly #thread = new PeriodThread();
  readonly #turns = new Turns(AT_ONCE, MOST_WAITING);

  constructor(private readonly parts: ReportsParts) {}

  /** For somebody who asks: only of branches that they have to do with. */
  report(query: PeriodQuery, caller: Caller): Promise<ReportAnswer<PeriodReport>> {
    return this.#answer(query, caller, (branches) => this.of({ ...query, branches }, may(caller, 'list-staff')));
  }

  tickets(query: TicketsQuery, caller: Caller): Promise<ReportAnswer<ReportTickets>> {
    return this.#answer(query, caller, (branches) => this.#turns.take(() => this.#tickets({ ...query, branches })));
  }

  /**
   * For the product itself: of all branches when none is named. Waits for its turn; rejects when the store is away.
   * @param names with the names of the tellers
   */
  of(query: PeriodQuery, names = true): Promise<PeriodReport> {
    const branches = query.branches.length > 0 ? query.branches : [...this.parts.branches.keys()];
    return this.#turns.take(() => this.#report({ ...query, branches }, names));
  }

  stop(): Promise<void> {
    return this.#thread.stop();
  }

  async #answer<T>(
    query: PeriodQuery,
    caller: Caller,
    make: (branches: BranchId[]) => Promise<T>,
  ): Promise<ReportAnswer<T>> {
    const problem = this.#whyNot(query, caller);
    if (problem !== undefined) return { ok: false, problem };
    const allowed = [...this.parts.branches.keys()].filter((branchId) => reaches(caller, branchId));
    try {
      return { ok: true, report: await make(query.branches.length > 0 ? [...new Set(query.branches)] : allowed) };
    } catch (error) {
      this.parts.log.error({ err: error }, 'a report failed');
      return { ok: false, problem: STORE_AWAY };
    }
  }

  #whyNot({ from, to, branches }: PeriodQuery, caller: Caller): Problem | undefined {
    if (branches.some((branchId) => !this.parts.branches.has(branchId))) return UNKNOWN_BRANCH;
    if (branches.some((branchId) => !reaches(caller, branchId)))
      return notAllowed('The token is for another branch. Ask for your own, or name none.');
    if (lengthOf({ from, to }) > MOST_DAYS)
      return badMessage('A report goes over two years at most. Choose a shorter period.');
    return this.#turns.full ? TOO_MANY : undefined;
  }

  async #report(query: PeriodQuery, withNames: boolean): Promise<PeriodReport> {
    const line = this.#thread.open({ kind: 'report', query });
    try {
      const days = await this.#send(line, query.branches, query, 'period');
      const earlier = await this.#send(line, query.branches, periodBefore(query), 'before');
      const { period, before } = (await line.ask({ kind: 'sum' }, 'report')).result;
      const { cutOff, ...figures } = period;
      const nearest = cutOff === undefined ? await this.#nearest(query) : undefined;
      return {
        ...{ query, ...figures },
        branches: query.branches.map((branchId) => ({ branchId, days: days.counts.get(branchId) ?? 0 })),
        missing: days.missing,
        names: withNames ? this.#namesOf(query.branches, figures.choices.tellers) : {},
        ...(cutOff !== undefined && { cutOff }),
        ...(before !== undefined && { before: before.totals, daysBefore: sumOf(earlier.counts.values()) }),
        ...(nearest !== undefined && { nearest }),
      };
    } finally {
      line.close();
    }
  }

  async #tickets(query: TicketsQuery): Promise<ReportTickets> {
    const line = this.#thread.open({ kind: 'tickets', query });
    try {
      const { made } = await this.#send(line, query.branches, query, 'period');
      const { days } = await line.ask({ kind: 'sum' }, 'wanted');
      for (const { branchId, day } of days) {
        const known = made.get(`${branchId} ${day}`);
        const tickets = known === undefined ? await this.parts.facts.tickets(branchId, day) : JSON.stringify(known);
        if (tickets !== undefined) line.say({ kind: 'lists', lists: [{ branchId, day, tickets }] });
      }
      return (await line.ask({ kind: 'show' }, 'tickets')).result;
    } finally {
      line.close();
    }
  }

  /** Tells the thread all days of a period, in pieces, as they come. */
  async #send(line: PeriodLine, branchIds: readonly BranchId[], { from, to }: Period, part: 'period' | 'before') {
    const { facts, recent } = this.parts;
    const kept = new Map<BranchId, Set<BusinessDay>>(branchIds.map((branchId) => [branchId, new Set()]));
    for await (const days of facts.texts(branchIds, from, to)) {
      line.say({ kind: 'days', part, days });
      for (const { branchId, day } of days) kept.get(branchId)?.add(day);
    }
    const { made, missing } = await recent.of(kept, from, to);
    for (const { branchId, day, record } of made) {
      line.say({ kind: 'days', part, days: [{ branchId, day, facts: JSON.stringify(record.facts) }] });
      kept.get(branchId)?.add(day);
    }
    return {
      counts: new Map([...kept].map(([branchId, days]) => [branchId, days.size])),
      made: new Map(made.map(({ branchId, day, record }) => [`${branchId} ${day}`, record.tickets])),
      missing,
    };
  }

  /** The day with data that is closest to a period without any. */
  async #nearest({ branches, from, to }: PeriodQuery): Promise<BusinessDay | undefined> {
    const [kept, opened] = await Promise.all([
      this.parts.facts.nearest(branches, from, to),
      this.parts.recent.nearest(branches, from, to),
    ]);
    const distance = (day: BusinessDay) =>
      day < from ? lengthOf({ from: day, to: from }) : lengthOf({ from: to, to: day });
    return [kept.before, opened.before, kept.after, opened.after]
      .filter((day) => day !== undefined)
      .sort((one, other) => distance(one) - distance(other))[0];
  }

  #namesOf(branchIds: readonly BranchId[], tellers: readonly string[]): Record<string, string> {
    const wanted = new Set(tellers);
    const staff = branchIds.flatMap((branchId) => this.parts.branches.get(branchId)?.staff ?? []);
    return Object.fromEntries(staff.filter(({ id }) => wanted.has(id)).map(({ id, name }) => [id, name]));
  }
}

function sumOf(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, each) => sum + each, 0);
}

/** Days, both ends included. */
function lengthOf({ from, to }: Period): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1;
}

/** As long, and just before. */
function periodBefore({ from, to }: Period): Period {
  const start = Temporal.PlainDate.from(from).subtract({ days: lengthOf({ from, to }) });
  return { from: start.toString(), to: dayBefore(from) };
}
