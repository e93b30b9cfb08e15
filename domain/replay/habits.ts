import type { ServiceFinished } from '../events.ts';
import { MINUTE, type ServiceId, type TicketId } from '../ids.ts';
import { rateOf } from '../routing/skills.ts';
import type { BranchDay, Ticket } from '../state.ts';

/** How things went on the recorded day, for what has no record of its own: a customer who left and is now served. */

const USUAL_WALK_MS = 20_000;
const USUAL_PRESS_MS = 5_000;
const USUAL_HOLD_MS = 4 * MINUTE;

export class Habits {
  /** How much work each service of a ticket was: 1 is the typical time at speed 1. */
  readonly #work = new Map<TicketId, Map<ServiceId, number>>();
  readonly #workOf = new Map<ServiceId, number[]>();
  readonly #attributed = new Map<TicketId, number>();
  readonly #walks: number[] = [];
  readonly #presses: number[] = [];
  readonly #holds: number[] = [];

  /** To be told before the state takes it in. */
  finished(state: BranchDay, { ticketId, served, at }: ServiceFinished): void {
    const ticket = state.tickets.get(ticketId);
    if (ticket === undefined) return;
    const all = ticket.periods.reduce((sum, { kind, from, to = at }) => sum + (kind === 'serve' ? to - from : 0), 0);
    const minutes = (all - (this.#attributed.get(ticketId) ?? 0)) / MINUTE;
    this.#attributed.set(ticketId, all);
    const own = this.#work.get(ticketId) ?? new Map<ServiceId, number>();
    this.#work.set(ticketId, own);
    // Shared among the services by how long each usually takes this person.
    const typical = served.map((service) => 1 / rateOf(state, ticket.tellerId, service));
    const whole = typical.reduce((sum, each) => sum + each, 0);
    for (const service of served) {
      const work = whole === 0 ? 0 : minutes / whole;
      own.set(service, (own.get(service) ?? 0) + work);
      const list = this.#workOf.get(service);
      if (list === undefined) this.#workOf.set(service, [work]);
      else list.push(work);
    }
  }

  walked(ms: number): void {
    this.#walks.push(ms);
  }

  pressed(ms: number): void {
    this.#presses.push(ms);
  }

  held(ms: number): void {
    this.#holds.push(ms);
  }

  /** How much work a service of a ticket was, 1 being the typical time at speed 1; of one that was never served, as much as another's. */
  workOf(ticket: Ticket, service: ServiceId): number {
    return this.#work.get(ticket.id)?.get(service) ?? nth(this.#workOf.get(service) ?? [], ticket.order) ?? 1;
  }

  /** How long these services of a ticket take this person, ms. */
  serviceMs(state: BranchDay, ticket: Ticket, services: readonly ServiceId[], tellerId: string | undefined): number {
    const minutes = services.reduce(
      (sum, service) => sum + this.workOf(ticket, service) / rateOf(state, tellerId, service),
      0,
    );
    return Math.round(minutes * MINUTE);
  }

  /** From a call to the counter, ms. */
  walkMs({ order }: Ticket): number {
    return nth(this.#walks, order) ?? USUAL_WALK_MS;
  }

  pressMs(): number {
    return Math.max(1, median(this.#presses) ?? USUAL_PRESS_MS);
  }

  holdMs(): number {
    return median(this.#holds) ?? USUAL_HOLD_MS;
  }
}

function nth(values: readonly number[], place: number): number | undefined {
  return values[place % values.length];
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}
