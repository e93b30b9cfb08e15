import { evolve } from '../../domain/evolve.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { BusinessDay, CounterId, TicketId } from '../../domain/ids.ts';
import type { BranchDay, Counter, Ticket } from '../../domain/state.ts';
import type { AuditAct, AuditFacts, StoredCommit } from '../ports.ts';

/** Timers and the change of the day: nobody did them. */
const NOBODY = 'system';

/** Follows the log of one branch day and says of each command of a person or a device what it changed. */
export class DayFacts {
  #state: BranchDay | undefined;
  /** Of the last commit that was followed. */
  version = 0;

  constructor(readonly day: BusinessDay) {}

  get closed(): boolean {
    return this.#state?.closed === true;
  }

  /** Takes the next commit in. @returns what people and devices did in it, in order */
  follow({ version, events }: StoredCommit): AuditAct[] {
    const acts = commandsIn(events).flatMap((command) => this.#follow(version, command));
    this.version = version;
    return acts;
  }

  #follow(version: number, events: readonly DomainEvent[]): AuditAct[] {
    const [first] = events;
    if (first === undefined) return [];
    const touched = this.#touchedBy(events);
    const before = this.#look(touched);
    for (const event of events) this.#state = evolve(this.#state, event);
    if (first.by === NOBODY) return [];
    // A ticket that was just made, and the counter that a ticket went to, are known only now.
    for (const id of touched.tickets) addCounter(touched.counters, this.#state?.tickets.get(id)?.counterId);
    const after = this.#look(touched);
    const tickets = [...touched.tickets].flatMap((id) => this.#state?.tickets.get(id)?.number ?? []);
    const counters = [...touched.counters];
    const { commandId, by: actor, at } = first;
    return [
      {
        at,
        actor,
        device: actor.startsWith('device:')
          ? actor.slice('device:'.length)
          : actor === 'customer'
            ? 'phone'
            : counters[0],
        acts: events.map(({ type }) => type),
        log: { day: this.day, version, commandId },
        about: {
          ...(tickets.length > 0 && { tickets }),
          ...(counters.length > 0 && { counters }),
          ...othersIn(events),
        },
        ...changes(before, after),
      },
    ];
  }

  #touchedBy(events: readonly DomainEvent[]): Touched {
    const touched: Touched = { tickets: new Set(), counters: new Set() };
    for (const event of events) {
      if ('ticketId' in event) touched.tickets.add(event.ticketId);
      if ('counterId' in event) addCounter(touched.counters, event.counterId);
      if (event.type === 'ActionUndone') this.#undoneBy(event.undoneCommandId, touched);
    }
    for (const id of touched.tickets) addCounter(touched.counters, this.#state?.tickets.get(id)?.counterId);
    return touched;
  }

  #undoneBy(commandId: string, touched: Touched): void {
    const actions = [...(this.#state?.lastByActor.values() ?? []), ...(this.#state?.lastByCounter.values() ?? [])];
    const action = actions.find((each) => each.commandId === commandId);
    for (const { id } of action?.tickets ?? []) touched.tickets.add(id);
    for (const { id } of action?.counters ?? []) touched.counters.add(id);
  }

  #look({ tickets, counters }: Touched): Record<string, AuditFacts> {
    const seen: Record<string, AuditFacts> = {};
    for (const id of tickets) {
      const ticket = this.#state?.tickets.get(id);
      if (ticket !== undefined) seen[`ticket ${ticket.number}`] = ticketFacts(ticket);
    }
    for (const id of counters) {
      const counter = this.#state?.counters.get(id);
      if (counter !== undefined) seen[`counter ${id}`] = counterFacts(counter);
    }
    return seen;
  }
}

interface Touched {
  readonly tickets: Set<TicketId>;
  readonly counters: Set<CounterId>;
}

function addCounter(counters: Set<CounterId>, id: CounterId | undefined): void {
  if (id !== undefined) counters.add(id);
}

/** The events of each command; a command's events stand together. */
function commandsIn(events: readonly DomainEvent[]): DomainEvent[][] {
  const commands: DomainEvent[][] = [];
  for (const event of events) {
    const last = commands.at(-1);
    if (last?.[0]?.commandId === event.commandId) last.push(event);
    else commands.push([event]);
  }
  return commands;
}

function othersIn(events: readonly DomainEvent[]): Record<string, string> {
  const others: Record<string, string> = {};
  for (const event of events) {
    if ('proposalId' in event) others['proposal'] = event.proposalId;
    if (event.type === 'ActionUndone') others['undone'] = event.undone;
    if ('reason' in event && typeof event.reason === 'string') others['reason'] = event.reason;
  }
  return others;
}

function ticketFacts(ticket: Ticket): AuditFacts {
  return known({
    status: ticket.status,
    segment: ticket.segment,
    services: ticket.services,
    careNeeds: ticket.careNeeds,
    counter: ticket.counterId,
    onlyCounter: ticket.onlyCounter,
    adviser: ticket.adviser,
    prioritised: ticket.prioritised,
    ended: ticket.endReason,
  });
}

function counterFacts(counter: Counter): AuditFacts {
  return known({
    status: counter.status,
    teller: counter.tellerId,
    profile: counter.profile,
    pause: counter.pauseReason,
  });
}

function known(facts: Readonly<Record<string, string | readonly string[] | undefined>>): AuditFacts {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Only what is different after. A thing that is new has no before. */
function changes(
  before: Readonly<Record<string, AuditFacts>>,
  after: Readonly<Record<string, AuditFacts>>,
): Pick<AuditAct, 'before' | 'after'> {
  const [was, is]: [Record<string, AuditFacts>, Record<string, AuditFacts>] = [{}, {}];
  for (const [thing, now] of Object.entries(after)) {
    const then = before[thing];
    const names = [...new Set([...Object.keys(then ?? {}), ...Object.keys(now)])];
    const different = names.filter((name) => JSON.stringify(then?.[name]) !== JSON.stringify(now[name]));
    if (different.length === 0) continue;
    is[thing] = picked(now, different);
    if (then !== undefined) was[thing] = picked(then, different);
  }
  return {
    ...(Object.keys(was).length > 0 && { before: was }),
    ...(Object.keys(is).length > 0 && { after: is }),
  };
}

/** What is gone is null, so that it can be seen that it was there. */
function picked(facts: AuditFacts, names: readonly string[]): AuditFacts {
  return Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
}
