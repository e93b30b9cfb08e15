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

function isLaneOf(lane: Lane, ticket: Ticket): boolean {
  return (
    lane.service === ticket.services[0] &&
    lane.segment === ticket.segment &&
    lane.care === ticket.careNeeds.length > 0 &&
    lane.prioritised === (ticket.prioritised !== undefined) &&
    lane.onlyCounter === ticket.onlyCounter &&
    lane.adviser === ticket.adviser
  );
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
  readonly #open = new Map<SegmentId, Lane[]>();
  readonly #reserved: Lane[] = [];
  readonly #waiting = new Map<SegmentId, number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Lanes with at least one ticket. */
  *lanes(): Generator<Lane, void> {
    for (const lanes of this.#open.values()) yield* lanes;
    yield* this.#reserved;
  }

  /** Those of them that every counter of the segment may call from, by segment: how a counter stands is asked once for all. */
  openLanes(): ReadonlyMap<SegmentId, readonly Lane[]> {
    return this.#open;
  }

  /** Those that are kept for one counter or one person, of all segments. */
  get reservedLanes(): readonly Lane[] {
    return this.#reserved;
  }

  waitingIn(segment: SegmentId): number {
    return this.#waiting.get(segment) ?? 0;
  }

  insert(ticket: Ticket): void {
    const lanes = this.#lanesWith(ticket);
    let lane = lanes.find((each) => isLaneOf(each, ticket));
    if (lane === undefined) lanes.push((lane = newLane(ticket)));
    const { entries } = lane;
    const entry = { ticketId: ticket.id, number: ticket.number, since: ticket.waitingSince, order: ticket.order };
    const place = countBefore(entries, entry.since, entry.order);
    if (place === entries.length) entries.push(entry);
    else entries.splice(place, 0, entry);
    this.#count(ticket.segment, 1);
  }

  /** @param ticket as it was when it was inserted */
  remove(ticket: Ticket): void {
    const lanes = this.#lanesWith(ticket);
    const lane = lanes.find((each) => isLaneOf(each, ticket));
    const place = lane === undefined ? -1 : countBefore(lane.entries, ticket.waitingSince, ticket.order);
    if (lane?.entries[place]?.ticketId !== ticket.id) throw new Error(`ticket ${ticket.number} is not in the queue`);
    // Most leave from the head, and `shift` does not move the others.
    if (place === 0) lane.entries.shift();
    else lane.entries.splice(place, 1);
    if (lane.entries.length === 0) lanes.splice(lanes.indexOf(lane), 1);
    this.#count(ticket.segment, -1);
  }

  /** Where the lane of this ticket is, or belongs. */
  #lanesWith({ segment, onlyCounter, adviser }: Ticket): Lane[] {
    if (onlyCounter !== undefined || adviser !== undefined) return this.#reserved;
    let lanes = this.#open.get(segment);
    if (lanes === undefined) this.#open.set(segment, (lanes = []));
    return lanes;
  }

  #count(segment: SegmentId, change: 1 | -1): void {
    this.#size += change;
    this.#waiting.set(segment, this.waitingIn(segment) + change);
  }
}
