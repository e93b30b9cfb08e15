import type { ChannelOffered, DomainEvent } from '../events.ts';
import type { CommandId, Instant, ProposalId, SegmentId, ServiceId, TicketId } from '../ids.ts';
import type { BranchDay, Period, Ticket } from '../state.ts';

type From = Pick<Ticket, 'counterId' | 'tellerId'>;
export type EndedPeriod = Period & { readonly to: Instant };

/** What the log of a day says beside what its state keeps. What was undone later is not among it (rule U1). */
export class DayLog {
  readonly #undone: ReadonlySet<CommandId>;
  readonly #calledFrom = new Map<TicketId, SegmentId>();
  readonly #cameFor = new Map<TicketId, ServiceId>();
  readonly #servedFor = new Map<string, ServiceId>();
  readonly #failures = new Set<string>();
  readonly transfers: { readonly ticketId: TicketId; readonly from: From | undefined }[] = [];
  readonly offers = new Map<TicketId, ChannelOffered>();
  /** Offers to those who left without a ticket. */
  readonly left: ChannelOffered[] = [];
  /** Tickets that a machine could not help. */
  readonly failed = new Set<TicketId>();
  readonly approvedBySystem = new Set<ProposalId>();

  constructor(events: readonly DomainEvent[]) {
    this.#undone = new Set(events.flatMap((event) => (event.type === 'ActionUndone' ? event.undoneCommandId : [])));
  }

  /** Before the state sees the event. */
  see({ tickets }: BranchDay, event: DomainEvent): void {
    if (this.#undone.has(event.commandId)) return;
    switch (event.type) {
      case 'TicketIssued': {
        const [service = ''] = event.services;
        this.#cameFor.set(event.ticketId, service);
        if (event.servedAt !== undefined) this.#servedFor.set(moment(event.ticketId, event.at), service);
        return;
      }
      case 'TicketCalled':
        if (!this.#calledFrom.has(event.ticketId))
          this.#calledFrom.set(event.ticketId, tickets.get(event.ticketId)?.segment ?? '');
        return;
      case 'ServiceStarted':
        this.#servedFor.set(moment(event.ticketId, event.at), tickets.get(event.ticketId)?.services[0] ?? '');
        return;
      case 'TicketTransferred': {
        const ticket = tickets.get(event.ticketId);
        this.transfers.push({ ticketId: event.ticketId, from: ticket?.counterId === undefined ? undefined : ticket });
        return;
      }
      case 'ChannelOffered':
        if (event.ticketId === undefined) this.left.push(event);
        else this.offers.set(event.ticketId, event);
        return;
      case 'ChannelFailed':
        this.failed.add(event.ticketId);
        this.#failures.add(moment(event.ticketId, event.at));
        return;
      case 'ProposalApproved':
        if (event.by === 'system') this.approvedBySystem.add(event.proposalId);
        return;
      default:
        return;
    }
  }

  /** Where it waited for its first call, or for one that never came. */
  segmentOf({ id, segment }: Ticket): SegmentId {
    return this.#calledFrom.get(id) ?? segment;
  }

  /** The first service that it came for. */
  serviceOf({ id }: Ticket): ServiceId {
    return this.#cameFor.get(id) ?? '';
  }

  /** Each time that it was served and that had an end. A machine that could not help has not served (rule L4). */
  servesOf({ id, periods }: Ticket): EndedPeriod[] {
    return periods.flatMap((period) => {
      const { kind, to } = period;
      return kind === 'serve' && to !== undefined && !this.#failures.has(moment(id, to)) ? [{ ...period, to }] : [];
    });
  }

  /** The service that was current when it began to be served. */
  servedFor(ticketId: TicketId, from: Instant): ServiceId {
    return this.#servedFor.get(moment(ticketId, from)) ?? '';
  }
}

function moment(ticketId: TicketId, at: Instant): string {
  return `${at} ${ticketId}`;
}
