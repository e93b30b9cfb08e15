import type { Command } from '../../domain/commands.ts';
import { decide } from '../../domain/decide.ts';
import type { DomainEvent } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import type { CounterId, Instant, StaffId, TicketId } from '../../domain/ids.ts';
import { freeCounters } from '../../domain/routing/free-counters.ts';
import { counterCanDo } from '../../domain/routing/skills.ts';
import type { BranchDay } from '../../domain/state.ts';
import { timersOf } from '../../domain/timers.ts';
import {
  branchConfigOf,
  BREAK,
  BUSINESS_DAY,
  CARE,
  forecastOf,
  instantOf,
  minuteOf,
  OPENS_AT,
  postsOf,
  type Post,
} from '../scenario/branch.ts';
import type { Customer, DayDraw } from '../scenario/day-draw.ts';
import type { PolicySettings } from '../scenario/policy.ts';
import type { Scenario } from '../scenario/schema.ts';
import { Watch } from './checks.ts';
import { DueHeap } from '../../domain/replay/due-heap.ts';
import { Meter, type DayFigures } from './meter.ts';
import { windowKeeper, type WindowKeeper } from './windows.ts';

/** The product itself. Another one can be given only to show that the checks find what is wrong with it. */
export interface Core {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  readonly timersOf: typeof timersOf;
}

const PRODUCT: Core = { decide, evolve, timersOf };

type Due =
  | { readonly what: 'service-ends'; readonly counterId: CounterId; readonly ticketId: TicketId }
  | { readonly what: 'patience-ends'; readonly ticketId: TicketId }
  | { readonly what: 'window-opens'; readonly counterId: CounterId }
  | { readonly what: 'break-begins' | 'break-ends'; readonly counterId: CounterId }
  | { readonly what: 'look-at-windows' };

/** One day in the hall: customers, tellers and time, who say everything to the product through its commands. */
export class Hall {
  readonly posts: readonly Post[];
  state: BranchDay;
  now: Instant = OPENS_AT;
  readonly #due = new DueHeap<Due>();
  readonly #meter: Meter;
  readonly #watch: Watch;
  readonly #windows: WindowKeeper;
  readonly #posts: ReadonlyMap<CounterId, Post>;
  /** Whose speed a person has: that of the counter which is theirs in the scenario. */
  readonly #home: ReadonlyMap<StaffId, CounterId>;
  #commands = 0;

  constructor(
    private readonly scenario: Scenario,
    readonly settings: PolicySettings,
    private readonly draw: DayDraw,
    private readonly core: Core = PRODUCT,
  ) {
    this.posts = postsOf(scenario);
    this.#posts = new Map(this.posts.map((post) => [post.id, post]));
    this.#home = new Map(this.posts.map(({ id, tellerId }) => [tellerId, id]));
    this.#meter = new Meter(scenario, this.posts, settings.floating === 'by-count' ? settings.base : 0);
    this.#watch = new Watch(scenario, this.posts);
    const opening = core.decide(
      undefined,
      {
        type: 'OpenDay',
        day: BUSINESS_DAY,
        config: branchConfigOf(scenario, settings),
        forecast: forecastOf(scenario, settings, draw.luck),
      },
      this.#context('system'),
    );
    const event = opening.ok ? opening.events[0] : undefined;
    if (event === undefined) throw new Error('the day does not open');
    this.state = core.evolve(undefined, event);
    this.#windows = windowKeeper(this, settings);
  }

  get inHall(): number {
    return this.#meter.inHall;
  }

  get minute(): number {
    return minuteOf(this.now);
  }

  /** Runs the day to its end. */
  run(): DayFigures {
    const began = process.cpuUsage();
    for (const { id, tellerId, floating, group } of this.posts) {
      if (!floating) this.send({ type: 'OpenCounter', counterId: id, tellerId });
      for (const [from, to] of group.breaks) {
        this.#due.push(instantOf(from), { what: 'break-begins', counterId: id });
        this.#due.push(instantOf(to), { what: 'break-ends', counterId: id });
      }
    }
    this.#windows.start();
    this.#live();
    this.#passTo(Math.max(this.now, instantOf(this.scenario.run.minutes)));
    this.send({ type: 'CloseDay' });
    this.#watch.atEnd(this.state, this.#meter, this.draw.customers.length);
    const { user, system } = process.cpuUsage(began);
    return this.#meter.figures(this.draw.day, (user + system) / 1000);
  }

  /** Sends somebody to open this window; it takes them the opening time of the scenario. */
  orderWindow(counterId: CounterId): void {
    const minutes = this.draw.openingTime(counterId, this.settings.opening);
    this.#meter.ordered(counterId, minuteOf(this.now));
    this.#due.push(instantOf(minuteOf(this.now) + minutes), { what: 'window-opens', counterId });
  }

  /** Opens it at once. */
  openWindow(counterId: CounterId): void {
    this.#meter.ordered(counterId, this.minute);
    this.send({ type: 'OpenCounter', counterId, tellerId: this.#tellerOf(counterId) });
  }

  lookAtWindowsAt(minute: number): void {
    this.#due.push(instantOf(minute), { what: 'look-at-windows' });
  }

  /** @returns whether it was accepted */
  send(command: Command, actor = 'system', newId = ''): boolean {
    const decision = this.core.decide(this.state, command, this.#context(actor, newId));
    if (!decision.ok) return false;
    for (const event of decision.events) {
      this.state = this.core.evolve(this.state, event);
      this.#meter.saw(event);
      this.#act(event);
    }
    return true;
  }

  /** What the people in the hall do when they see this happen. */
  #act(event: DomainEvent): void {
    switch (event.type) {
      case 'TicketCalled': {
        const { customer } = this.#meter.storyOf(event.ticketId);
        this.#watch.called(this.state, event.ticketId, this.now);
        if (customer.comes) this.#startService(event.counterId, event.ticketId, customer);
        return;
      }
      case 'CounterOpening':
        return this.orderWindow(event.counterId);
      case 'TicketMissed':
      case 'TicketCancelled':
      case 'ServiceFinished':
        this.#watch.left(event.ticketId, event.type === 'ServiceFinished' ? event.remaining[0] : undefined, this.now);
        return;
      default:
        return;
    }
  }

  #startService(counterId: CounterId, ticketId: TicketId, customer: Customer): void {
    this.send({ type: 'StartService', counterId }, counterId);
    const speed = this.draw.speeds.get(this.#home.get(this.#tellerOf(counterId)) ?? counterId) ?? 1;
    const ticket = this.state.tickets.get(ticketId);
    let minutes = 0;
    // As rule Q5 has it: what this counter can do in one go.
    for (const [place, service] of (ticket?.services ?? []).entries()) {
      if (place > 0 && !counterCanDo(this.state, counterId, service)) break;
      minutes += (customer.work[customer.services.indexOf(service)] ?? 0) / speed;
    }
    this.#due.push(instantOf(minuteOf(this.now) + minutes), { what: 'service-ends', counterId, ticketId });
  }

  #live(): void {
    const { customers } = this.draw;
    const end = instantOf(this.scenario.run.minutes);
    let next = 0;
    for (;;) {
      const customer = customers[next];
      const comesAt = customer === undefined ? Infinity : instantOf(customer.arrival);
      const timer = this.#nextTimer();
      const at = Math.max(this.now, Math.min(comesAt, this.#due.nextAt, timer?.at ?? Infinity));
      const over = customer === undefined && this.#meter.inHall === 0 && at >= end;
      if (at === Infinity || over || (at >= end && this.scenario.run.atEnd === 'stop')) return;
      this.#passTo(at);
      if (this.#due.nextAt <= at) this.#happens(this.#due.pop());
      else if (timer !== undefined && timer.at <= at) {
        if (!this.send(timer.command)) throw new Error(`the timer ${timer.command.type} is refused when it is due`);
      } else if (customer !== undefined) {
        next += 1;
        this.#arrives(customer);
      }
      this.#settle();
    }
  }

  #nextTimer(): { readonly at: Instant; readonly command: Command } | undefined {
    let first: { readonly at: Instant; readonly command: Command } | undefined;
    for (const timer of this.core.timersOf(this.state)) {
      // A window is open when its teller is there, which is ours to say.
      if (timer.command.type === 'OpenReadyCounter') continue;
      if (first === undefined || timer.at < first.at) first = timer;
    }
    return first;
  }

  #passTo(at: Instant): void {
    this.#meter.pass(minuteOf(at), this.state);
    this.now = at;
  }

  #arrives(customer: Customer): void {
    const { lobbyHolds } = this.scenario;
    if (lobbyHolds !== undefined && this.#meter.inHall >= lobbyHolds) return this.#meter.turnedAway(customer);
    const ticketId = `ticket-${customer.index}`;
    const { services, segment, care } = customer;
    const free = freeCounters(this.state, services[0] ?? '', this.settings.freeCounter);
    this.#meter.arrives(customer, ticketId, this.state, free.length === 0);
    this.#watch.arrives(ticketId, customer, this.now);
    const took = this.send(
      { type: 'TakeTicket', services, tier: segment, ...(care && { careNeeds: [CARE] }) },
      'kiosk',
      ticketId,
    );
    if (!took) throw new Error('a ticket is refused');
    for (const { id } of free) if (!this.#callNext(id) || this.state.queue.size === 0) break;
    const waits = customer.patience < Infinity && this.state.tickets.get(ticketId)?.status === 'waiting';
    if (waits) this.#due.push(instantOf(customer.arrival + customer.patience), { what: 'patience-ends', ticketId });
  }

  #happens(due: Due | undefined): void {
    switch (due?.what) {
      case 'service-ends': {
        const { counterId } = due;
        this.#meter.freed(counterId, minuteOf(this.now));
        if (this.state.queue.size > 0)
          this.send({ type: 'CallNext', counterId, finish: 'done' }, counterId, this.#newId());
        else this.send({ type: 'FinishService', counterId, outcome: 'done' }, counterId);
        return;
      }
      case 'patience-ends':
        if (this.state.tickets.get(due.ticketId)?.status === 'waiting')
          this.send({ type: 'CancelTicket', ticketId: due.ticketId, reason: 'left' }, 'customer');
        return;
      case 'window-opens':
        if (!this.send({ type: 'OpenCounter', counterId: due.counterId, tellerId: this.#tellerOf(due.counterId) }))
          throw new Error(`${due.counterId} does not open`);
        return;
      case 'break-begins':
        this.send({ type: 'PauseCounter', counterId: due.counterId, reason: BREAK });
        return;
      case 'break-ends':
        this.send({ type: 'ResumeCounter', counterId: due.counterId });
        return;
      default:
    }
  }

  /** Whoever is free takes who waits; then the windows are looked at. */
  #settle(): void {
    if (this.state.queue.size > 0) {
      for (const { id } of freeCounters(this.state, '', this.settings.freeCounter)) {
        if (this.state.queue.size === 0) break;
        this.#callNext(id);
      }
      if (this.state.queue.size > 0) this.#watch.settled(this.state, minuteOf(this.now));
    }
    this.#windows.look();
  }

  #callNext(counterId: CounterId): boolean {
    return this.send({ type: 'CallNext', counterId }, counterId, this.#newId());
  }

  /** Who sits there or is on the way; before that, whose counter it is. */
  #tellerOf(counterId: CounterId): StaffId {
    return this.state.counters.get(counterId)?.tellerId ?? this.#posts.get(counterId)?.tellerId ?? '';
  }

  #newId(): string {
    return `call-${(this.#commands += 1)}`;
  }

  #context(actor: string, newId = '') {
    return { now: this.now, actor, commandId: `command-${(this.#commands += 1)}`, newId };
  }
}
