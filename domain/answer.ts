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
    switch (event.type) {
      case 'TicketIssued':
        answer = { ...answer, issued: { ticketId: event.ticketId, number: event.number, segment: event.segment } };
        break;
      case 'TicketCalled':
        answer = {
          ...answer,
          called: {
            callId: event.callId,
            ticketId: event.ticketId,
            number: event.number,
            counterId: event.counterId,
            why: event.why,
          },
        };
        break;
      case 'ActionUndone':
        answer = { ...answer, undone: event.undone };
        break;
    }
  }
  return answer;
}
