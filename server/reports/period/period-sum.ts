import type { FactsOfDay } from '../../../domain/figures/facts.ts';
import { MINUTE, type BranchId, type BusinessDay } from '../../../domain/ids.ts';
import type { HeatCell, PeriodFigures, PeriodQuery, PeriodReport } from '../../../protocol/period-report.ts';
import { Amounts } from './amounts.ts';
import { Choices } from './choices.ts';
import { labelsOf, SLOTS } from './day-labels.ts';
import { ServiceMix } from './mix.ts';
import { dayRows, SpotFilter, type Spot } from './spots.ts';
import { Tally } from './tally.ts';

/** What can be said from the facts of the days alone. */
export type SummedPeriod = Pick<
  PeriodReport,
  'excluded' | 'totals' | 'rows' | 'heat' | 'waits' | 'services' | 'effects' | 'choices'
> & { readonly cutOff: number | undefined };

const EFFECTS = ['proposed', 'approved', 'byItself', 'measured', 'held'] as const;

/** The figures of a period, from the facts of its days, in any order (rules B1 to B9). */
export class PeriodSum {
  readonly #totals = new Tally();
  readonly #rows = new Map<string, Tally>();
  readonly #heat = new Map<number, { arrivals: number; readonly waits: Amounts }>();
  readonly #weekdays = new Map<number, Set<BusinessDay>>();
  readonly #mix = new ServiceMix();
  readonly #choices = new Choices();
  readonly #effects = { proposed: 0, approved: 0, byItself: 0, measured: 0, held: 0 };
  #excluded = 0;
  #cutOff: number | undefined;

  constructor(private readonly query: Omit<PeriodQuery, 'from' | 'to' | 'branches'>) {}

  add(branchId: BranchId, day: BusinessDay, facts: FactsOfDay): void {
    this.#excluded += facts.excluded;
    this.#cutOff = Math.max(this.#cutOff ?? facts.until, facts.until);
    for (const name of EFFECTS) this.#effects[name] += facts.effects[name];
    this.#choices.add(branchId, facts);
    const { weekday } = labelsOf(day);
    const days = this.#weekdays.get(weekday) ?? new Set();
    this.#weekdays.set(weekday, days.add(day));
    this.#count(branchId, day, facts, (wait, slot) => this.#warm((weekday - 1) * SLOTS + slot, wait));
  }

  summed(): SummedPeriod {
    const { by, segment, service } = this.query;
    const unfiltered = segment === undefined && service === undefined;
    const told = unfiltered && by !== 'segment' && by !== 'service';
    const figuresOf = (key: string, tally: Tally): PeriodFigures => {
      const mix = by === 'teller' ? this.#mix.of(key) : undefined;
      return { ...tally.figures(told), ...(mix && { mix }) };
    };
    const waits = this.#totals.waits.histogram();
    const services = this.#totals.services.histogram();
    return {
      cutOff: this.#cutOff,
      excluded: this.#excluded,
      totals: this.#totals.figures(unfiltered),
      rows: [...this.#rows]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, tally]) => ({ key, figures: figuresOf(key, tally) })),
      heat: this.#heatCells(),
      waits,
      services,
      effects: this.#effects,
      choices: this.#choices.lists(),
    };
  }

  #count(branchId: BranchId, day: BusinessDay, facts: FactsOfDay, warm: (wait: number, slot: number) => void): void {
    const { tickets, serves, transfers, offers, left, ratings, staffing } = facts;
    const filter = new SpotFilter(this.query, branchId, facts);
    const rowAt = this.#rowsOf(branchId, day, facts);
    const count = (spot: Spot, add: (tally: Tally) => void): void => {
      if (!filter.holds(spot)) return;
      add(this.#totals);
      const row = rowAt(spot);
      if (row !== undefined) add(row);
    };
    const spotOf = (ticket: number): Spot => ({
      segment: tickets.segment[ticket] ?? -1,
      service: tickets.service[ticket] ?? -1,
      place: tickets.place[ticket] ?? -1,
      slot: tickets.slot[ticket] ?? 0,
    });
    tickets.slot.forEach((slot, index) => {
      const spot = spotOf(index);
      count(spot, (tally) => tally.ticket(facts, index));
      if (filter.holds(spot)) warm(tickets.wait[index] ?? -1, slot);
    });
    serves.ticket.forEach((ticket, index) => {
      const service = serves.service[index] ?? -1;
      const place = serves.place[index] ?? -1;
      const spot = { segment: tickets.segment[ticket] ?? -1, service, place, slot: serves.slot[index] ?? 0 };
      count(spot, (tally) => tally.serve(facts, index));
      const teller = facts.places[place]?.[1];
      if (this.query.by === 'teller' && teller && filter.holdsWork(spot.segment, service))
        this.#mix.add(teller, facts.services[service] ?? '', (serves.ms[index] ?? 0) / MINUTE, filter.holds(spot));
    });
    transfers.ticket.forEach((ticket, index) =>
      count({ ...spotOf(ticket), place: transfers.place[index] ?? -1 }, (tally) => tally.transfer()),
    );
    offers.ticket.forEach((ticket, index) => count(spotOf(ticket), (tally) => tally.offer(facts, index)));
    left.slot.forEach((slot, index) =>
      count({ segment: -1, service: left.service[index] ?? -1, place: -1, slot }, (tally) => tally.left()),
    );
    ratings.ticket.forEach((ticket, index) =>
      count({ ...spotOf(ticket), place: ratings.place[index] ?? -1 }, (tally) => tally.rating(facts, index)),
    );
    staffing.place.forEach((place, index) =>
      count({ segment: -1, service: -1, place, slot: staffing.slot[index] ?? 0 }, (tally) =>
        tally.staffed(facts, index),
      ),
    );
  }

  #rowsOf(branchId: BranchId, day: BusinessDay, facts: FactsOfDay): (spot: Spot) => Tally | undefined {
    const { keys, indexOf } = dayRows(this.query.by, branchId, day, facts);
    const tallies: Tally[] = [];
    return (spot) => {
      const index = indexOf(spot);
      const known = tallies[index];
      if (known !== undefined) return known;
      const key = keys[index];
      if (key === undefined || key === null) return undefined;
      const tally = this.#rows.get(key) ?? new Tally();
      this.#rows.set(key, tally);
      tallies[index] = tally;
      return tally;
    };
  }

  #warm(cell: number, wait: number): void {
    const known = this.#heat.get(cell) ?? { arrivals: 0, waits: new Amounts() };
    this.#heat.set(cell, known);
    known.arrivals += 1;
    if (wait >= 0) known.waits.add(wait);
  }

  #heatCells(): HeatCell[] {
    return [...this.#heat]
      .sort(([one], [other]) => one - other)
      .map(([cell, { arrivals, waits }]) => {
        const weekday = Math.floor(cell / SLOTS) + 1;
        const days = this.#weekdays.get(weekday)?.size ?? 1;
        return { weekday, slot: cell % SLOTS, arrivals, perDay: arrivals / days, p90Wait: waits.spread().p90 };
      });
  }
}
