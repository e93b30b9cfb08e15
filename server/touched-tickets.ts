import type { DomainEvent } from '../domain/events.ts';
import type { TicketId } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { visitOf, type Visit } from '../domain/visit.ts';

/** Follows one turn, to say which visits ended in it and which ended ones go on again. */
export class TouchedTickets {
  readonly #endedBefore = new Map<TicketId, boolean>();

  /** To be called before each event changes the state. */
  before(state: BranchDay | undefined, event: DomainEvent): void {
    if (state === undefined) return;
    for (const ticketId of ticketsOf(state, event)) {
      if (this.#endedBefore.has(ticketId)) continue;
      const ticket = state.tickets.get(ticketId);
      this.#endedBefore.set(ticketId, ticket !== undefined && visitOf(ticket) !== undefined);
    }
  }

  /** @param state after the last event of the turn */
  result(state: BranchDay | undefined): { readonly visits: readonly Visit[]; readonly reopened: readonly TicketId[] } {
    const visits: Visit[] = [];
    const reopened: TicketId[] = [];
    for (const [ticketId, endedBefore] of this.#endedBefore) {
      const ticket = state?.tickets.get(ticketId);
      const visit = ticket && visitOf(ticket);
      if (visit !== undefined) visits.push(visit);
      else if (endedBefore) reopened.push(ticketId);
    }
    return { visits, reopened };
  }
}

function ticketsOf(state: BranchDay, event: DomainEvent): Iterable<TicketId> {
  if ('ticketId' in event) return [event.ticketId];
  if (event.type !== 'ActionUndone') return [];
  const actions = [...state.lastByActor.values(), ...state.lastByCounter.values()];
  return actions.find((action) => action.commandId === event.undoneCommandId)?.tickets.map(({ id }) => id) ?? [];
}
