import type { CounterId, Instant, SegmentId, ServiceId, StaffId, TicketId } from './ids.ts';
import type { Ticket } from './state.ts';

/** One waiting ticket in its lane. */
export interface QueueEntry {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly since: Instant;
  readonly order: number;
}

/**
 * Waiting tickets that are alike for every counter (rule R7): under any policy the first of a lane is called before the
 * others in it, so that calling looks at a few dozen lanes and not at ten thousand tickets.
 */
export interface Lane {
  readonly segment: SegmentId;
  /** The current service of its tickets. */
  readonly service: ServiceId;
  readonly care: boolean;
  readonly prioritised: boolean;
  readonly onlyCounter: CounterId | undefined;
  readonly adviser: StaffId | undefined;
  /** Oldest first. */
  readonly entries: QueueEntry[];
}

function laneKey(ticket: Ticket): string {
  return [
    ticket.segment,
    ticket.services[0],
    ticket.careNeeds.length > 0 ? 'care' : '',
    ticket.prioritised === undefined ? '' : 'prioritised',
    ticket.onlyCounter ?? '',
    ticket.adviser ?? '',
  ].join('|');
}

function newLane(ticket: Ticket): Lane {
  return {
    segment: ticket.segment,
    service: ticket.services[0] ?? '',
    care: ticket.careNeeds.length > 0,
    prioritised: ticket.prioritised !== undefined,
    onlyCounter: ticket.onlyCounter,
    adviser: ticket.adviser,
    entries: [],
  };
}

/** How many entries stand before `(since, order)`. */
export function countBefore(entries: readonly QueueEntry[], since: Instant, order: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && (entry.since < since || (entry.since === since && entry.order < order)))
      low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All waiting tickets of a branch day. Changed in place by `evolve` alone. */
export class Queue {
  readonly #lanes = new Map<string, Lane>();
  readonly #bySegment = new Map<SegmentId, number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Lanes with at least one ticket. */
  lanes(): Iterable<Lane> {
    return this.#lanes.values();
  }

  waitingIn(segment: SegmentId): number {
    return this.#bySegment.get(segment) ?? 0;
  }

  insert(ticket: Ticket): void {
    const key = laneKey(ticket);
    let lane = this.#lanes.get(key);
    if (lane === undefined) this.#lanes.set(key, (lane = newLane(ticket)));
    const entry = { ticketId: ticket.id, number: ticket.number, since: ticket.waitingSince, order: ticket.order };
    lane.entries.splice(countBefore(lane.entries, entry.since, entry.order), 0, entry);
    this.#count(ticket.segment, 1);
  }

  /** @param ticket as it was when it was inserted */
  remove(ticket: Ticket): void {
    const key = laneKey(ticket);
    const lane = this.#lanes.get(key);
    const place = lane === undefined ? -1 : countBefore(lane.entries, ticket.waitingSince, ticket.order);
    if (lane?.entries[place]?.ticketId !== ticket.id) throw new Error(`ticket ${ticket.number} is not in the queue`);
    lane.entries.splice(place, 1);
    if (lane.entries.length === 0) this.#lanes.delete(key);
    this.#count(ticket.segment, -1);
  }

  #count(segment: SegmentId, change: 1 | -1): void {
    this.#size += change;
    this.#bySegment.set(segment, this.waitingIn(segment) + change);
  }
}
