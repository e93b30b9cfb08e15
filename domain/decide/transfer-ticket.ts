import type { CommandContext, TransferTarget, TransferTicket } from '../commands.ts';
import type { SegmentId } from '../ids.ts';
import type { Rejection } from '../rejections.ts';
import { counterCanDo, personCanDo } from '../routing/skills.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { closingEvents, findTicket, hasEnded } from './guards.ts';

/** Rules Q3, Q4. */
export function transferTicket(state: BranchDay, command: TransferTicket, context: CommandContext): Decision {
  const found = findTicket(state, command.ticketId);
  if (found.rejection) return refuse(found.rejection);
  const { ticket } = found;
  if (hasEnded(ticket)) return refuse({ code: 'ticket-ended', status: ticket.status });
  const blocked = whyNotTo(state, ticket, command.to);
  if (blocked !== undefined) return refuse(blocked);
  const segment = segmentAfter(state, ticket, command.to);
  return accept(
    { type: 'TicketTransferred', ...fact(context), ticketId: ticket.id, to: command.to, segment },
    ...closingEvents(state, ticket, context),
  );
}

function segmentAfter(state: BranchDay, ticket: Ticket, to: TransferTarget): SegmentId {
  if (to.kind === 'segment') return to.segment;
  return to.kind === 'service' ? segmentFor(state, { ...ticket, services: [to.service] }).segment : ticket.segment;
}

function whyNotTo(state: BranchDay, ticket: Ticket, to: TransferTarget): Rejection | undefined {
  const service = ticket.services[0] ?? '';
  const waits = ticket.status === 'waiting';
  const reserved = ticket.onlyCounter !== undefined || ticket.adviser !== undefined;
  switch (to.kind) {
    case 'service':
      if (!state.index.services.has(to.service)) return { code: 'unknown-service' };
      if (!waits || reserved || service !== to.service) return undefined;
      return segmentAfter(state, ticket, to) === ticket.segment ? { code: 'nothing-would-change' } : undefined;
    case 'segment':
      if (!state.index.segments.has(to.segment)) return { code: 'unknown-segment' };
      return waits && !reserved && ticket.segment === to.segment ? { code: 'nothing-would-change' } : undefined;
    case 'counter': {
      const counter = state.counters.get(to.counterId);
      if (counter === undefined) return { code: 'unknown-counter' };
      if (waits && ticket.onlyCounter === to.counterId) return { code: 'nothing-would-change' };
      return canEverDo(state, to.counterId, service) ? undefined : { code: 'skills-missing' };
    }
    case 'person':
      if (!state.index.staff.has(to.staffId)) return { code: 'unknown-staff' };
      if (waits && ticket.adviser === to.staffId) return { code: 'nothing-would-change' };
      return personCanDo(state, to.staffId, service) ? undefined : { code: 'skills-missing' };
  }
}

/** A closed counter may get a teller who can; an open one is judged by who sits there. */
function canEverDo(state: BranchDay, counterId: string, service: string): boolean {
  const waitsForTeller =
    state.counters.get(counterId)?.tellerId === undefined && state.index.counters.get(counterId)?.kind !== 'device';
  return waitsForTeller || counterCanDo(state, counterId, service);
}
