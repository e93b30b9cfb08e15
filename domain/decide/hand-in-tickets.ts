import type { CommandContext, HandInTickets, OfflineTicket } from '../commands.ts';
import type { DomainEvent, TicketIssued, TicketTurnedAway } from '../events.ts';
import type { TicketId } from '../ids.ts';
import { blockOf, numberText } from '../numbers.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { accept, fact, type Decision, type Draft } from './decision.ts';
import { closingEvents } from './guards.ts';
import { unknownIn } from './take-ticket.ts';

/** Rules N7, N9, N10. Never refused as a whole: each ticket comes into the queue, is there already, or is turned away. */
export function handInTickets(state: BranchDay, command: HandInTickets, context: CommandContext): Decision {
  const { kiosk, day, tickets } = command;
  const events: DomainEvent[] = [{ type: 'TicketsHandedIn', ...fact(context), kiosk, day, tickets }];
  const here = new Map<TicketId, string>();
  const twins = new Set<Ticket>();
  for (const ticket of tickets.toSorted((one, other) => one.takenAt - other.takenAt)) {
    const number = numberOf(state, ticket);
    const known = state.tickets.get(ticket.ticketId)?.number ?? here.get(ticket.ticketId);
    if (known !== undefined && known === number) continue;
    const reason = known === undefined ? whyTurnedAway(state, command, ticket, here, number) : 'number-already-used';
    if (reason === undefined) {
      here.set(ticket.ticketId, number);
      events.push(issued(state, ticket, number, context));
      const twin = twinOf(state, ticket);
      if (twin !== undefined) twins.add(twin);
    } else events.push({ type: 'TicketTurnedAway', ...fact(context), kiosk, number, reason });
  }
  for (const twin of twins)
    events.push(
      { type: 'TicketCancelled', ...fact(context), ticketId: twin.id, reason: 'duplicate' },
      ...closingEvents(state, twin, context),
    );
  return accept(...events);
}

/** As it is on the paper; of a series that the branch does not have only what was said. */
function numberOf({ index }: BranchDay, { series, sequence }: OfflineTicket): string {
  return numberText(index.segments.get(series) ?? { prefix: `${series} `, width: 1 }, sequence);
}

function whyTurnedAway(
  state: BranchDay,
  { kiosk, day }: HandInTickets,
  ticket: OfflineTicket,
  here: ReadonlyMap<TicketId, string>,
  number: string,
): TicketTurnedAway['reason'] | undefined {
  if (day !== state.day) return 'number-of-another-day';
  const block = blockOf(state, ticket.series, ticket.sequence);
  if (block === undefined || block.kiosk !== kiosk || block.released) return 'number-not-reserved';
  if (block.used.includes(ticket.sequence) || [...here.values()].includes(number)) return 'number-already-used';
  return unknownIn(state, ticket)?.code;
}

function issued(state: BranchDay, ticket: OfflineTicket, number: string, context: CommandContext): TicketIssued {
  const { ticketId, series, sequence, services, careNeeds = [], tier, language = 'zh-CN', takenAt } = ticket;
  const reservedAt = blockOf(state, series, sequence)?.reservedAt ?? context.now;
  const event: Draft<TicketIssued> = {
    type: 'TicketIssued',
    ...fact(context),
    ...{ ticketId, number, sequence, services, careNeeds: [...new Set(careNeeds)], language },
    ...segmentFor(state, { services, careNeeds, tier }),
    // A clock that is wrong must not put anybody before those who came before the numbers were there.
    offline: { series, takenAt: Math.min(context.now, Math.max(reservedAt, takenAt)) },
  };
  if (tier !== undefined) event.tier = tier;
  return event;
}

/** Rule N10: the answer that never came was a ticket after all, and its holder has this one. */
function twinOf(state: BranchDay, { insteadOf }: OfflineTicket): Ticket | undefined {
  const twin = insteadOf === undefined ? undefined : state.tickets.get(state.issuedBy.get(insteadOf) ?? '');
  return twin?.status === 'waiting' || twin?.status === 'called' ? twin : undefined;
}
