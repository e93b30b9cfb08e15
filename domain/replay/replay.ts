import type { Command, OpenDay } from '../commands.ts';
import type { BranchConfig } from '../config.ts';
import { decide } from '../decide.ts';
import type { DomainEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { MINUTE, type ActorId, type CounterId, type Instant, type TicketId } from '../ids.ts';
import { must } from '../records.ts';
import type { BranchDay } from '../state.ts';
import { reviewAt } from '../timers.ts';
import { ByHand } from './by-hand.ts';
import type { DayMeter } from './day-meter.ts';
import { DueHeap, isBefore, type Due } from './due-heap.ts';
import { Occasions, type Possible } from './occasions.ts';
import type { Recorded } from './recorded.ts';
import type { HandChoice } from './result.ts';
import { isOfMachine, type Away, type DayScript, type Reaction } from './script.ts';
import { Stories } from './stories.ts';

/** Behind everything of the recorded day that happens at the same time. */
const LATER = 1e9;
/** Where nobody ever answered a proposal, it is approved after this. */
const USUAL_ANSWER_MS = MINUTE;

/** A recorded day once more, from its script, by a configuration of one's own: through the same commands as the day itself. */
export class Replay {
  state: BranchDay;
  now: Instant;
  readonly events: DomainEvent[] = [];
  readonly notRepeated = new Map<HandChoice, number>();
  readonly #due = new DueHeap<() => void>();
  readonly #stories: Stories;
  readonly #byHand: ByHand;
  readonly #occasions = new Occasions();
  readonly #meter: DayMeter | undefined;
  #made = 0;

  constructor(
    private readonly script: DayScript,
    config: BranchConfig,
    meter?: DayMeter,
  ) {
    const { opening } = script;
    this.now = opening.at;
    const { at: now, by: actor, commandId } = opening;
    const opened = decide(undefined, { ...(opening.command as OpenDay), config }, { now, actor, commandId, newId: '' });
    if (!opened.ok) throw new Error(`the day does not open: ${opened.rejection.code}`);
    this.events.push(...opened.events);
    this.state = must(opened.events.reduce<BranchDay | undefined>(evolve, undefined), 'the day');
    this.#stories = new Stories(this, script);
    this.#byHand = new ByHand(this, script);
    this.#meter = meter;
  }

  run(): void {
    const { closing } = this.script;
    this.#byHand.plan();
    this.at(closing.at, closing.order, () => {
      this.#byHand.giveUp();
      this.send(closing.command, closing.by, closing);
    });
    while (!this.state.closed) {
      const review = this.#nextReview();
      const due = this.#due.next;
      if (review !== undefined && (due === undefined || isBefore(review, due))) {
        this.#passTo(review.at);
        this.send({ type: 'ReviewWindows', due: review.due }, 'system', review.recorded);
      } else {
        this.#passTo(due?.at ?? this.now);
        this.#due.pop()?.();
      }
    }
  }

  /** @param order the recorded one; without it behind everything of that time */
  at(at: Instant, order: number | undefined, run: () => void): void {
    this.#due.push(Math.max(at, this.now), run, order ?? LATER + (this.#made += 1));
  }

  /** @returns whether it was accepted */
  send(command: Command, by: ActorId, recorded?: Recorded): boolean {
    const made = `replay-${(this.#made += 1)}`;
    const newId = recorded === undefined || recorded.newId === '' ? made : recorded.newId;
    const commandId = recorded?.commandId ?? made;
    const decision = decide(this.state, command, { now: this.now, actor: by, commandId, newId });
    if (!decision.ok) return false;
    const touched = new Set<TicketId>();
    for (const event of decision.events) {
      const undone = event.type === 'ActionUndone' ? ticketsOf(this.state, event.undoneCommandId) : [];
      this.state = evolve(this.state, event);
      this.events.push(event);
      this.#saw(event);
      for (const ticketId of undone) this.#stories.changed(ticketId, 'undone');
      if (isOfMachine(command) && 'ticketId' in event) this.#stories.changed(event.ticketId, 'sent-back');
      for (const ticketId of 'ticketId' in event ? [event.ticketId] : undone) touched.add(ticketId);
    }
    this.#meter?.saw(this.state);
    for (const ticketId of touched) this.#stories.plan(ticketId);
    this.#look();
    this.#byHand.settle();
    return true;
  }

  /** Somebody wants to have this at a counter as soon as it is free. */
  wish(command: Parameters<ByHand['wish']>[0], recorded: Recorded | undefined): void {
    this.#byHand.wish(command, recorded);
  }

  leaveOut(command: Command): void {
    const kind = KINDS[command.type] ?? 'other';
    this.notRepeated.set(kind, (this.notRepeated.get(kind) ?? 0) + 1);
  }

  /** Who presses at a counter. */
  deskOf(counterId: CounterId): ActorId {
    const tellerId = this.state.counters.get(counterId)?.tellerId;
    return tellerId === undefined ? `device:${counterId}` : `staff:${tellerId}`;
  }

  #saw(event: DomainEvent): void {
    if (event.type === 'TicketIssued') this.#stories.begin(event.ticketId);
    else if (event.type === 'TicketCalled') this.#stories.called(event);
  }

  /** Plans what somebody could do next. */
  #look(): void {
    for (const possible of this.#occasions.look(this.state, this.now).begun) {
      const known = this.script.reactions.get(possible.like) ?? [];
      const own = known[possible.place];
      const { recorded } = own ?? {};
      // Beyond what is recorded people go on as they were used to.
      const reaction = own ?? known[possible.place % Math.max(1, known.length)];
      const plan = this.#planOf(possible, reaction, own === undefined);
      if (plan === undefined) continue;
      this.at(plan.at, recorded?.order, () => {
        if (this.#occasions.has(possible)) this.send(plan.command, recorded?.by ?? plan.by, recorded);
      });
    }
  }

  #planOf(possible: Possible, known: Reaction | undefined, usual: boolean): Planned | undefined {
    switch (possible.kind) {
      case 'press':
        return this.#press(possible, usual ? undefined : known);
      case 'arrival':
        return this.#arrival(possible, known, usual);
      case 'answer':
        return this.#answer(possible, known);
    }
  }

  #press({ counterId, since }: Possible & { kind: 'press' }, known: Reaction | undefined): Planned {
    const { after = 0, recorded } = known ?? {};
    // Who did not press while they could would have pressed later.
    const at = since + after + (recorded === undefined ? this.script.habits.pressMs() : 0);
    return { at, command: { type: 'CallNext', counterId }, by: this.deskOf(counterId) };
  }

  /** Somebody who was sent to a window is there as on the recorded day; but it opens by itself by then (rule F4). */
  #arrival({ counterId, since }: Possible & { kind: 'arrival' }, known: Reaction | undefined, usual: boolean): Planned {
    const { readyAt = since, tellerId } = must(this.state.counters.get(counterId), counterId);
    const before = (this.script.opening.command as OpenDay).config.floating.openingMinutes;
    const sameWay = before === this.state.config.floating.openingMinutes;
    const came = since + (known?.after ?? 0);
    if (known?.recorded?.command.type === 'OpenCounter')
      return {
        at: sameWay ? came : Math.min(came, readyAt),
        command: { type: 'OpenCounter', counterId, tellerId },
        by: this.deskOf(counterId),
      };
    const byItself = { type: 'OpenReadyCounter', counterId, readyAt } as const;
    if (known?.recorded !== undefined && sameWay) return { at: came, command: byItself, by: 'system' };
    // Somebody who was called off would have been there later.
    return { at: usual ? readyAt : Math.max(readyAt, came + 1), command: byItself, by: 'system' };
  }

  /** The lobby answers as on the recorded day; where it never had to, it approves. */
  #answer({ proposalId, since }: Possible & { kind: 'answer' }, known: Reaction | undefined): Planned | undefined {
    const by = known?.recorded?.by ?? 'staff:lobby';
    if (known === undefined)
      return { at: since + USUAL_ANSWER_MS, command: { type: 'ApproveProposal', proposalId }, by };
    const said = known.recorded?.command;
    if (said?.type === 'ApproveProposal' || said?.type === 'DismissProposal')
      return { at: since + known.after, command: { ...said, proposalId }, by };
    return undefined;
  }

  /** When the hall is looked at next: as on the recorded day, where it was late, or else when it is due. */
  #nextReview(): (Due & { readonly due: Instant; readonly recorded?: Recorded | undefined }) | undefined {
    const due = reviewAt(this.state);
    if (due === undefined) return undefined;
    const recorded = this.script.reviews.get(due);
    if (recorded !== undefined && recorded.at >= this.now)
      return { due, at: recorded.at, order: recorded.order, recorded };
    const at = Math.max(due, this.now);
    const away = lastFrom(this.script.away, at);
    return away !== undefined && at < away.to ? { due, at: away.to, order: away.order } : { due, at, order: LATER };
  }

  #passTo(at: Instant): void {
    this.#meter?.pass(at, this.state);
    this.now = at;
  }
}

interface Planned {
  readonly at: Instant;
  readonly command: Command;
  readonly by: ActorId;
}

/** What counts as a choice by hand, when it cannot be repeated. */
const KINDS: Readonly<Partial<Record<Command['type'], HandChoice>>> = {
  CallTicket: 'call-chosen',
  ResumeTicket: 'resume',
  ServeWithoutTicket: 'serve-without-ticket',
  PrioritiseTicket: 'prioritise',
  TransferTicket: 'transfer',
  HoldTicket: 'hold',
  MarkCareNeeds: 'care-needs',
  AddService: 'add-service',
  OpenCounter: 'window',
  CloseCounter: 'window',
  KeepCounterOpen: 'window',
  PauseCounter: 'window',
  ResumeCounter: 'window',
  SetWorkProfile: 'work-profile',
  UndoLast: 'undo',
};

/** The tickets that an undo of this command would change. */
function ticketsOf(state: BranchDay, commandId: string): TicketId[] {
  const known = [...state.lastByActor.values(), ...state.lastByCounter.values()];
  return known.find((action) => action.commandId === commandId)?.tickets.map(({ id }) => id) ?? [];
}

function lastFrom(away: readonly Away[], at: Instant): Away | undefined {
  return away.findLast(({ from }) => from <= at);
}
