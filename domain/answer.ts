import type { DomainEvent, Why } from './events.ts';
import type { CallId, CounterId, SegmentId, TicketId } from './ids.ts';

/** What the sender of a command is told when it was accepted. Made from its events, so it is the same for ever. */
export interface Answer {
  readonly issued?: { readonly ticketId: TicketId; readonly number: string; readonly segment: SegmentId };
  readonly called?: {
    readonly callId: CallId;
    readonly ticketId: TicketId;
    readonly number: string;
    readonly counterId: CounterId;
    readonly why: Why;
  };
  /** Type of the last event of what was undone. */
  readonly undone?: string;
}

/** @param events the events of one command */
export function answerOf(events: readonly DomainEvent[]): Answer {
  let answer: Answer = {};
  for (const event of events) {
    if (event.type === 'TicketIssued') {
      const { ticketId, number, segment } = event;
      answer = { ...answer, issued: { ticketId, number, segment } };
    } else if (event.type === 'TicketCalled') {
      const { callId, ticketId, number, counterId, why } = event;
      answer = { ...answer, called: { callId, ticketId, number, counterId, why } };
    } else if (event.type === 'ActionUndone') {
      answer = { ...answer, undone: event.undone };
    }
  }
  return answer;
}
