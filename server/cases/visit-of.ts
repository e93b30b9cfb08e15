import type { CaseLink } from '../../domain/cases/case.ts';
import type { BranchId, BusinessDay, TicketId } from '../../domain/ids.ts';
import type { Ticket } from '../../domain/state.ts';
import type { Hosts } from '../hosts.ts';
import type { Clock, Records } from '../ports.ts';

export interface VisitsParts {
  readonly hosts: Pick<Hosts, 'today'>;
  readonly records: Pick<Records, 'visits'>;
  readonly clock: Clock;
}

/** The visit that a complaint is about: by its ticket's id or the number on it, of a day, by default of today. */
export class CaseVisits {
  constructor(private readonly parts: VisitsParts) {}

  /** @returns undefined when there was no such ticket on the day */
  async find(
    branchId: BranchId,
    wanted: {
      readonly day?: BusinessDay | undefined;
      readonly ticketId?: TicketId | undefined;
      readonly number?: string | undefined;
    },
  ): Promise<CaseLink | undefined> {
    const { hosts, records, clock } = this.parts;
    const isIt = (id: TicketId, number: string) =>
      wanted.ticketId === undefined ? number === wanted.number?.toUpperCase() : id === wanted.ticketId;
    const today = await hosts.today(branchId);
    if (today.ok && (wanted.day ?? today.host.day) === today.host.day) {
      const { day } = today.host;
      // Of two with one number, which a correction can make, it is the later one.
      return today.host.look((state) => {
        const ticket = [...(state?.tickets.values() ?? [])].findLast(({ id, number }) => isIt(id, number));
        return ticket && linkOf(day, ticket, clock.now());
      });
    }
    if (wanted.day === undefined) return undefined;
    const visits = await records.visits(branchId, wanted.day);
    const visit = visits.findLast(({ ticketId, number }) => isIt(ticketId, number));
    if (visit === undefined) return undefined;
    const { ticketId, number: ticketNumber, waitedMs, counterId, tellerId } = visit;
    return { day: wanted.day, ticketId, ticketNumber, waitedMs, counterId, tellerId };
  }
}

function linkOf(day: BusinessDay, { id, number, periods, counterId, tellerId }: Ticket, now: number): CaseLink {
  const waits = periods.filter(({ kind }) => kind === 'wait');
  const waitedMs = waits.reduce((sum, { from, to = now }) => sum + (to - from), 0);
  return { ...{ day, ticketId: id, ticketNumber: number, waitedMs, counterId, tellerId } };
}
