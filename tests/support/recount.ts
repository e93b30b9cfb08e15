import type { DomainEvent } from '../../domain/events.ts';

/**
 * A day for the reports once more, from its raw events and by other code: nothing of domain/figures, of server/reports nor of
 * the branch day's own state is used here. Written plainly, so that it can be compared with RULES.md by eye.
 */

export interface CountedTicket {
  readonly id: string;
  readonly number: string;
  readonly issuedAt: number;
  /** Of the first service that it came for. */
  readonly service: string;
  segment: string;
  services: string[];
  care: boolean;
  status: string;
  mistake: boolean;
  quote?: { p10: number; p50: number; p80: number; p90: number } | undefined;
  /** The segment in which it was first called, */
  waitedIn?: string;
  /** when, and by whom; or who served it without a call. */
  calledAt?: number;
  counter?: string | undefined;
  teller?: string | undefined;
  /** It let others go first before it was called. */
  delayedFirst: boolean;
  /** Where it is now, while a counter has it. */
  at?: { counter: string; teller: string | undefined; since: number; what: 'call' | 'serve'; for: string } | undefined;
  heldAt?: { counter: string; teller: string | undefined } | undefined;
}
export interface CountedServe {
  readonly ticket: CountedTicket;
  readonly service: string;
  readonly counter: string;
  readonly teller: string | undefined;
  readonly from: number;
  readonly to: number;
}
interface CountedCounter {
  status: 'closed' | 'opening' | 'open' | 'paused';
  teller: string | undefined;
  ticket: CountedTicket | undefined;
}

/** An undo takes back an approval, not what was proposed, ran out or was measured (rule F13). */
const STAYS: ReadonlySet<string> = new Set([
  'WindowProposed',
  'ProposalDismissed',
  'ProposalExpired',
  'EffectMeasured',
]);

export class Recount {
  readonly tickets = new Map<string, CountedTicket>();
  readonly counters = new Map<string, CountedCounter>();
  readonly serves: CountedServe[] = [];
  readonly transfers: { ticket: CountedTicket; counter: string | undefined; teller: string | undefined }[] = [];
  readonly offers: { ticket: CountedTicket | undefined; service: string; answer: string; saves: number; at: number }[] =
    [];
  readonly failed = new Set<string>();
  readonly proposals = new Map<string, { status: string; bySystem: boolean; promised?: number; came?: number }>();
  readonly targets = new Map<string, number>();
  readonly machines = new Set<string>();
  careTarget = 0;
  until = 0;
  over = false;

  /** Leaves out what was undone by the last of these events. */
  static of(events: readonly DomainEvent[]): Recount {
    const undone = new Set(events.map((event) => (event.type === 'ActionUndone' ? event.undoneCommandId : '')));
    const recount = new Recount();
    for (const event of events) {
      recount.until = event.at;
      if (!undone.has(event.commandId) || STAYS.has(event.type)) recount.see(event);
    }
    return recount;
  }

  see(event: DomainEvent): void {
    switch (event.type) {
      case 'DayOpened':
        for (const { id, targetMinutes } of event.config.segments) this.targets.set(id, targetMinutes);
        for (const { id, kind } of event.config.counters) if (kind === 'device') this.machines.add(id);
        this.careTarget = event.config.routing.careTargetMinutes;
        return;
      case 'DayClosed':
        this.over = true;
        return;
      case 'TicketIssued': {
        const ticket: CountedTicket = {
          ...{ id: event.ticketId, number: event.number, issuedAt: event.offline?.takenAt ?? event.at },
          ...{ service: event.services[0] ?? '', segment: event.segment, services: [...event.services] },
          ...{ care: event.careNeeds.length > 0, status: 'waiting', mistake: false, quote: event.quote },
          delayedFirst: false,
        };
        this.tickets.set(ticket.id, ticket);
        if (event.servedAt === undefined) return;
        ticket.counter = event.servedAt.counterId;
        ticket.teller = event.servedAt.tellerId;
        return this.#takes(ticket, event.servedAt.counterId, event.servedAt.tellerId, event.at, 'serve');
      }
      case 'TicketCalled': {
        const ticket = this.ticket(event.ticketId);
        if (ticket.calledAt === undefined) {
          ticket.calledAt = event.at;
          ticket.counter = event.counterId;
          ticket.teller = event.tellerId;
          ticket.waitedIn = ticket.segment;
        }
        return this.#takes(ticket, event.counterId, event.tellerId, event.at, 'call');
      }
      case 'ServiceStarted': {
        const ticket = this.ticket(event.ticketId);
        const { counter = '', teller } = ticket.at ?? {};
        return this.#takes(ticket, counter, teller, event.at, 'serve');
      }
      case 'ServiceFinished': {
        const ticket = this.ticket(event.ticketId);
        this.#leaves(ticket, event.at, event.remaining.length > 0 ? 'waiting' : 'finished');
        ticket.services = [...event.remaining];
        ticket.segment = event.remainingSegment ?? ticket.segment;
        return;
      }
      case 'ChannelFailed': {
        const ticket = this.ticket(event.ticketId);
        ticket.at = ticket.at && { ...ticket.at, what: 'call' };
        this.#leaves(ticket, event.at, 'waiting');
        ticket.segment = event.segment;
        return void this.failed.add(ticket.id);
      }
      case 'TicketMissed':
        return this.#leaves(this.ticket(event.ticketId), event.at, 'missed');
      case 'TicketHeld': {
        const ticket = this.ticket(event.ticketId);
        const place = ticket.at && { counter: ticket.at.counter, teller: ticket.at.teller };
        this.#leaves(ticket, event.at, 'held');
        ticket.heldAt = place;
        return;
      }
      case 'TicketReturned':
      case 'TicketRejoined':
      case 'DelayEnded':
        return this.#leaves(this.ticket(event.ticketId), event.at, 'waiting');
      case 'TicketDelayed': {
        const ticket = this.ticket(event.ticketId);
        ticket.delayedFirst ||= ticket.calledAt === undefined;
        return this.#leaves(ticket, event.at, 'waiting');
      }
      case 'TicketTransferred': {
        const ticket = this.ticket(event.ticketId);
        const from = ticket.at ?? ticket.heldAt;
        this.transfers.push({ ticket, counter: from?.counter, teller: from?.teller });
        this.#leaves(ticket, event.at, 'waiting');
        ticket.segment = event.segment;
        if (event.to.kind === 'service') {
          const { service } = event.to;
          ticket.services = [service, ...ticket.services.slice(1).filter((each) => each !== service)];
        }
        return;
      }
      case 'TicketCancelled':
      case 'TicketExpired': {
        const ticket = this.ticket(event.ticketId);
        this.#leaves(ticket, event.at, 'ended');
        ticket.mistake = event.reason === 'mistake' || event.reason === 'duplicate';
        return;
      }
      case 'ServiceAdded':
        return void this.ticket(event.ticketId).services.push(event.service);
      case 'CareNeedsMarked':
        this.ticket(event.ticketId).care = event.careNeeds.length > 0;
        return;
      case 'ChannelOffered':
        return void this.offers.push({
          ...{ service: event.service, answer: event.answer, saves: event.savesMinutes, at: event.at },
          ticket: event.ticketId === undefined ? undefined : this.ticket(event.ticketId),
        });
      case 'CounterOpened':
      case 'CounterOpening':
        return void this.counters.set(event.counterId, {
          status: event.type === 'CounterOpened' ? 'open' : 'opening',
          teller: event.tellerId,
          ticket: undefined,
        });
      case 'CounterClosed':
        return void this.counters.delete(event.counterId);
      case 'CounterPaused':
        return this.#is(event.counterId, 'paused');
      case 'CounterResumed':
      case 'CounterKeptOpen':
      case 'CounterClosing':
        return this.#is(event.counterId, 'open');
      case 'WindowProposed': {
        const promised = event.promised?.after.longest;
        const proposal = { status: 'pending', bySystem: false, ...(promised !== undefined && { promised }) };
        return void this.proposals.set(event.proposalId, proposal);
      }
      case 'ProposalApproved':
        return void Object.assign(this.proposals.get(event.proposalId) ?? {}, {
          ...{ status: 'approved', bySystem: event.by === 'system' },
        });
      case 'ProposalDismissed':
      case 'ProposalExpired':
        return void Object.assign(this.proposals.get(event.proposalId) ?? {}, { status: 'over' });
      case 'EffectMeasured':
        return void Object.assign(this.proposals.get(event.proposalId) ?? {}, { came: event.came.longest });
    }
  }

  ticket(id: string): CountedTicket {
    const ticket = this.tickets.get(id);
    if (ticket === undefined) throw new Error(`no ticket ${id}`);
    return ticket;
  }

  #takes(ticket: CountedTicket, counter: string, teller: string | undefined, since: number, what: 'call' | 'serve') {
    ticket.status = what;
    ticket.heldAt = undefined;
    ticket.at = { counter, teller, since, what, for: ticket.services[0] ?? '' };
    const desk = this.counters.get(counter);
    if (desk !== undefined) desk.ticket = ticket;
  }

  #leaves(ticket: CountedTicket, to: number, status: string): void {
    if (ticket.at !== undefined) {
      const { counter, teller, since: from, what, for: service } = ticket.at;
      if (what === 'serve') this.serves.push({ ticket, service, counter, teller, from, to });
      const desk = this.counters.get(counter);
      if (desk?.ticket === ticket) desk.ticket = undefined;
    }
    ticket.at = undefined;
    ticket.heldAt = undefined;
    ticket.status = status;
  }

  #is(counterId: string, status: 'open' | 'paused'): void {
    const counter = this.counters.get(counterId);
    if (counter !== undefined) counter.status = status;
  }
}
