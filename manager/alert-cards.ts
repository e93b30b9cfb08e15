import type { SegmentId, TicketId } from '../domain/ids.ts';
import type { Alert, ManagerView } from '../domain/views/views.ts';

/** One card per problem, not per ticket: the tickets of a segment past their ceiling are one problem. */
export type AlertCard = {
  readonly id: string;
  /** Changes when the problem grows: an acknowledged card then comes back. */ readonly signature: string;
} & (
  | { readonly kind: 'nobody-serves'; readonly level: 'urgent'; readonly segment: SegmentId; readonly waiting: number }
  | {
      readonly kind: 'past-ceiling';
      readonly level: 'urgent';
      readonly segment: SegmentId;
      readonly tickets: readonly AlertTicket[];
    }
  | {
      readonly kind: 'nobody-can';
      readonly level: 'attention';
      readonly segment: SegmentId;
      readonly tickets: readonly AlertTicket[];
    }
);
export interface AlertTicket {
  readonly ticketId: TicketId;
  readonly number: string;
}

export function alertCards(view: ManagerView): AlertCard[] {
  const segmentOf = new Map(view.waiting.map((row) => [row.ticketId, row.segment]));
  const cards = new Map<string, AlertCard>();
  for (const alert of view.alerts) {
    const segment = alert.kind === 'nobody-serves' ? alert.segment : segmentOf.get(alert.ticketId);
    if (segment === undefined) continue;
    const id = `${alert.kind}:${segment}`;
    cards.set(id, withAlert(cards.get(id), id, segment, alert));
  }
  const order = { 'nobody-serves': 0, 'past-ceiling': 1, 'nobody-can': 2 };
  return [...cards.values()].sort((a, b) => order[a.kind] - order[b.kind]);
}

function withAlert(card: AlertCard | undefined, id: string, segment: SegmentId, alert: Alert): AlertCard {
  if (alert.kind === 'nobody-serves') {
    return { id, signature: '', kind: alert.kind, level: 'urgent', segment, waiting: alert.waiting };
  }
  const before = card && card.kind !== 'nobody-serves' ? card.tickets : [];
  const tickets = [...before, { ticketId: alert.ticketId, number: alert.number }];
  const signature = tickets.map((ticket) => ticket.ticketId).join(' ');
  return alert.kind === 'past-ceiling'
    ? { id, signature, kind: alert.kind, level: 'urgent', segment, tickets }
    : { id, signature, kind: alert.kind, level: 'attention', segment, tickets };
}

/** What a manager has acknowledged: card id → the signature then. */
export type Acknowledged = ReadonlyMap<string, string>;

/** A smaller problem stays acknowledged; a new ticket in it brings it back. */
export function isAcknowledged(card: AlertCard, acknowledged: Acknowledged): boolean {
  const known = acknowledged.get(card.id);
  if (known === undefined) return false;
  const then = new Set(known.split(' '));
  return card.kind === 'nobody-serves' || card.tickets.every((ticket) => then.has(ticket.ticketId));
}

/** Forgets problems that are solved, so that the same one later is new. */
export function stillAcknowledged(acknowledged: Acknowledged, cards: readonly AlertCard[]): Acknowledged {
  const present = new Set(cards.map((card) => card.id));
  return new Map([...acknowledged].filter(([id]) => present.has(id)));
}
