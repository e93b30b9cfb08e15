import { hasEnded } from '../decide/guards.ts';
import type { DomainEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { isKept } from '../floating/promise-kept.ts';
import type { HalfHours } from '../forecast/forecast.ts';
import { MINUTE, type CounterId, type Instant, type SegmentId, type StaffId, type TicketId } from '../ids.ts';
import { limitsOf } from '../routing/targets.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { columnsOf, Dictionary } from './columns.ts';
import { DayLog, type EndedPeriod } from './day-log.ts';
import {
  FACTS_FORM,
  MARKS,
  OUTCOMES,
  type DayEffects,
  type DayRecord,
  type Place,
  type TicketOutcome,
} from './facts.ts';
import { slotOf } from './half-hours.ts';
import { StaffingClock, WORK } from './staffing.ts';

export interface RatedTicket {
  readonly ticketId: TicketId;
  /** 1 to 5. */
  readonly score: number;
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
}

export interface DayRecordOptions {
  /** Of the branch's day, and of the next one, for what goes on past midnight. */
  readonly halfHours: HalfHours;
  readonly ratings: readonly RatedTicket[];
  /** Of a day that is not over: until when what is going on counts; absent: its last event. */
  readonly now?: Instant;
}

/** A wait that was longer than p80 by more disappoints. */
const LATE_MINUTES = 2;
/** Cancelled for these, a number was nobody's visit (rule B2). */
const MISTAKES: ReadonlySet<unknown> = new Set(['mistake', 'duplicate']);

/** One day for the reports, from its whole log (rules B1 to B6). Throws when the log does not begin with the day's opening. */
export function dayRecordOf(events: readonly DomainEvent[], options: DayRecordOptions): DayRecord {
  const log = new DayLog(events);
  const clock = new StaffingClock(options.halfHours);
  let state: BranchDay | undefined;
  for (const event of events) {
    if (state !== undefined) log.see(state, event);
    state = evolve(state, event);
    clock.see(state);
  }
  if (state === undefined) throw new Error('a day without events has no record');
  return new Recorder(state, log, clock, options).record();
}

/** Writes down a day that has been read to its end. */
class Recorder {
  readonly #segments: Dictionary<SegmentId>;
  readonly #services = new Dictionary<string>(String);
  readonly #places = new Dictionary<Place>((place) => JSON.stringify(place));
  readonly #tickets: readonly Ticket[];
  readonly #index: ReadonlyMap<TicketId, number>;

  constructor(
    private readonly state: BranchDay,
    private readonly log: DayLog,
    private readonly clock: StaffingClock,
    private readonly options: DayRecordOptions,
  ) {
    this.#segments = new Dictionary<SegmentId>(String);
    this.#tickets = [...state.tickets.values()].filter(({ endReason }) => !MISTAKES.has(endReason));
    this.#index = new Map(this.#tickets.map(({ id }, index) => [id, index]));
  }

  record(): DayRecord {
    const { state, log, options } = this;
    const until = state.closed ? state.lastAt : Math.max(state.lastAt, options.now ?? state.lastAt);
    const tickets = this.#tickets.map((ticket) => this.#ticket(ticket));
    const columns = {
      tickets: columnsOf(['segment', 'service', 'place', 'slot', 'outcome', 'wait', 'marks', 'overQuote'], tickets),
      serves: columnsOf(
        ['ticket', 'service', 'place', 'slot', 'ms'],
        this.#tickets.flatMap((ticket, index) =>
          log.servesOf(ticket).map((serve) => this.#serve(ticket, index, serve)),
        ),
      ),
      transfers: columnsOf(
        ['ticket', 'place'],
        log.transfers.flatMap(({ ticketId, from }) => this.#of(ticketId, { place: this.#place(from) })),
      ),
      offers: columnsOf(['ticket', 'accepted', 'failed', 'savedMinutes'], this.#offers()),
      left: columnsOf(
        ['service', 'slot'],
        log.left.map(({ service, at }) => ({ service: this.#services.indexOf(service), slot: this.#slot(at) })),
      ),
      ratings: columnsOf(
        ['ticket', 'place', 'score'],
        options.ratings.flatMap(({ ticketId, score, ...where }) =>
          this.#of(ticketId, { place: this.#place(where), score }),
        ),
      ),
      staffing: columnsOf(
        ['place', 'slot', ...WORK],
        this.clock.halfHours(until).map(({ counterId, tellerId, ...times }) => ({
          ...times,
          place: this.#place({ counterId, tellerId: tellerId ?? undefined }),
        })),
      ),
    };
    const targetsOf = (care: boolean) => this.#segments.list.map((id) => limitsOf(state, id, care).targetMs);
    return {
      facts: {
        form: FACTS_FORM,
        until,
        over: state.closed,
        segments: this.#segments.list,
        targets: targetsOf(false),
        careTargets: targetsOf(true),
        services: this.#services.list,
        places: this.#places.list,
        excluded: state.tickets.size - this.#tickets.length,
        ...columns,
        effects: effectsOf(state, log),
      },
      tickets: {
        ids: this.#tickets.map(({ id }) => id),
        numbers: this.#tickets.map(({ number }) => number),
        issuedAt: this.#tickets.map(({ issuedAt }) => issuedAt),
        services: this.#tickets.map(({ done, services }) => [...done, ...services]),
        served: this.#tickets.map((ticket) => log.servesOf(ticket).reduce((sum, { from, to }) => sum + to - from, 0)),
      },
    };
  }

  #ticket(ticket: Ticket) {
    const { issuedAt, periods, careNeeds } = ticket;
    const segment = this.log.segmentOf(ticket);
    const call = periods.find(({ kind }) => kind === 'call');
    const wait = call === undefined ? -1 : call.from - issuedAt;
    const { targetMs } = limitsOf(this.state, segment, careNeeds.length > 0);
    const marks = {
      ...quoteMarks(ticket, wait),
      withinTarget: wait >= 0 && wait <= targetMs,
      care: careNeeds.length > 0,
    };
    const overQuote = marks.told ? Math.round(wait - (ticket.quote?.p50 ?? 0) * MINUTE) : 0;
    return {
      segment: this.#segments.indexOf(segment),
      service: this.#services.indexOf(this.log.serviceOf(ticket)),
      place: this.#place(call ?? periods.find(({ kind }) => kind === 'serve')),
      slot: this.#slot(issuedAt),
      outcome: OUTCOMES.indexOf(this.#outcome(ticket)),
      wait,
      marks: marksOf(marks),
      overQuote,
    };
  }

  #outcome(ticket: Ticket): TicketOutcome {
    if (this.log.servesOf(ticket).length > 0) return 'served';
    const { status } = ticket;
    if (status === 'missed') return 'no-show';
    return hasEnded(ticket) ? 'abandoned' : 'waiting';
  }

  #serve({ id }: Ticket, ticket: number, serve: EndedPeriod) {
    const { from, to } = serve;
    const service = this.#services.indexOf(this.log.servedFor(id, from));
    return { ticket, service, place: this.#place(serve), slot: this.#slot(from), ms: to - from };
  }

  /** Nobody with a care need, noticed before or after (rule L3). */
  #offers() {
    const { offers, failed } = this.log;
    return [...offers].flatMap(([ticketId, { answer, savesMinutes }]) => {
      if (this.state.tickets.get(ticketId)?.careNeeds.length !== 0) return [];
      const accepted = answer === 'accepted';
      const inVain = accepted && failed.has(ticketId);
      const savedMinutes = accepted && !inVain ? savesMinutes : 0;
      return this.#of(ticketId, { accepted: Number(accepted), failed: Number(inVain), savedMinutes });
    });
  }

  /** With the index of the ticket, unless that is in no figure. */
  #of<R>(ticketId: TicketId, row: R): (R & { readonly ticket: number })[] {
    const ticket = this.#index.get(ticketId);
    return ticket === undefined ? [] : [{ ...row, ticket }];
  }

  #place(where: { readonly counterId?: CounterId | undefined; readonly tellerId?: StaffId | undefined } | undefined) {
    return where?.counterId === undefined ? -1 : this.#places.indexOf([where.counterId, where.tellerId ?? null]);
  }

  #slot(at: Instant): number {
    return slotOf(this.options.halfHours, at);
  }
}

/** Rule E8: who was told "at once" had no range, and who let others go first was not quoted that. */
function quoteMarks({ quote, periods }: Ticket, wait: number) {
  const told = quote !== undefined && quote.p90 > 0 && wait >= 0;
  const away = periods.find(({ kind }) => kind === 'call' || kind === 'away')?.kind === 'away';
  if (!told || away) return { told: false, inRange: false, late: false };
  const minutes = wait / MINUTE;
  return {
    told: true,
    inRange: minutes >= quote.p10 && minutes <= quote.p90,
    late: minutes > quote.p80 + LATE_MINUTES,
  };
}

function marksOf(marks: Readonly<Record<keyof typeof MARKS, boolean>>): number {
  return (Object.keys(MARKS) as (keyof typeof MARKS)[]).reduce((sum, mark) => sum + (marks[mark] ? MARKS[mark] : 0), 0);
}

function effectsOf({ floating }: BranchDay, { approvedBySystem }: DayLog): DayEffects {
  const proposals = [...floating.proposals.values()];
  const approved = proposals.filter(({ status }) => status === 'approved');
  const measured = proposals.flatMap(({ promised, came }) => (promised && came ? [{ promised, came }] : []));
  return {
    proposed: proposals.length,
    approved: approved.length,
    byItself: approved.filter(({ id }) => approvedBySystem.has(id)).length,
    measured: measured.length,
    held: measured.filter(({ promised, came }) => isKept('longest', promised.after.longest, came.longest)).length,
  };
}
