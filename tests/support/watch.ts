import { isDeepStrictEqual } from 'node:util';
import type { BranchConfig } from '../../domain/config.ts';
import { decide } from '../../domain/decide.ts';
import type { DomainEvent, TicketCalled } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import type { Instant } from '../../domain/ids.ts';
import type { BranchDay, Counter, Ticket } from '../../domain/state.ts';
import { viewFor } from '../../domain/views/view-for.ts';
import { DAY, OPENING } from './branch.ts';
import { checkOrder, checkPlaces, checkQueue, checkTicket, checkViews } from './checks.ts';
import { pictureOf, sameAfterJson } from './picture.ts';
import { attemptOf, type Attempt, type Step } from './random-day.ts';
import { isRejectionCode } from './rejection-codes.ts';
import { reach, slowLimits, slowOrder, wait } from './slow-order.ts';

/** The core, or a broken one: the tests of the tests put a fault in. */
export interface Core {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  readonly viewFor: typeof viewFor;
}
export const CORE: Core = { decide, evolve, viewFor };

/** What a day was made of: shows that the days are not empty. */
export interface Tally {
  readonly accepted: Map<string, number>;
  readonly refused: Map<string, number>;
  readonly events: readonly DomainEvent[];
}

/** Lives through a day and looks after each event. @throws at the first thing that is not as RULES.md says */
export function watchDay(config: BranchConfig, steps: readonly Step[], core: Core = CORE): Tally {
  const watch = new Watch(core);
  watch.give({ command: { type: 'OpenDay', day: DAY, config }, by: 'system' }, 0);
  for (const step of steps) watch.give(attemptOf(watch.state, step), step.seconds);
  watch.give({ command: { type: 'CloseDay' }, by: 'system' }, 60);
  watch.replay();
  return watch;
}

interface Before {
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly counters: ReadonlyMap<string, Counter>;
}

class Watch implements Tally {
  readonly accepted = new Map<string, number>();
  readonly refused = new Map<string, number>();
  readonly events: DomainEvent[] = [];
  readonly #core: Core;
  readonly #before = new Map<string, { before: Before; after: Before }>();
  readonly #numbers = new Map<string, string>();
  readonly #series = new Map<string, number>();
  #state: BranchDay | undefined;
  #now: Instant = OPENING;
  #commands = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  get state(): BranchDay {
    if (this.#state === undefined) throw new Error('the day is not open');
    return this.#state;
  }

  give({ command, by }: Attempt, seconds: number): void {
    this.#now += seconds * 1000;
    const number = (this.#commands += 1);
    const context = { now: this.#now, actor: by, commandId: `command-${number}`, newId: `id-${number}` };
    const picture = this.#state && number % 3 === 0 ? pictureOf(this.#state) : undefined; // one in three: it is slow
    const decision = this.#core.decide(this.#state, command, context);
    if (picture !== undefined && !isDeepStrictEqual(pictureOf(this.state), picture))
      throw new Error(`decide changed the state: ${command.type}`);
    if (!decision.ok) {
      const { code } = decision.rejection;
      if (!isRejectionCode(code)) throw new Error(`unknown rejection ${String(code)}`);
      this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
      return;
    }
    if (decision.events.length === 0) throw new Error(`${command.type} was accepted and nothing happened`);
    this.accepted.set(command.type, (this.accepted.get(command.type) ?? 0) + 1);
    const before = this.#copy();
    for (const event of decision.events) if (event.type === 'TicketCalled') this.#checkCall(event);
    for (const event of decision.events) this.#happen(event);
    const after = this.#copy();
    this.#before.set(context.commandId, { before, after });
    for (const counter of this.state.counters.values())
      if (counter.status === 'closing' && counter.ticketId === undefined)
        throw new Error(`K2: counter ${counter.id} is closing with nobody in hand`);
    for (const event of decision.events)
      if (event.type === 'ActionUndone') this.#checkUndo(event.undoneCommandId, before);
  }

  #happen(event: DomainEvent): void {
    this.#state = this.#core.evolve(this.#state, event);
    this.events.push(event);
    const { state } = this;
    for (const ticket of state.tickets.values()) freeze(ticket);
    for (const counter of state.counters.values()) freeze(counter);
    this.#checkNumbers(event);
    checkPlaces(state);
    checkQueue(state);
    for (const ticket of state.tickets.values()) if (ticket.touched === state.seq) checkTicket(ticket, this.#now);
    const turn = [...state.counters.keys()][this.events.length % state.counters.size] ?? '';
    checkOrder(state, turn, this.#now);
    checkViews(state, this.#now, this.#core.viewFor);
  }

  /** N1–N4, Q1: from the events alone, so that a state that forgets is found out. */
  #checkNumbers(event: DomainEvent): void {
    if (event.type === 'TicketIssued') {
      const series = this.state.config.segments.find(({ id }) => id === event.segment);
      if (series === undefined) throw new Error(`S1: a ticket of no segment, ${event.segment}`);
      const expected = this.#series.get(series.id) ?? series.firstNumber;
      if (event.sequence !== expected) throw new Error(`N2: ${event.number} is no. ${event.sequence}, not ${expected}`);
      this.#series.set(series.id, expected + 1);
      if (event.number !== series.prefix + `${expected}`.padStart(series.width, '0'))
        throw new Error(`N1: no. ${expected} of ${series.id} is ${event.number}`);
      if ([...this.#numbers.values()].includes(event.number)) throw new Error(`N2: ${event.number} comes twice`);
      this.#numbers.set(event.ticketId, event.number);
    }
    const known = [...this.state.tickets.values()].map(({ id, number }) => [id, number]);
    if (!isDeepStrictEqual(known, [...this.#numbers])) throw new Error('N4, Q1: a ticket is lost or has a new number');
  }

  /** C1, R2, R9: before the call happens. */
  #checkCall(call: TicketCalled): void {
    const { why, counterId } = call;
    if (why.rule === 'chosen' || why.rule === 'held') return;
    const [first, second] = slowOrder(this.state, counterId, this.#now);
    if (first?.number !== call.number || first.rule !== why.rule || second?.number !== why.runnerUp?.number)
      throw new Error(`C1: ${call.number} by ${why.rule} is called, first is ${first?.number} by ${first?.rule}`);
    const late = [...this.state.tickets.values()].filter(
      (ticket) =>
        reach(this.state, counterId, ticket) !== undefined &&
        wait(ticket, this.#now) >= slowLimits(this.state, ticket).ceiling,
    );
    if (late.length > 0 && !late.some(({ id }) => id === call.ticketId))
      throw new Error(`R2: ${call.number} is called before ${late[0]?.number}, which is past its ceiling`);
  }

  /** U1, U4: what the command changed is as before, all else untouched. */
  #checkUndo(commandId: string, now: Before): void {
    const undone = this.#before.get(commandId);
    if (undone === undefined) throw new Error(`U1: ${commandId} was undone, which never happened`);
    for (const kind of ['tickets', 'counters'] as const)
      for (const [id, record] of this.state[kind]) {
        const changed = undone.before[kind].get(id) !== undone.after[kind].get(id);
        const expected = changed ? undone.before[kind].get(id) : now[kind].get(id);
        if (!isDeepStrictEqual(plain(record), plain(expected))) throw new Error(`U1: ${id} is not as before`);
      }
  }

  /** The log is the truth: the same day comes out of it, as it is and after a way through JSON. */
  replay(): void {
    const again = this.events.reduce<BranchDay | undefined>(this.#core.evolve, undefined);
    const stored = JSON.parse(JSON.stringify(this.events)) as DomainEvent[];
    const restored = stored.reduce<BranchDay | undefined>(this.#core.evolve, undefined);
    if (again === undefined || restored === undefined) throw new Error('an empty log');
    if (!isDeepStrictEqual(pictureOf(again), pictureOf(this.state))) throw new Error('D2: replay and live differ');
    if (!sameAfterJson(pictureOf(restored), pictureOf(this.state)))
      throw new Error('D2: the stored log tells another day');
  }

  #copy(): Before {
    return { tickets: new Map(this.#state?.tickets), counters: new Map(this.#state?.counters) };
  }
}

/** Without what an undo may change: the mark of the last change, and the clocks of a call that is on again (U4) and of auto-call (C10). */
function plain(record: Ticket | Counter | undefined): unknown {
  if (record === undefined) return undefined;
  const call = 'call' in record && record.call !== undefined ? { ...record.call, lastAt: 0 } : undefined;
  const auto = 'autoCallSince' in record && record.autoCallSince !== undefined ? { autoCallSince: 0 } : {};
  return { ...record, touched: 0, call, ...auto };
}

/** Records are never changed in place: one that is, throws. */
function freeze(record: object): void {
  if (Object.isFrozen(record)) return;
  Object.freeze(record);
  for (const value of Object.values(record)) if (typeof value === 'object' && value !== null) freeze(value as object);
}
