import type { DomainEvent } from '../../domain/events.ts';
import type { PeriodQuery } from '../../protocol/period-report.ts';
import { Recount, type CountedTicket } from './recount.ts';

/** A report from the raw events of its days, by other code than the product's: lists of single things, filtered and counted. */

export interface RawDay {
  readonly branchId: string;
  readonly day: string;
  readonly timeZone: string;
  readonly events: readonly DomainEvent[];
  readonly ratings: readonly { ticketId: string; score: number; counterId?: string; tellerId?: string }[];
}

/** One thing that counts, and all that it may be counted by. */
type Item = {
  readonly branch: string;
  readonly day: string;
  readonly 'half-hour': string;
  readonly segment?: string | undefined;
  readonly service?: string | undefined;
  readonly counter?: string | undefined;
  readonly teller?: string | undefined;
} & (
  | { readonly what: 'ticket'; readonly ticket: CountedTicket; readonly outcome: string; readonly target: number }
  | { readonly what: 'serve'; readonly minutes: number; readonly person: boolean }
  | { readonly what: 'transfer' }
  | { readonly what: 'offer'; readonly answer: string; readonly failed: boolean; readonly saves: number }
  | { readonly what: 'rating'; readonly score: number }
  | { readonly what: 'staff'; readonly work: string; readonly ms: number }
);

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();
/** The half hour on the wall, `09:30`. */
function wallHalfHour(at: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const [hour = '', minute = ''] = format.format(at).split(':');
  return `${hour}:${Number(minute) < 30 ? '00' : '30'}`;
}

/** 1970-01-01 was a Thursday. */
function weekday(day: string): number {
  return ((Date.parse(day) / (24 * 60 * MINUTE) + 3) % 7) + 1;
}

const YEARS = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' });

/** ISO 8601: the week belongs to the year that its Thursday lies in. */
function week(day: string): string {
  const thursday = Date.parse(day) + (4 - weekday(day)) * 24 * 60 * MINUTE;
  const year = YEARS.format(thursday);
  const number = Math.floor((thursday - Date.parse(`${year}-01-01`)) / (7 * 24 * 60 * MINUTE)) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

interface Counted {
  readonly end: Recount;
  readonly items: readonly Item[];
}
const counted = new WeakMap<RawDay, Counted>();
function countedDay(day: RawDay): Counted {
  const known = counted.get(day);
  if (known !== undefined) return known;
  const end = Recount.of(day.events);
  const made = { end, items: itemsOf(day, end) };
  counted.set(day, made);
  return made;
}

function itemsOf({ branchId, day, timeZone, events, ratings }: RawDay, end: Recount): Item[] {
  const common = { branch: branchId, day } as const;
  const at = (instant: number) => wallHalfHour(instant, timeZone);
  const counterOf = (counter: string | undefined) => counter && `${branchId}/${counter}`;
  const visits = [...end.tickets.values()].filter(({ mistake }) => !mistake);
  const isCounted = (ticket: CountedTicket | undefined) => ticket !== undefined && !ticket.mistake;
  const of = (ticket: CountedTicket) => ({
    ...{ ...common, segment: ticket.waitedIn ?? ticket.segment, service: ticket.service },
    ...{ counter: counterOf(ticket.counter), teller: ticket.teller, 'half-hour': at(ticket.issuedAt) },
  });
  const served = new Set(end.serves.map(({ ticket }) => ticket.id));
  const outcomeOf = ({ id, status }: CountedTicket) => {
    if (served.has(id)) return 'served';
    if (status === 'missed') return 'no-show';
    return status === 'ended' || status === 'finished' ? 'abandoned' : 'waiting';
  };
  const targetOf = (ticket: CountedTicket) => {
    const target = end.targets.get(ticket.waitedIn ?? ticket.segment) ?? Infinity;
    return ticket.care ? Math.min(target, end.careTarget) : target;
  };
  return [
    ...visits.map((ticket) => ({
      ...of(ticket),
      ...{ what: 'ticket' as const, ticket, outcome: outcomeOf(ticket), target: targetOf(ticket) },
    })),
    ...end.serves
      .filter(({ ticket }) => isCounted(ticket))
      .map(({ ticket, service, counter, teller, from, to }) => ({
        ...{ ...of(ticket), service, counter: counterOf(counter), teller, 'half-hour': at(from) },
        ...{ what: 'serve' as const, minutes: (to - from) / MINUTE, person: !end.machines.has(counter) },
      })),
    ...end.transfers
      .filter(({ ticket }) => isCounted(ticket))
      .map(({ ticket, counter, teller }) => ({
        ...{ ...of(ticket), counter: counterOf(counter), teller, what: 'transfer' as const },
      })),
    ...end.offers.flatMap(({ ticket, service, answer, saves, at: asked }): Item[] => {
      const failed = ticket !== undefined && end.failed.has(ticket.id);
      if (ticket === undefined)
        return [{ ...common, service, 'half-hour': at(asked), what: 'offer', answer, failed, saves }];
      return ticket.care || ticket.mistake ? [] : [{ ...of(ticket), what: 'offer', answer, failed, saves }];
    }),
    ...ratings.flatMap(({ ticketId, score, counterId, tellerId }): Item[] => {
      const ticket = end.tickets.get(ticketId);
      if (ticket === undefined || ticket.mistake) return [];
      return [{ ...of(ticket), counter: counterOf(counterId), teller: tellerId, what: 'rating', score }];
    }),
    ...staffItems(events, common, counterOf, at),
  ];
}

/** What each person did, from one event to the next, as it was at the time. */
function staffItems(
  events: readonly DomainEvent[],
  common: { branch: string; day: string },
  counterOf: (counter: string) => string | undefined,
  label: (at: number) => string,
): Item[] {
  const items: Item[] = [];
  let now = new Recount();
  events.forEach((event, index) => {
    if (event.type === 'ActionUndone') now = Recount.of(events.slice(0, index + 1));
    else now.see(event);
    const until = events[index + 1]?.at ?? event.at;
    for (const [id, { status, teller, ticket }] of now.counters) {
      if (now.machines.has(id) || status === 'opening') continue;
      const work = ticket === undefined ? (status === 'paused' ? 'paused' : 'idle') : (ticket.at?.what ?? 'idle');
      for (let from = event.at; from < until;) {
        const to = Math.min(until, (Math.floor(from / QUARTER) + 1) * QUARTER);
        const where = { counter: counterOf(id), teller, 'half-hour': label(from) };
        items.push({ ...common, ...where, what: 'staff', work, ms: to - from });
        from = to;
      }
    }
  });
  return items;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]) => (values.length === 0 ? 0 : sum(values) / values.length);

function spread(values: readonly number[]) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted.find((_, index) => index + 1 >= share * sorted.length) ?? 0;
  return { count: sorted.length, mean: mean(sorted), p50: at(0.5), p90: at(0.9), max: sorted.at(-1) ?? 0 };
}

const waitOf = ({ issuedAt, calledAt }: CountedTicket) =>
  calledAt === undefined ? [] : [(calledAt - issuedAt) / MINUTE];

function figures(items: readonly Item[], staffing: boolean) {
  const kind = <W extends Item['what']>(what: W) =>
    items.filter((item): item is Extract<Item, { what: W }> => item.what === what);
  const tickets = kind('ticket');
  const called = tickets.filter(({ ticket }) => ticket.calledAt !== undefined);
  const within = called.filter(({ ticket, target }) => (waitOf(ticket)[0] ?? 0) <= target);
  const told = called.flatMap(({ ticket }) => {
    const [wait = 0] = waitOf(ticket);
    return ticket.quote && ticket.quote.p90 > 0 && !ticket.delayedFirst ? [{ ...ticket.quote, wait }] : [];
  });
  const offers = kind('offer');
  const accepted = offers.filter(({ answer }) => answer === 'accepted');
  const outcome = (wanted: string) => tickets.filter((item) => item.outcome === wanted).length;
  const work = (wanted: string) => sum(kind('staff').map((item) => (item.work === wanted ? item.ms / MINUTE : 0)));
  const minutes = { serving: work('serve'), calling: work('call'), idle: work('idle'), paused: work('paused') };
  const scores = kind('rating').map(({ score }) => score);
  return {
    arrivals: tickets.length,
    served: outcome('served'),
    noShows: outcome('no-show'),
    abandoned: outcome('abandoned'),
    transfers: kind('transfer').length,
    wait: spread(called.flatMap(({ ticket }) => waitOf(ticket))),
    withinTarget: called.length === 0 ? 0 : within.length / called.length,
    service: spread(kind('serve').map((item) => item.minutes)),
    diversion: {
      offered: offers.length,
      accepted: accepted.length,
      declined: offers.filter(({ answer }) => answer === 'declined').length,
      failed: accepted.filter(({ failed }) => failed).length,
      savedMinutes: sum(accepted.map(({ failed, saves }) => (failed ? 0 : saves))),
    },
    estimate: {
      told: told.length,
      inRange: mean(told.map(({ p10, p90, wait }) => (p10 <= wait && wait <= p90 ? 1 : 0))),
      late: mean(told.map(({ p80, wait }) => (wait > p80 + 2 ? 1 : 0))),
      bias: mean(told.map(({ p50, wait }) => wait - p50)),
    },
    ...(staffing && { staffing: { open: sum(Object.values(minutes)), ...minutes } }),
    rating: { count: scores.length, mean: mean(scores) },
  };
}

function mixOf(teller: string, own: readonly Item[], all: readonly Item[]) {
  const byPeople = (items: readonly Item[]) =>
    items.flatMap((item) => (item.what === 'serve' && item.person ? item : []));
  const services = byPeople(own).filter((item) => item.teller === teller);
  if (services.length < 30) return undefined;
  const pairs = services.map(({ service, minutes }) => ({
    took: minutes,
    usual: mean(byPeople(all).flatMap((item) => (item.service === service ? item.minutes : []))),
  }));
  const ratio = sum(pairs.map(({ took }) => took)) / sum(pairs.map(({ usual }) => usual));
  const residuals = sum(pairs.map(({ took, usual }) => (took - ratio * usual) ** 2)) / (pairs.length - 1);
  const error = Math.sqrt(residuals / pairs.length) / mean(pairs.map(({ usual }) => usual));
  return { ratio, low: ratio - 1.96 * error, high: ratio + 1.96 * error };
}

function histogram(values: readonly number[]) {
  const longest = Math.min(60, Math.floor(Math.max(-1, ...values)));
  return Array.from({ length: longest + 1 }, (_, minute) => ({
    minute,
    count: values.filter((value) => Math.min(60, Math.floor(value)) === minute).length,
  }));
}

/** @param days of the period and of the one before, and none else */
export function recountedReport(all: readonly RawDay[], query: PeriodQuery) {
  const days = all.filter(({ day }) => query.from <= day && day <= query.to);
  const before = all.filter(({ day }) => day < query.from);
  const { by } = query;
  const asked = (item: Item) =>
    (['segment', 'service', 'counter', 'teller'] as const).every(
      (name) => query[name] === undefined || query[name] === item[name],
    );
  const every = days.flatMap((day) => countedDay(day).items);
  const items = every.filter(asked);
  const key = (item: Item) => {
    if (by === 'weekday') return String(weekday(item.day));
    if (by === 'week') return week(item.day);
    if (by === 'month') return item.day.slice(0, 7);
    return item[by];
  };
  const whole = query.segment === undefined && query.service === undefined;
  const keys = [...new Set(items.flatMap((item) => key(item) ?? []))].sort();
  const compared = every.filter((item) => asked({ ...item, counter: query.counter, teller: query.teller }));
  const ends = days.map((day) => countedDay(day).end);
  const tickets = items.filter((item) => item.what === 'ticket');
  const waits = tickets.flatMap(({ ticket }) => waitOf(ticket));
  const cells = [...new Set(tickets.map((item) => `${weekday(item.day)} ${item['half-hour']}`))].sort();
  const proposals = ends.flatMap((end) => [...end.proposals.values()]);
  const approved = proposals.filter(({ status }) => status === 'approved');
  const measured = proposals.filter(({ promised, came }) => promised !== undefined && came !== undefined);
  return {
    cutOff: Math.max(...ends.map(({ until }) => until)),
    excluded: sum(ends.map((end) => [...end.tickets.values()].filter(({ mistake }) => mistake).length)),
    totals: figures(items, whole),
    ...(before.length > 0 && {
      daysBefore: before.length,
      before: figures(before.flatMap((day) => countedDay(day).items).filter(asked), whole),
    }),
    rows: keys.map((each) => {
      const own = items.filter((item) => key(item) === each);
      const mix = by === 'teller' ? mixOf(each, own, compared) : undefined;
      return {
        key: each,
        figures: { ...figures(own, whole && by !== 'segment' && by !== 'service'), ...(mix && { mix }) },
      };
    }),
    heat: cells.map((cell) => {
      const own = tickets.filter((item) => `${weekday(item.day)} ${item['half-hour']}` === cell);
      const [which = '', time = ''] = cell.split(' ');
      const same = new Set(days.flatMap(({ day }) => (weekday(day) === Number(which) ? day : [])));
      return {
        ...{ weekday: Number(which), slot: Number(time.slice(0, 2)) * 2 + (time.endsWith('30') ? 1 : 0) },
        ...{ arrivals: own.length, perDay: own.length / same.size },
        p90Wait: spread(own.flatMap(({ ticket }) => waitOf(ticket))).p90,
      };
    }),
    waits: histogram(waits),
    services: histogram(items.flatMap((item) => (item.what === 'serve' ? item.minutes : []))),
    effects: {
      ...{ proposed: proposals.length, approved: approved.length },
      byItself: approved.filter(({ bySystem }) => bySystem).length,
      measured: measured.length,
      held: measured.filter(({ promised = 0, came = 0 }) => came - promised <= Math.max(4, promised / 4)).length,
    },
  };
}
