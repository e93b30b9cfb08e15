import { MINUTE, type Instant, type TicketId } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import type { Post } from '../scenario/branch.ts';
import type { Customer } from '../scenario/day-draw.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Meter } from './meter.ts';

/** How far two sums of thousands of minutes may be apart and still be the same. */
const ROUNDING = 1e-6;

/** What must hold on every run, found out from outside: from the customers and the scenario, not from what the product says of itself. */
export class Watch {
  readonly #faults: string[] = [];
  /** What each counter may serve: segment and service. */
  readonly #serves = new Map<string, ReadonlySet<string>>();
  readonly #lanes = new Map<string, { order: number; calledAt: Instant }>();
  readonly #waiting = new Map<TicketId, { readonly lane: string; readonly order: number; readonly since: Instant }>();
  readonly #customers = new Map<TicketId, Customer>();

  constructor(
    private readonly scenario: Scenario,
    posts: readonly Post[],
  ) {
    const segments = scenario.segments.map(({ id }) => id);
    const services = scenario.services.map(({ id }) => id);
    for (const { id, group } of posts)
      this.#serves.set(
        id,
        new Set(
          [...(group.first ?? segments), ...group.help].flatMap((segment) =>
            (group.does ?? services).map((service) => `${segment} ${service}`),
          ),
        ),
      );
  }

  arrives(ticketId: TicketId, customer: Customer, now: Instant): void {
    this.#customers.set(ticketId, customer);
    this.#waits(ticketId, customer, customer.services[0] ?? '', now);
  }

  /** First come, first served among those who are alike. */
  called(state: BranchDay, ticketId: TicketId, now: Instant): void {
    const waiting = this.#waiting.get(ticketId);
    if (waiting === undefined) {
      this.#fault(`${ticketId} is called and does not wait`);
      return;
    }
    this.#waiting.delete(ticketId);
    const last = this.#lanes.get(waiting.lane);
    if (last !== undefined && waiting.order < last.order && waiting.since < last.calledAt)
      this.#fault(
        `in ${waiting.lane} somebody who came later was called before ${state.tickets.get(ticketId)?.number}`,
      );
    if (last === undefined || waiting.order > last.order)
      this.#lanes.set(waiting.lane, { order: waiting.order, calledAt: now });
  }

  /** Left the counter or the hall. @param again and waits once more, for its next service */
  left(ticketId: TicketId, service: string | undefined, now: Instant): void {
    this.#waiting.delete(ticketId);
    const customer = this.#customers.get(ticketId);
    if (service !== undefined && customer !== undefined) this.#waits(ticketId, customer, service, now);
  }

  /** Work conservation: to be asked when somebody waits and everybody free has been asked to call. */
  settled(state: BranchDay, minute: number): void {
    if (!this.scenario.workConserving) return;
    for (const counter of state.counters.values()) {
      if (counter.status !== 'open' || counter.ticketId !== undefined) continue;
      const serves = this.#serves.get(counter.id);
      for (const lane of state.queue.lanes())
        if (serves?.has(`${lane.segment} ${lane.service}`))
          this.#fault(`minute ${minute}: ${counter.id} is free while somebody waits for it`);
    }
  }

  /** Conservation and Little's law, after the day is closed. */
  atEnd(state: BranchDay, meter: Meter, came: number): void {
    const fates = new Map<string, number>();
    for (const ticket of state.tickets.values()) fates.set(ticket.status, (fates.get(ticket.status) ?? 0) + 1);
    const count = (fate: string) => meter.stories.filter((story) => story.fate === fate).length;
    const pairs = [
      ['finished', 'served'],
      ['cancelled', 'left'],
      ['missed', 'missed'],
      ['expired', 'expired'],
    ] as const;
    let ended = 0;
    for (const [status, fate] of pairs) {
      ended += fates.get(status) ?? 0;
      if ((fates.get(status) ?? 0) !== count(fate))
        this.#fault(`${fates.get(status) ?? 0} tickets are ${status}, of ${count(fate)} customers`);
    }
    const issued = came - count('turned-away');
    if (state.tickets.size !== issued) this.#fault(`${issued} took a ticket, ${state.tickets.size} are there`);
    if (ended !== issued) this.#fault(`${issued} tickets were issued, ${ended} ended`);
    if (state.queue.size > 0 || meter.inHall !== 0) this.#fault('somebody is still there after the day');
    if ([...state.counters.values()].some(({ ticketId }) => ticketId !== undefined))
      this.#fault('a counter has a ticket after the day');
    this.#little(state, meter);
    meter.faults.push(...this.#faults);
  }

  /** The time integral of the queue is the sum of all waits: in each segment, and exactly. */
  #little(state: BranchDay, meter: Meter): void {
    const waited = new Map<string, number>();
    for (const { segment, periods } of state.tickets.values())
      for (const { kind, from, to = NaN } of periods)
        if (kind === 'wait') waited.set(segment, (waited.get(segment) ?? 0) + (to - from) / MINUTE);
    for (const [place, { id }] of this.scenario.segments.entries()) {
      const area = meter.wholeQueueAreas[place] ?? 0;
      const sum = waited.get(id) ?? 0;
      if (!(Math.abs(area - sum) <= ROUNDING * (1 + sum)))
        this.#fault(`in ${id} the queue's integral is ${area} minutes, the waits sum up to ${sum}`);
    }
  }

  #waits(ticketId: TicketId, { segment, care, index }: Customer, service: string, now: Instant): void {
    this.#waiting.set(ticketId, { lane: `${segment} ${service}${care ? ' care' : ''}`, order: index, since: now });
  }

  #fault(words: string): void {
    if (this.#faults.length < 20) this.#faults.push(words);
  }
}
