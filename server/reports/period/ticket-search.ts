import { MARKS, OUTCOMES, type FactsOfDay, type TicketsOfDay } from '../../../domain/figures/facts.ts';
import { MINUTE, type BranchId, type BusinessDay } from '../../../domain/ids.ts';
import type { ReportTicket, ReportTickets, TicketsQuery } from '../../../protocol/period-report.ts';
import { TICKETS_SHOWN } from '../../../protocol/report-scale.ts';
import { labelsOf } from './day-labels.ts';
import { counterKey, SpotFilter } from './spots.ts';

type Found = Pick<ReportTicket, 'branchId' | 'day' | 'segment' | 'outcome' | 'target' | 'counter' | 'teller'> & {
  /** Its place in the lists of its day. */
  readonly index: number;
  /** ms; -1: never called. */
  readonly wait: number;
};

/** So many are kept before the shorter waits are dropped. */
const KEPT = 20 * TICKETS_SHOWN;

/** The tickets behind a figure: those that waited longest are shown. */
export class TicketSearch {
  #found: Found[] = [];
  #total = 0;

  constructor(private readonly query: Omit<TicketsQuery, 'from' | 'to' | 'branches' | 'by'>) {}

  add(branchId: BranchId, day: BusinessDay, facts: FactsOfDay): void {
    const { weekday, slot: wanted } = this.query;
    if (weekday !== undefined && labelsOf(day).weekday !== weekday) return;
    const { tickets } = facts;
    const filter = new SpotFilter(this.query, branchId, facts);
    tickets.slot.forEach((slot, index) => {
      if (wanted !== undefined && slot !== wanted) return;
      const [segment = -1, service = -1, place = -1] = [
        tickets.segment[index],
        tickets.service[index],
        tickets.place[index],
      ];
      if (!filter.holds({ segment, service, place, slot })) return;
      this.#total += 1;
      this.#found.push(found(branchId, day, facts, index));
    });
    if (this.#found.length > KEPT) this.#longest();
  }

  /** The days whose lists of tickets are needed to show what was found. */
  days(): readonly { readonly branchId: BranchId; readonly day: BusinessDay }[] {
    const days = new Map(this.#longest().map(({ branchId, day }) => [`${branchId} ${day}`, { branchId, day }]));
    return [...days.values()];
  }

  /** @param ticketsOf the lists of one of these days; what is gone meanwhile is left out */
  shown(ticketsOf: (branchId: BranchId, day: BusinessDay) => TicketsOfDay | undefined): ReportTickets {
    const tickets = this.#longest().flatMap(({ index, wait, ...known }): ReportTicket[] => {
      const lists = ticketsOf(known.branchId, known.day);
      if (lists === undefined) return [];
      return [
        {
          ...known,
          ticketId: lists.ids[index] ?? '',
          number: lists.numbers[index] ?? '',
          services: lists.services[index] ?? [],
          issuedAt: lists.issuedAt[index] ?? 0,
          service: (lists.served[index] ?? 0) / MINUTE,
          ...(wait >= 0 && { wait: wait / MINUTE }),
        },
      ];
    });
    return { tickets, total: this.#total };
  }

  #longest(): readonly Found[] {
    this.#found = this.#found.sort((one, other) => other.wait - one.wait).slice(0, TICKETS_SHOWN);
    return this.#found;
  }
}

function found(branchId: BranchId, day: BusinessDay, facts: FactsOfDay, index: number): Found {
  const { tickets, segments, places } = facts;
  const segment = tickets.segment[index] ?? -1;
  const care = ((tickets.marks[index] ?? 0) & MARKS.care) > 0;
  const target = (care ? facts.careTargets : facts.targets)[segment] ?? 0;
  const [counter, teller] = places[tickets.place[index] ?? -1] ?? [];
  return {
    branchId,
    day,
    index,
    segment: segments[segment] ?? '',
    outcome: OUTCOMES[tickets.outcome[index] ?? 0] ?? 'served',
    wait: tickets.wait[index] ?? -1,
    target: target / MINUTE,
    ...(counter !== undefined && { counter: counterKey(branchId, counter) }),
    ...(teller && { teller }),
  };
}
