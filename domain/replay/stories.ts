import type { Command } from '../commands.ts';
import type { TicketCalled } from '../events.ts';
import type { ActorId, CommandId, CounterId, Instant, TicketId } from '../ids.ts';
import { must } from '../records.ts';
import { counterCanDo, rateOf } from '../routing/skills.ts';
import type { BranchDay, Ticket } from '../state.ts';
import type { Replay } from './replay.ts';
import type { ActStep, DayScript, Step } from './script.ts';

/** A command as it was given in this replay: an undo must find it again. */
interface Given {
  readonly commandId: CommandId;
  readonly by: ActorId;
  readonly counterId: CounterId | undefined;
}

/** How far a ticket has come in its story. */
interface Progress {
  readonly steps: readonly Step[];
  readonly given: Map<number, Given>;
  next: number;
  lastAt: Instant;
  /** What is planned; a plan that is not the latest is void. */
  plan: string;
  plans: number;
}

/**
 * The customers of a replay. Each goes on with the next step of its story when the one before it is done; where the story
 * does not fit (it is served, and was not on the recorded day), as it went for others that day.
 */
export class Stories {
  readonly #progress = new Map<TicketId, Progress>();

  constructor(
    private readonly hall: Replay,
    private readonly script: DayScript,
  ) {}

  begin(ticketId: TicketId): void {
    const steps = this.script.stories.get(ticketId) ?? [];
    const { now: lastAt } = this.hall;
    this.#progress.set(ticketId, { steps, given: new Map(), next: 0, lastAt, plan: '', plans: 0 });
  }

  called({ ticketId, commandId, by, counterId }: TicketCalled): void {
    const progress = this.#of(ticketId);
    const { steps } = progress;
    // Somebody who left the queue on the recorded day may be called before that now.
    while (progress.next < steps.length && !isCall(steps[progress.next])) progress.next += 1;
    progress.given.set(progress.next, { commandId, by, counterId });
    progress.next += 1;
    progress.lastAt = this.hall.now;
  }

  /** An undo, or a fault of its machine, has changed this ticket. */
  changed(ticketId: TicketId, by: 'undone' | 'sent-back'): void {
    const progress = this.#of(ticketId);
    if (progress.steps[progress.next]?.kind !== by) return;
    progress.next += 1;
    progress.lastAt = this.hall.now;
  }

  /** To be asked after everything that changed the ticket: plans its next step. */
  plan(ticketId: TicketId): void {
    const { hall } = this;
    const progress = this.#of(ticketId);
    const ticket = must(hall.state.tickets.get(ticketId), ticketId);
    const plan = `${progress.next} ${progress.lastAt} ${ticket.status} ${ticket.counterId}`;
    if (plan === progress.plan) return;
    progress.plan = plan;
    const number = (progress.plans += 1);
    const next = this.#nextOf(progress, ticket);
    if (next === undefined) return;
    hall.at(next.at, next.order, () => {
      if (progress.plans === number) next.run();
    });
  }

  #nextOf(progress: Progress, ticket: Ticket): { at: Instant; order?: number; run: () => void } | undefined {
    const { now } = this.hall;
    const step = progress.steps[progress.next];
    if (step?.kind === 'undone' || step?.kind === 'sent-back')
      return { at: progress.lastAt + step.after + 1, run: () => this.#skip(progress, ticket.id) };
    if (step?.kind === 'act' && step.from === ticket.status) {
      const at = progress.lastAt + this.#lasts(step, ticket);
      return { at, order: step.recorded.order, run: () => this.#perform(progress, ticket.id, step) };
    }
    const done = this.#improvised(ticket);
    if (done === undefined) return undefined;
    // What took until the evening on the recorded day would have taken longer.
    const stayed = step?.kind === 'stays' && step.from === ticket.status ? progress.lastAt + step.after : now;
    return { at: Math.max(stayed, now) + Math.max(1, done.lasts), run: done.run };
  }

  /** What comes next where the story says nothing, and after how long. */
  #improvised(ticket: Ticket): { readonly lasts: number; readonly run: () => void } | undefined {
    const { hall } = this;
    const { habits } = this.script;
    const { id: ticketId, counterId = '', tellerId } = ticket;
    const improvise = (command: Command) => {
      this.#of(ticketId).lastAt = hall.now;
      hall.send(command, hall.deskOf(counterId));
    };
    switch (ticket.status) {
      case 'called':
        return { lasts: habits.walkMs(ticket), run: () => improvise({ type: 'StartService', counterId }) };
      case 'serving':
        return {
          lasts: habits.serviceMs(hall.state, ticket, inOneGo(hall.state, ticket), tellerId),
          run: () => improvise({ type: 'FinishService', counterId, outcome: 'done' }),
        };
      case 'held':
        return {
          lasts: habits.holdMs(),
          run: () => hall.wish({ type: 'ResumeTicket', counterId, ticketId }, undefined),
        };
      default:
        return undefined;
    }
  }

  /** How long before this step, ms: a service takes another person a time of their own. */
  #lasts({ from, after, served, service, counterId, tellerId }: ActStep, ticket: Ticket): number {
    if (from !== 'serving') return after;
    const { state } = this.hall;
    const sameHands = ticket.counterId === counterId && ticket.tellerId === tellerId;
    if (served === undefined) {
      if (sameHands) return after;
      return Math.round((after * rateOf(state, tellerId, service)) / rateOf(state, ticket.tellerId, service));
    }
    const now = inOneGo(state, ticket);
    const sameWork = now.length === served.length && now.every((each, place) => each === served[place]);
    return sameHands && sameWork ? after : this.script.habits.serviceMs(state, ticket, now, ticket.tellerId);
  }

  #perform(progress: Progress, ticketId: TicketId, step: ActStep): void {
    const { hall } = this;
    const ticket = must(hall.state.tickets.get(ticketId), ticketId);
    const { recorded } = step;
    // It is done when a counter has time for it.
    if (recorded.command.type === 'ResumeTicket') return hall.wish(recorded.command, recorded);
    const undoes = progress.given.get(step.undoes ?? -1);
    const told = recorded.command.type === 'UndoLast' ? undoing(hall.state, undoes, recorded.by) : undefined;
    const command = told?.command ?? adapted(recorded.command, ticket);
    const elsewhere = ticket.counterId !== step.counterId && 'counterId' in command;
    const by = told?.by ?? (elsewhere ? hall.deskOf(ticket.counterId ?? '') : recorded.by);
    progress.given.set(progress.next, { commandId: recorded.commandId, by, counterId: ticket.counterId });
    progress.next += 1;
    progress.lastAt = hall.now;
    const possible = recorded.command.type !== 'UndoLast' || told !== undefined;
    if (possible && hall.send(command, by, recorded)) return;
    hall.leaveOut(recorded.command);
    this.plan(ticketId);
  }

  #skip(progress: Progress, ticketId: TicketId): void {
    progress.next += 1;
    this.plan(ticketId);
  }

  #of(ticketId: TicketId): Progress {
    return must(this.#progress.get(ticketId), ticketId);
  }
}

function isCall(step: Step | undefined): boolean {
  return step?.kind === 'called' || (step?.kind === 'act' && step.recorded.command.type === 'ResumeTicket');
}

/** Rule Q5: what is finished at the ticket's counter together. */
function inOneGo(state: BranchDay, { services, counterId = '' }: Ticket): readonly string[] {
  const end = services.findIndex((service, place) => place > 0 && !counterCanDo(state, counterId, service));
  return end < 0 ? services : services.slice(0, end);
}

/** The same command, where the ticket is now. */
function adapted(command: Command, { counterId = '', call, delayedUntil }: Ticket): Command {
  if (command.type === 'ExpireCall') return { ...command, callId: call?.callId ?? command.callId };
  if (command.type === 'ExpireDelay') return { ...command, until: delayedUntil ?? command.until };
  return 'counterId' in command ? { ...command, counterId } : command;
}

/** How to undo this and nothing else, while it is still the last action of its counter or its person. */
function undoing(
  state: BranchDay,
  given: Given | undefined,
  by: ActorId,
): { readonly command: Command; readonly by: ActorId } | undefined {
  if (given === undefined) return undefined;
  const { commandId, counterId } = given;
  if (state.lastByActor.get(by)?.commandId === commandId) return { command: { type: 'UndoLast' }, by };
  if (counterId !== undefined && state.lastByCounter.get(counterId)?.commandId === commandId)
    return { command: { type: 'UndoLast', counterId }, by };
  return undefined;
}
