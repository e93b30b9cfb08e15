import type { Command } from '../commands.ts';
import type { DomainEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import type { CommandId, CounterId, Instant, TicketId } from '../ids.ts';
import { must } from '../records.ts';
import type { BranchDay } from '../state.ts';
import { reviewAt } from '../timers.ts';
import { Habits } from './habits.ts';
import { Occasions } from './occasions.ts';
import { byCommand, recordedOf, type Recorded } from './recorded.ts';
import { isOfMachine, type Act, type ActStep, type Away, type DayScript, type Reaction, type Step } from './script.ts';

/**
 * Reads a closed day as its script.
 * @throws when the log is damaged, or the day was not opened or not closed
 */
export function readScript(events: readonly DomainEvent[]): DayScript {
  const reader = new ScriptReader();
  for (const group of byCommand(events)) reader.take(group);
  return reader.script();
}

/** Where an act went: into a ticket's story, at this place. */
interface Placed {
  readonly ticketId: TicketId;
  readonly step: number;
}

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a customer who waits does, or what comes of it: so long after the step before. */
const OWN_WHILE_WAITING: ReadonlySet<Command['type']> = new Set([
  'CancelTicket',
  'DelayTicket',
  'EndDelay',
  'ExpireDelay',
]);

class ScriptReader {
  #state: BranchDay | undefined;
  #opening: Recorded | undefined;
  #closing: Recorded | undefined;
  readonly #acts: Draft<Act>[] = [];
  readonly #stories = new Map<TicketId, Step[]>();
  /** When the last step of each story was. */
  readonly #lastStep = new Map<TicketId, Instant>();
  readonly #placed = new Map<CommandId, Placed>();
  readonly #occasions = new Occasions();
  readonly #reactions = new Map<string, Reaction[]>();
  readonly #reviews = new Map<Instant, Recorded>();
  readonly #away: Away[] = [];
  readonly #habits = new Habits();
  #reviewDue: { readonly due: Instant; readonly from: Instant } | undefined;
  #count = 0;

  take(events: readonly DomainEvent[]): void {
    const recorded = recordedOf(this.#state, events, (this.#count += 1));
    const undone = this.#undone(events);
    if (this.#state === undefined) this.#opening = recorded;
    else this.#place(this.#state, recorded, events);
    for (const event of events) {
      if (event.type === 'ServiceFinished' && this.#state !== undefined) this.#habits.finished(this.#state, event);
      this.#state = evolve(this.#state, event);
    }
    const state = must(this.#state, 'the day');
    this.#passive(recorded, undone);
    this.#sentBack(recorded, events);
    for (const event of events) this.#note(event, recorded);
    this.#look(state, recorded);
  }

  script(): DayScript {
    if (this.#opening === undefined || this.#closing === undefined) throw new Error('the day is not closed');
    const home = new Map<CounterId, Draft<Act>>();
    for (const act of this.#acts) {
      const { command } = act.recorded;
      if (command.type === 'CloseCounter') home.set(command.counterId, act);
      else if (command.type === 'OpenCounter' || command.type === 'KeepCounterOpen') home.delete(command.counterId);
    }
    for (const act of this.#acts) if (act.goesHome === true && ![...home.values()].includes(act)) act.goesHome = false;
    return {
      opening: this.#opening,
      closing: this.#closing,
      acts: this.#acts,
      stories: this.#stories,
      reactions: this.#reactions,
      reviews: this.#reviews,
      away: this.#away.sort((one, other) => one.from - other.from),
      habits: this.#habits,
    };
  }

  /** Says where a command belongs, in the state before it. */
  #place(state: BranchDay, recorded: Recorded, events: readonly DomainEvent[]): void {
    const { command } = recorded;
    // What makes use of an occasion is kept with it (see #look).
    if (this.#occasions.usedBy(command) !== undefined) return;
    switch (command.type) {
      case 'CloseDay':
        this.#closing = recorded;
        this.#endStories(state, recorded.at);
        return this.#notReviewed(recorded);
      case 'ReviewWindows':
        return this.#review(recorded, command.due);
      case 'CloseCounter':
        this.#acts.push({ recorded, goesHome: state.queue.size === 0 && !isFloating(state, command.counterId) });
        return;
      case 'CallNext':
        if (command.finish !== undefined)
          return this.#step(state, ticketAt(state, command.counterId), recorded, events);
        this.#acts.push({ recorded });
        return;
      // By the clock of the hall, whatever the queue is like.
      case 'ReportMachine':
      case 'MarkMachineSilent':
      case 'WriteTicker':
      case 'LeaveOffer':
      case 'RaiseTask':
      case 'TakeTask':
      case 'EscalateTask':
      case 'FinishTask':
      case 'AcknowledgeAlert':
      case 'SnoozeAlert':
      case 'EscalateAlert':
        this.#acts.push({ recorded });
        return;
      case 'UndoLast':
        return this.#undo(state, recorded, events);
      default:
        return this.#aboutTicket(state, recorded, command, events);
    }
  }

  #aboutTicket(state: BranchDay, recorded: Recorded, command: Command, events: readonly DomainEvent[]): void {
    const ticketId = ticketOf(state, command);
    const from = ticketId === undefined ? undefined : state.tickets.get(ticketId)?.status;
    const own = from !== undefined && (from !== 'waiting' || OWN_WHILE_WAITING.has(command.type));
    // A chosen call happens in the counter's time; what is done to a ticket that waits, in the hall's.
    if (ticketId !== undefined && own && command.type !== 'CallTicket') this.#step(state, ticketId, recorded, events);
    else this.#acts.push({ recorded, from });
  }

  #endStories({ tickets }: BranchDay, at: Instant): void {
    for (const { id, status } of tickets.values())
      if (status === 'called' || status === 'serving' || status === 'held')
        this.#add(id, { kind: 'stays', after: this.#sinceLast(id, at), from: status });
  }

  #step(
    state: BranchDay,
    ticketId: TicketId,
    recorded: Recorded,
    events: readonly DomainEvent[],
    undoes?: number,
  ): void {
    const ticket = must(state.tickets.get(ticketId), ticketId);
    const served = events.flatMap((event) =>
      event.type === 'ServiceFinished' && event.ticketId === ticketId ? [event.served] : [],
    )[0];
    const step: ActStep = {
      kind: 'act',
      recorded,
      after: this.#sinceLast(ticketId, recorded.at),
      from: ticket.status,
      counterId: ticket.counterId,
      tellerId: ticket.tellerId,
      service: ticket.services[0] ?? '',
      served,
      undoes,
    };
    if (recorded.command.type === 'StartService') this.#habits.walked(step.after);
    if (recorded.command.type === 'ResumeTicket') this.#habits.held(step.after);
    this.#placed.set(recorded.commandId, { ticketId, step: this.#add(ticketId, step) });
  }

  #undo(state: BranchDay, recorded: Recorded, events: readonly DomainEvent[]): void {
    const undone = events.find((event) => event.type === 'ActionUndone');
    const placed = this.#placed.get(undone?.undoneCommandId ?? '');
    if (placed === undefined) this.#acts.push({ recorded, undoes: undone?.undoneCommandId });
    else this.#step(state, placed.ticketId, recorded, events, placed.step);
  }

  /** The tickets that an undo is about. */
  #undone(events: readonly DomainEvent[]): readonly TicketId[] {
    const undo = events.find((event) => event.type === 'ActionUndone');
    const state = this.#state;
    if (undo === undefined || state === undefined) return [];
    const known = [...state.lastByActor.values(), ...state.lastByCounter.values()];
    const action = known.find(({ commandId }) => commandId === undo.undoneCommandId);
    return action?.tickets.map(({ id }) => id) ?? [];
  }

  #passive({ at, commandId }: Recorded, undone: readonly TicketId[]): void {
    const placed = this.#placed.get(commandId);
    if (placed === undefined) return;
    for (const ticketId of undone)
      if (ticketId !== placed.ticketId) this.#add(ticketId, { kind: 'undone', after: this.#sinceLast(ticketId, at) });
  }

  /** The tickets that a machine with a fault loses (rule M2). */
  #sentBack({ at, command }: Recorded, events: readonly DomainEvent[]): void {
    if (!isOfMachine(command)) return;
    for (const event of events)
      if ('ticketId' in event)
        this.#add(event.ticketId, { kind: 'sent-back', after: this.#sinceLast(event.ticketId, at) });
  }

  /** In the state after it. */
  #note(event: DomainEvent, recorded: Recorded): void {
    switch (event.type) {
      case 'TicketIssued':
        this.#stories.set(event.ticketId, []);
        this.#lastStep.set(event.ticketId, event.at);
        return;
      case 'TicketCalled': {
        this.#sinceLast(event.ticketId, event.at);
        // A resumed ticket is called by its own step.
        if (recorded.command.type === 'ResumeTicket') return;
        const step = this.#add(event.ticketId, { kind: 'called' });
        if (!this.#placed.has(recorded.commandId))
          this.#placed.set(recorded.commandId, { ticketId: event.ticketId, step });
        return;
      }
      default:
        return;
    }
  }

  /** What is different now: what somebody could do next, and when the hall is looked at. */
  #look(state: BranchDay, recorded: Recorded): void {
    const { at, command } = recorded;
    const used = this.#occasions.usedBy(command);
    for (const over of this.#occasions.look(state, at).over) {
      const list = this.#reactions.get(over.like) ?? [];
      this.#reactions.set(over.like, list);
      list[over.place] = { after: at - over.since, recorded: over === used ? recorded : undefined };
      if (over === used && over.kind === 'press') this.#habits.pressed(at - over.since);
    }
    const due = reviewAt(state);
    if (this.#reviewDue?.due === due) return;
    if (command.type !== 'ReviewWindows') this.#notReviewed(recorded);
    this.#reviewDue = due === undefined ? undefined : { due, from: Math.max(due, at) };
  }

  /** The review that is due will not happen any more, or not yet: until after this command nobody looked. */
  #notReviewed({ at, order }: Recorded): void {
    if (this.#reviewDue === undefined || this.#reviewDue.from >= at) return;
    this.#away.push({ from: this.#reviewDue.from, to: at, order: order + 0.5 });
    this.#reviewDue = undefined;
  }

  #review(recorded: Recorded, due: Instant): void {
    this.#reviews.set(due, recorded);
    const from = this.#reviewDue?.from ?? due;
    if (recorded.at > from) this.#away.push({ from, to: recorded.at, order: recorded.order });
  }

  #sinceLast(ticketId: TicketId, at: Instant): number {
    const since = at - must(this.#lastStep.get(ticketId), ticketId);
    this.#lastStep.set(ticketId, at);
    return since;
  }

  /** @returns its place */
  #add(ticketId: TicketId, step: Step): number {
    const story = must(this.#stories.get(ticketId), ticketId);
    story.push(step);
    return story.length - 1;
  }
}

function isFloating(state: BranchDay, counterId: CounterId): boolean {
  return state.index.counters.get(counterId)?.kind === 'floating';
}

function ticketAt(state: BranchDay, counterId: CounterId): TicketId {
  return must(state.counters.get(counterId)?.ticketId, `the ticket at ${counterId}`);
}

/** The ticket that a command is about, if it is about one. */
function ticketOf(state: BranchDay, command: Command): TicketId | undefined {
  switch (command.type) {
    case 'StartService':
    case 'FinishService':
    case 'Recall':
    case 'MarkNoShow':
    case 'HoldTicket':
    case 'ReturnToQueue':
      return ticketAt(state, command.counterId);
    case 'ExpireCall':
      return [...state.tickets.values()].find(({ call }) => call?.callId === command.callId)?.id;
    default:
      return 'ticketId' in command ? command.ticketId : undefined;
  }
}
