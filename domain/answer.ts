import type { DomainEvent, Why } from './events.ts';
import type { CallId, CounterId, SegmentId, TaskId, TicketId } from './ids.ts';
import type { RejectionCode } from './rejections.ts';

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
  /** The task that was raised. */
  readonly raised?: { readonly taskId: TaskId };
  /** Of tickets that were handed in: those that are not in the queue, and why. */
  readonly turnedAway?: readonly { readonly number: string; readonly reason: RejectionCode }[];
  /** Type of the last event of what was undone. */
  readonly undone?: string;
}

/** @param events the events of one command */
export function answerOf(events: readonly DomainEvent[]): Answer {
  let answer: Answer = {};
  for (const event of events) {
    if (event.type === 'TicketIssued' && event.offline === undefined) {
      const { ticketId, number, segment } = event;
      answer = { ...answer, issued: { ticketId, number, segment } };
    } else if (event.type === 'TicketCalled') {
      const { callId, ticketId, number, counterId, why } = event;
      answer = { ...answer, called: { callId, ticketId, number, counterId, why } };
    } else if (event.type === 'TaskRaised') {
      answer = { ...answer, raised: { taskId: event.taskId } };
    } else if (event.type === 'TicketTurnedAway') {
      const { number, reason } = event;
      answer = { ...answer, turnedAway: [...(answer.turnedAway ?? []), { number, reason }] };
    } else if (event.type === 'ActionUndone') {
      answer = { ...answer, undone: event.undone };
    }
  }
  return answer;
}
