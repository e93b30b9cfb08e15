import type { DomainEvent } from '../events.ts';
import { MINUTE, type ServiceId, type TicketId } from '../ids.ts';
import { rateAt } from '../routing/skills.ts';
import type { BranchDay } from '../state.ts';
import { peopleAhead } from './queue-length.ts';
import { kindOf } from './waiter.ts';

/** What an event teaches for later estimates (rules E4, E6). Asked before the event is applied. */
export function learnFrom(state: BranchDay, event: DomainEvent): void {
  const { experience } = state;
  if (event.type === 'TicketIssued' && event.servedAt === undefined) {
    const { at, segment, services, careNeeds } = event;
    const waiter = { segment, service: services[0] ?? '', care: careNeeds.length > 0 };
    experience.arrived({ at, ...waiter });
    if (event.quote?.by === 'forward' && event.adviser === undefined)
      experience.quoted(kindOf(waiter), { at, quote: event.quote, ahead: peopleAhead(state, waiter) });
  } else if (event.type === 'TicketCalled') {
    const { quote, issuedAt, periods, segment } = state.tickets.get(event.ticketId) ?? {};
    // A second call, or one after a hold or a transfer, was not what was quoted.
    if (quote !== undefined && issuedAt !== undefined && periods?.length === 1)
      experience.called(segment ?? '', quote, event.at - issuedAt);
  } else if (event.type === 'ServiceFinished') leftCounter(state, event.ticketId, event.served, event.at);
  else if (event.type === 'TicketMissed') leftCounter(state, event.ticketId, undefined, event.at);
}

/** A counter was taken from the call to the end, whatever was done meanwhile: that is what the next one waits for. */
function leftCounter(state: BranchDay, ticketId: TicketId, served: readonly ServiceId[] | undefined, at: number): void {
  const { counterId, services = [], periods = [] } = state.tickets.get(ticketId) ?? {};
  const called = periods.findLast(({ kind }) => kind === 'call');
  if (counterId === undefined || called === undefined) return;
  const expected = (served ?? services).reduce((sum, service) => sum + MINUTE / rateAt(state, counterId, service), 0);
  state.experience.served(expected, at - called.from);
}
