import type { CommandContext } from '../commands.ts';
import type { DomainEvent } from '../events.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, type Decision } from './decision.ts';
import { hasEnded } from './guards.ts';
import { releases } from './reserve-numbers.ts';
import { measurements } from './review-windows.ts';

/** Rules D3, F12, N8. */
export function closeDay(state: BranchDay, context: CommandContext): Decision {
  const said = fact(context);
  const events: DomainEvent[] = [...measurements(state, context, context.now)];
  for (const ticket of state.tickets.values())
    if (!hasEnded(ticket)) events.push({ ...said, type: 'TicketExpired', ticketId: ticket.id, reason: 'day-closed' });
  for (const counter of state.counters.values())
    if (counter.status !== 'closed') events.push({ ...said, type: 'CounterClosed', counterId: counter.id });
  events.push(...releases(state, context));
  return accept(...events, { ...said, type: 'DayClosed' });
}
