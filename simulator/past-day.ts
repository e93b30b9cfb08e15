import type { ActorId, BusinessDay, CounterId, Instant, ProposalId, StaffId, TicketId } from '../domain/ids.ts';
import { MINUTE } from '../domain/ids.ts';
import type { Command, DismissReason } from '../domain/commands.ts';
import type { BranchConfig, Forecast } from '../domain/config.ts';
import { decide } from '../domain/decide.ts';
import type { DomainEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { DueHeap } from '../domain/replay/due-heap.ts';
import type { BranchDay } from '../domain/state.ts';
import { timersOf } from '../domain/timers.ts';
import { minutesToNext } from './arrivals.ts';
import { Chance } from './chance.ts';
import { AWAY_MINUTES, COMES_BACK, fateOf, IMPATIENT, PATIENCE_MINUTES, type Fate } from './fates.ts';
import { MACHINE, PERSON, type Habits } from './habits.ts';
import { rosterOf } from './roster.ts';
import { wishOf } from './wish.ts';

export interface PastDayOptions {
  readonly config: BranchConfig;
  readonly day: BusinessDay;
  /** Midnight, and when the doors open and close. */
  readonly from: Instant;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly forecast: Forecast | undefined;
  readonly seed: number;
  /** Mean customers an hour. */
  readonly perHour: number;
}

/** What a lobby manager does with a proposal, and after how long. The others are not answered. */
const APPROVES = 0.84;
const DISMISSES = 0.1;
const ANSWER_MINUTES = [0.4, 2.5] as const;
const REASONS: readonly DismissReason[] = ['nobody-free', 'passes-soon', 'other-plan', 'wrong-window'];
/** From the message to the first customer at a floating window. */
const WALK_OVER_MINUTES = [2, 4] as const;
const RECALL_MINUTES = 0.7;
const SHORTEST_SERVICE = 0.3;
/** Whoever still waits so long after the doors were closed is sent home, ms. */
const LONGEST_EVENING = 120 * MINUTE;

/** The events of one whole day of a branch, from its opening to its closing, by the product itself. The same options give the same day. */
export function playPastDay(options: PastDayOptions): {
  readonly events: readonly DomainEvent[];
  readonly end: BranchDay;
} {
  return new PastHall(options).run();
}

class PastHall {
  readonly #due = new DueHeap<() => void>();
  readonly #events: DomainEvent[] = [];
  readonly #roster: ReturnType<typeof rosterOf>;
  readonly #fates = new Map<TicketId, Fate>();
  /** Counters that are about to call. */
  readonly #calling = new Set<CounterId>();
  readonly #chance: (name: string) => Chance;
  readonly #people: Chance;
  readonly #work: Chance;
  readonly #managers: Chance;
  #state: BranchDay | undefined;
  #now: Instant;
  #ids = 0;

  constructor(private readonly options: PastDayOptions) {
    const { config, day, seed, from } = options;
    this.#now = from;
    this.#roster = rosterOf(config);
    this.#chance = (name) => new Chance(seed, `${config.branchId} ${day} ${name}`);
    this.#people = this.#chance('people');
    this.#work = this.#chance('work');
    this.#managers = this.#chance('managers');
  }

  run(): { readonly events: readonly DomainEvent[]; readonly end: BranchDay } {
    const { config, day, forecast, opensAt, closesAt } = this.options;
    this.#send({ type: 'OpenDay', day, config, forecast, closesAt });
    for (const { id: counterId, kind } of config.counters) {
      const person = this.#roster.get(counterId);
      if (kind === 'floating' || (kind !== 'device' && person === undefined)) continue;
      this.#at(opensAt - this.#work.between(0, 5) * MINUTE, () =>
        this.#send({ type: 'OpenCounter', counterId, tellerId: person?.id }, actorOf(person?.id)),
      );
    }
    this.#nextCustomer(opensAt, this.#chance('arrivals'));
    this.#liveUntil((at) => at >= closesAt && (this.#isEmpty() || at >= closesAt + LONGEST_EVENING));
    for (const { id: counterId, status } of this.#day.counters.values())
      if (status !== 'closed') this.#send({ type: 'CloseCounter', counterId });
    this.#send({ type: 'CloseDay' });
    return { events: this.#events, end: this.#day };
  }

  get #day(): BranchDay {
    if (this.#state === undefined) throw new Error('the day is not open');
    return this.#state;
  }

  #liveUntil(over: (at: Instant) => boolean): void {
    for (;;) {
      const timer = timersOf(this.#day).reduce<ReturnType<typeof timersOf>[number] | undefined>(
        (first, each) => (first === undefined || each.at < first.at ? each : first),
        undefined,
      );
      const at = Math.min(this.#due.nextAt, timer?.at ?? Infinity);
      if (at === Infinity || over(at)) return;
      this.#now = Math.max(this.#now, at);
      if (timer !== undefined && timer.at <= this.#now) this.#send(timer.command);
      else this.#due.pop()?.();
    }
  }

  #isEmpty(): boolean {
    return (
      this.#day.queue.size === 0 && [...this.#day.counters.values()].every(({ ticketId }) => ticketId === undefined)
    );
  }

  #at(at: Instant, act: () => void): void {
    this.#due.push(Math.max(at, this.#now), act);
  }

  #in(minutes: number, act: () => void): void {
    this.#at(this.#now + Math.round(minutes * MINUTE), act);
  }

  #send(command: Command, actor: ActorId = 'system'): boolean {
    const id = `${this.options.config.branchId}-${this.options.day}-${(this.#ids += 1)}`;
    const decision = decide(this.#state, command, { now: Math.round(this.#now), actor, commandId: id, newId: id });
    if (!decision.ok) return false;
    for (const event of decision.events) {
      this.#state = evolve(this.#state, event);
      this.#events.push(event);
    }
    for (const event of decision.events) this.#see(event);
    return true;
  }

  /** What the people in the hall do when they see this. */
  #see(event: DomainEvent): void {
    switch (event.type) {
      case 'TicketIssued':
        this.#arrived(event.ticketId);
        this.#callFromIdle();
        return;
      case 'TicketCalled':
        return this.#walkUp(event.counterId, event.ticketId, false);
      case 'TicketMissed':
        if (this.#people.happens(COMES_BACK)) this.#comeBackLater(event.ticketId);
        return this.#callFromIdle();
      case 'ServiceStarted':
        return this.#serve(event.ticketId);
      case 'CounterOpening':
        return this.#in(this.#work.between(...WALK_OVER_MINUTES), () =>
          this.#send({ type: 'OpenCounter', ...counterAndTeller(event) }, actorOf(event.tellerId)),
        );
      case 'WindowProposed':
        return this.#answer(event.proposalId);
      case 'ServiceFinished':
      case 'CounterOpened':
      case 'TicketRejoined':
      case 'WorkProfileSet':
      case 'WindowsReviewed': // A ticket that has become late may be called from where it was not before.
        return this.#callFromIdle();
      default:
        return;
    }
  }

  #nextCustomer(at: Instant, chance: Chance): void {
    const { config, opensAt, closesAt, perHour } = this.options;
    const partAt = (minutes: number) => (at + minutes * MINUTE - opensAt) / (closesAt - opensAt);
    const next = at + Math.round(minutesToNext(chance, perHour, partAt) * MINUTE);
    if (next >= closesAt) return;
    this.#at(next, () => {
      this.#send(wishOf(chance, config), 'device:kiosk-1');
      this.#nextCustomer(next, chance);
    });
  }

  #arrived(ticketId: TicketId): void {
    this.#fates.set(ticketId, fateOf(this.#people));
    if (this.#people.happens(IMPATIENT))
      this.#in(this.#people.exponential(PATIENCE_MINUTES), () =>
        this.#send({ type: 'CancelTicket', ticketId, reason: 'left' }, 'customer'),
      );
  }

  #comeBackLater(ticketId: TicketId): void {
    this.#fates.set(ticketId, 'comes');
    this.#in(this.#people.exponential(AWAY_MINUTES), () => this.#send({ type: 'RejoinQueue', ticketId }, 'customer'));
  }

  /** Whoever is free and has not seen the queue yet looks up and calls. */
  #callFromIdle(): void {
    if (this.#day.queue.size === 0) return;
    for (const { id, status, ticketId } of this.#day.counters.values())
      if (status === 'open' && ticketId === undefined && !this.#calling.has(id)) {
        this.#calling.add(id);
        this.#in(this.#work.between(...this.#habits(id).tidyMinutes), () => {
          this.#calling.delete(id);
          this.#send({ type: 'CallNext', counterId: id }, this.#actorAt(id));
        });
      }
  }

  #walkUp(counterId: CounterId, ticketId: TicketId, again: boolean): void {
    const fate = this.#fates.get(ticketId) ?? 'comes';
    const habits = this.#habits(counterId);
    const isCalled = () => this.#day.tickets.get(ticketId)?.call?.counterId === counterId;
    if (fate === 'comes' || (fate === 'comes-late' && again))
      return this.#in(this.#work.between(...habits.walkMinutes), () => {
        if (isCalled()) this.#send({ type: 'StartService', counterId }, this.#actorAt(counterId));
      });
    this.#in(RECALL_MINUTES, () => {
      if (!isCalled()) return;
      if (again) this.#send({ type: 'MarkNoShow', counterId }, this.#actorAt(counterId));
      else if (this.#send({ type: 'Recall', counterId }, this.#actorAt(counterId)))
        this.#walkUp(counterId, ticketId, true);
    });
  }

  #serve(ticketId: TicketId): void {
    const { counterId, services } = this.#day.tickets.get(ticketId) ?? {};
    if (counterId === undefined) return;
    const { config } = this.options;
    const speed = config.staff.find(({ id }) => id === this.#day.counters.get(counterId)?.tellerId)?.speed;
    const [service = ''] = services ?? [];
    const typical = config.services.find(({ id }) => id === service)?.minutes ?? 1;
    const pace = speed?.[service] ?? speed?.['*'] ?? 1;
    const minutes = Math.max(SHORTEST_SERVICE, this.#work.lognormal(typical / pace, this.#habits(counterId).variation));
    this.#in(minutes, () =>
      this.#send({ type: 'FinishService', counterId, outcome: 'done' }, this.#actorAt(counterId)),
    );
  }

  #answer(proposalId: ProposalId): void {
    const choice = this.#managers.uniform();
    const manager = actorOf(this.options.config.staff.at(-1)?.id);
    const reason = this.#managers.pick(REASONS) ?? 'other';
    this.#in(this.#managers.between(...ANSWER_MINUTES), () => {
      if (choice < APPROVES) this.#send({ type: 'ApproveProposal', proposalId }, manager);
      else if (choice < APPROVES + DISMISSES) this.#send({ type: 'DismissProposal', proposalId, reason }, manager);
    });
  }

  #habits(counterId: CounterId): Habits {
    return this.#day.index.counters.get(counterId)?.kind === 'device' ? MACHINE : PERSON;
  }

  #actorAt(counterId: CounterId): ActorId {
    const { tellerId } = this.#day.counters.get(counterId) ?? {};
    return tellerId === undefined ? `device:${counterId}` : actorOf(tellerId);
  }
}

function actorOf(staffId: StaffId | undefined): ActorId {
  return staffId === undefined ? 'system' : `staff:${staffId}`;
}

function counterAndTeller({ counterId, tellerId }: { readonly counterId: CounterId; readonly tellerId: StaffId }) {
  return { counterId, tellerId };
}
