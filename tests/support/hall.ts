import type { Command, TakeTicket } from '../../domain/commands.ts';
import type { BranchConfig, RoutingConfig } from '../../domain/config.ts';
import { decide, type Decision } from '../../domain/decide.ts';
import type { DomainEvent, TicketCalled } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import { MINUTE, type CounterId, type Instant, type StaffId, type TicketId } from '../../domain/ids.ts';
import type { Rejection } from '../../domain/rejections.ts';
import { callOrder, type Choice } from '../../domain/routing/call-order.ts';
import type { BranchDay, Counter, Ticket } from '../../domain/state.ts';
import type { Audience, View } from '../../domain/views/views.ts';
import { viewFor } from '../../domain/views/view-for.ts';
import { BRANCH, DAY, OPENING } from './branch.ts';

/** An event without when, by whom and by which command: what a test compares. */
export type Told = DomainEvent extends infer E
  ? E extends DomainEvent
    ? Omit<E, 'at' | 'by' | 'commandId'>
    : never
  : never;

export function told(events: readonly DomainEvent[]): Told[] {
  return events.map(({ at: _at, by: _by, commandId: _commandId, ...rest }) => rest);
}

/**
 * One branch day in a test: `given` commands, `when` one more is tried, `then` its events or its rejection. The clock
 * stands still until `wait`; tickets and calls get the ids that the test can see in the events.
 */
export class Hall {
  state: BranchDay | undefined;
  now: Instant = OPENING;
  readonly log: DomainEvent[] = [];
  #commands = 0;

  /** @param changes to the small branch; `routing` is mixed into its own */
  static open(changes: Partial<Omit<BranchConfig, 'routing'>> & { routing?: Partial<RoutingConfig> } = {}): Hall {
    const hall = new Hall();
    const config = { ...BRANCH, ...changes, routing: { ...BRANCH.routing, ...changes.routing } };
    hall.do({ type: 'OpenDay', day: DAY, config });
    return hall;
  }

  get day(): BranchDay {
    if (this.state === undefined) throw new Error('the day is not open');
    return this.state;
  }

  try(command: Command, by = 'staff:test'): Decision {
    this.#commands += 1;
    const context = { now: this.now, actor: by, commandId: `command-${this.#commands}`, newId: `id-${this.#commands}` };
    const decision = decide(this.state, command, context);
    if (decision.ok)
      for (const event of decision.events) {
        this.state = evolve(this.state, event);
        this.log.push(event);
      }
    return decision;
  }

  /** The events of a command that has to be accepted. */
  do(command: Command, by?: string): Told[] {
    const decision = this.try(command, by);
    if (!decision.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(decision.rejection)}`);
    return told(decision.events);
  }

  /** The rejection of a command that has to be refused. */
  refusal(command: Command, by?: string): Rejection {
    const decision = this.try(command, by);
    if (decision.ok) throw new Error(`${command.type} was accepted`);
    return decision.rejection;
  }

  wait({ minutes = 0, seconds = 0 }: { minutes?: number; seconds?: number }): this {
    this.now += minutes * MINUTE + seconds * 1000;
    return this;
  }

  take(service: string, more: Omit<TakeTicket, 'type' | 'services'> & { services?: string[] } = {}): TicketId {
    const { services = [service], ...wish } = more;
    this.do({ type: 'TakeTicket', services, ...wish }, 'device:kiosk-1');
    return `id-${this.#commands}`;
  }

  openCounter(counterId: CounterId, tellerId?: StaffId): this {
    this.do({ type: 'OpenCounter', counterId, tellerId });
    return this;
  }

  /** The call that CallNext made. */
  next(counterId: CounterId): TicketCalled {
    this.do({ type: 'CallNext', counterId });
    const last = this.log.at(-1);
    if (last?.type !== 'TicketCalled') throw new Error('nobody was called');
    return last;
  }

  /** Calls the next one and serves until it is finished, all at once. */
  serveNext(counterId: CounterId): TicketCalled {
    const called = this.next(counterId);
    this.do({ type: 'StartService', counterId });
    this.do({ type: 'FinishService', counterId, outcome: 'done' });
    return called;
  }

  order(counterId: CounterId): Choice[] {
    return [...callOrder(this.day, counterId, this.now)];
  }

  /** The numbers in the order in which this counter would call them. */
  numbers(counterId: CounterId): string[] {
    return this.order(counterId).map(({ entry }) => entry.number);
  }

  ticket(id: TicketId): Ticket {
    const ticket = this.day.tickets.get(id);
    if (ticket === undefined) throw new Error(`no ticket ${id}`);
    return ticket;
  }

  counter(id: CounterId): Counter {
    const counter = this.day.counters.get(id);
    if (counter === undefined) throw new Error(`no counter ${id}`);
    return counter;
  }

  view<K extends Audience['kind']>(audience: Audience & { kind: K }): Extract<View, { kind: K }> {
    const view = viewFor(this.state, audience, this.now);
    if (view?.kind !== audience.kind) throw new Error(`no view for ${JSON.stringify(audience)}`);
    return view as Extract<View, { kind: K }>;
  }
}
