import { answerOf, type Answer } from '../domain/answer.ts';
import { evolve } from '../domain/evolve.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { BranchId, BusinessDay, CommandId } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import type { EventStore, StoredCommit } from './ports.ts';
import { upcast } from './upcast.ts';

export interface Answered {
  readonly version: number;
  readonly answer: Answer;
}

/** A branch day as this process knows it. All of it comes from the log, so it can be thrown away at any time. */
export class DayCopy {
  /** Undefined before the day is opened. */
  state: BranchDay | undefined;
  /** Number of the last commit in it. */
  version = 0;
  /** What the sender of every accepted command was told. */
  readonly answered = new Map<CommandId, Answered>();

  constructor(
    readonly branchId: BranchId,
    readonly day: BusinessDay,
  ) {}

  /** Reads what the log has beyond this copy. @returns how many commits that was. Throws when the store is away. */
  async catchUp(store: EventStore): Promise<number> {
    const missed = await store.read(this.branchId, this.day, this.version);
    for (const commit of missed) this.#replay(commit);
    return missed.length;
  }

  /** Notes that what `state` already holds is durable now. */
  committed(version: number, events: readonly DomainEvent[]): void {
    this.version = version;
    for (const [commandId, own] of byCommand(events)) this.answered.set(commandId, { version, answer: answerOf(own) });
  }

  #replay(commit: StoredCommit): void {
    if (commit.version !== this.version + 1)
      throw new Error(`the log of ${this.branchId} ${this.day} has no commit ${this.version + 1}`);
    const events = commit.events.map(upcast);
    for (const event of events) this.state = evolve(this.state, event);
    this.committed(commit.version, events);
  }
}

function byCommand(events: readonly DomainEvent[]): Map<CommandId, DomainEvent[]> {
  const groups = new Map<CommandId, DomainEvent[]>();
  for (const event of events) {
    const group = groups.get(event.commandId);
    if (group === undefined) groups.set(event.commandId, [event]);
    else group.push(event);
  }
  return groups;
}
