import type { Answer } from '../domain/answer.ts';
import { answerOf } from '../domain/answer.ts';
import type { Command } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import { evolve } from '../domain/evolve.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { ActorId, CommandId, Instant, TicketId } from '../domain/ids.ts';
import type { Rejection } from '../domain/rejections.ts';
import type { Visit } from '../domain/visit.ts';
import type { DayCopy } from './day-copy.ts';
import { TouchedTickets } from './touched-tickets.ts';

export interface Request {
  readonly command: Command;
  readonly actor: ActorId;
  readonly commandId: CommandId;
}

/** What a request will be told. `version` is missing while it depends on the commit of this turn. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly version?: number; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly rejection: Rejection };

export interface Turn {
  readonly events: readonly DomainEvent[];
  readonly visits: readonly Visit[];
  readonly reopened: readonly TicketId[];
  /** One for each request, in the same order. */
  readonly outcomes: readonly Outcome[];
}

/**
 * Decides the requests in order, each on top of the ones before it. Changes the state of `copy`, which is from then on ahead
 * of the log until the events are durable.
 */
export function decideTurn(copy: DayCopy, requests: readonly Request[], now: Instant, newId: () => string): Turn {
  const events: DomainEvent[] = [];
  const touched = new TouchedTickets();
  const thisTurn = new Map<CommandId, Answer>();

  const outcomes = requests.map(({ command, actor, commandId }): Outcome => {
    const before = copy.answered.get(commandId);
    if (before !== undefined) return { kind: 'accepted', ...before };
    const twin = thisTurn.get(commandId);
    if (twin !== undefined) return { kind: 'accepted', answer: twin };

    // The log's time never runs backwards, whatever the clock of this machine does.
    const at = Math.max(now, copy.state?.lastAt ?? 0);
    const decision = decide(copy.state, command, { now: at, actor, commandId, newId: newId() });
    if (!decision.ok) return { kind: 'refused', rejection: decision.rejection };
    for (const event of decision.events) {
      touched.before(copy.state, event);
      copy.state = evolve(copy.state, event);
      events.push(event);
    }
    const answer = answerOf(decision.events);
    thisTurn.set(commandId, answer);
    return { kind: 'accepted', answer };
  });

  return { events, outcomes, ...touched.result(copy.state) };
}
