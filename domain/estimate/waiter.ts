import type { CounterId, SegmentId, ServiceId, StaffId } from '../ids.ts';
import type { Ticket } from '../state.ts';

/** Somebody who waits, or would wait, for a first service. */
export interface Waiter {
  readonly segment: SegmentId;
  readonly service: ServiceId;
  readonly care: boolean;
  readonly onlyCounter?: CounterId | undefined;
  readonly adviser?: StaffId | undefined;
  /** Absent for one who would take a number now. */
  readonly ticket?: Ticket | undefined;
}

export function waiterOf(ticket: Ticket): Waiter {
  const { segment, services, careNeeds, onlyCounter, adviser } = ticket;
  return { segment, service: services[0] ?? '', care: careNeeds.length > 0, onlyCounter, adviser, ticket };
}

/** One word for all who would wait alike, if they wait for no counter or person of their own. */
export function kindOf({ segment, service, care }: Waiter): string {
  return `${segment}|${service}|${care ? 'care' : ''}`;
}
