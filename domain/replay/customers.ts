import type { DomainEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { MINUTE, type BranchId, type BusinessDay, type Instant, type SegmentId, type ServiceId } from '../ids.ts';
import { must } from '../records.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { Habits } from './habits.ts';

/** One customer of a recorded day, for other days to be drawn from. Minutes. */
export interface RecordedCustomer {
  /** After `opensAt`. */
  readonly arrival: number;
  readonly segment: SegmentId;
  readonly services: readonly ServiceId[];
  /** What each service takes at speed 1. */
  readonly work: readonly number[];
  /** How long they waited before they left; null: they stayed. */
  readonly patience: number | null;
  /** Came when called. */
  readonly comes: boolean;
  readonly care: boolean;
}

/** Who came on a recorded day. No ticket, no person and no time of day can be told from it but when somebody came. */
export interface RecordedCustomers {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  /** When the first window opened. */
  readonly opensAt: Instant;
  /** From there to the last ticket. */
  readonly minutes: number;
  readonly customers: readonly RecordedCustomer[];
}

/** @throws when the log is damaged */
export function recordedCustomers(events: readonly DomainEvent[]): RecordedCustomers {
  const habits = new Habits();
  const issuedIn = new Map<string, SegmentId>();
  let state: BranchDay | undefined;
  let opensAt: Instant | undefined;
  for (const event of events) {
    if (event.type === 'ServiceFinished' && state !== undefined) habits.finished(state, event);
    if (event.type === 'TicketIssued') issuedIn.set(event.ticketId, event.segment);
    if (event.type === 'CounterOpened' || event.type === 'TicketIssued') opensAt ??= event.at;
    state = evolve(state, event);
  }
  const day = must(state, 'the day');
  const from = opensAt ?? day.openedAt;
  // Those who took a number from a kiosk without a connection came before the log knew of them (rule N7).
  const inOrder = [...day.tickets.values()].sort((one, other) => one.issuedAt - other.issuedAt);
  const customers = inOrder.map((ticket): RecordedCustomer => {
    const services = [...ticket.done, ...ticket.services];
    return {
      arrival: rounded(Math.max(0, ticket.issuedAt - from) / MINUTE),
      segment: issuedIn.get(ticket.id) ?? ticket.segment,
      services,
      work: services.map((service) =>
        rounded(habits.workOf(ticket, service) * (day.index.services.get(service)?.minutes ?? 0)),
      ),
      patience: patienceOf(ticket),
      comes: ticket.status !== 'missed' && !leftWhenCalled(ticket),
      care: ticket.careNeeds.length > 0,
    };
  });
  const minutes = customers.at(-1)?.arrival ?? 0;
  return { branchId: day.config.branchId, day: day.day, opensAt: from, minutes, customers };
}

/** Of somebody who left while they waited. */
function patienceOf({ status, endReason, periods }: Ticket): number | null {
  const last = periods.at(-1);
  if (status !== 'cancelled' || endReason !== 'left' || last?.kind !== 'wait' || last.to === undefined) return null;
  return rounded((last.to - last.from) / MINUTE);
}

function leftWhenCalled({ status, periods }: Ticket): boolean {
  return status === 'cancelled' && periods.at(-1)?.kind === 'call';
}

/** To a thousandth of a minute: nobody was timed better than that. */
function rounded(minutes: number): number {
  return Math.round(minutes * 1000) / 1000;
}
