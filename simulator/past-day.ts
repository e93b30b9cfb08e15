import type { ActorId, Instant, ProposalId } from '../domain/ids.ts';
import { MINUTE } from '../domain/ids.ts';
import type { Command, DismissReason } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { DomainEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { DueHeap } from '../domain/replay/due-heap.ts';
import type { BranchDay } from '../domain/state.ts';
import { timersOf } from '../domain/timers.ts';
import { Chance } from './chance.ts';
import { PastCustomers } from './past-customers.ts';
import { lobbyOf, type PastDayOptions, type PastHall } from './past-hall.ts';
import { breakMachines } from './past-machines.ts';
import { PastTellers } from './past-tellers.ts';

/** What a lobby manager does with a proposal, and after how long. The others are not answered. */
const APPROVES = 0.84;
const DISMISSES = 0.1;
const ANSWER_MINUTES = [0.4, 2.5] as const;
const REASONS: readonly DismissReason[] = ['nobody-free', 'passes-soon', 'other-plan', 'wrong-window'];
/** Whoever still waits so long after the doors were closed is sent home, ms. */
const LONGEST_EVENING = 120 * MINUTE;

/** The events of one whole day of a branch, from its opening to its closing, by the product itself. The same options give the same day. */
export function playPastDay(options: PastDayOptions): {
  readonly events: readonly DomainEvent[];
  readonly end: BranchDay;
} {
  return new PlayedDay(options).run();
}

class PlayedDay implements PastHall {
  now: Instant;
  readonly #due = new DueHeap<() => void>();
  readonly #events: DomainEvent[] = [];
  readonly #customers: PastCustomers;
  readonly #tellers: PastTellers;
  readonly #managers: Chance;
  #state: BranchDay | undefined;
  #ids = 0;

  constructor(readonly options: PastDayOptions) {
    this.now = options.from;
    this.#customers = new PastCustomers(this);
    this.#tellers = new PastTellers(this, this.#customers);
    this.#managers = this.chance('managers');
  }

  run(): { readonly events: readonly DomainEvent[]; readonly end: BranchDay } {
    const { config, day, forecast, closesAt } = this.options;
    this.send({ type: 'OpenDay', day, config, forecast, closesAt });
    this.#tellers.begin();
    breakMachines(this);
    this.#customers.begin();
    this.#liveUntil((at) => at >= closesAt && (this.#isEmpty() || at >= closesAt + LONGEST_EVENING));
    for (const { id: counterId, status } of this.day.counters.values())
      if (status !== 'closed') this.send({ type: 'CloseCounter', counterId });
    this.send({ type: 'CloseDay' });
    return { events: this.#events, end: this.day };
  }

  get day(): BranchDay {
    if (this.#state === undefined) throw new Error('the day is not open');
    return this.#state;
  }

  chance(name: string): Chance {
    const { config, day, seed } = this.options;
    return new Chance(seed, `${config.branchId} ${day} ${name}`);
  }

  at(at: Instant, act: () => void): void {
    this.#due.push(Math.max(at, this.now), act);
  }

  in(minutes: number, act: () => void): void {
    this.at(this.now + Math.round(minutes * MINUTE), act);
  }

  send(command: Command, actor: ActorId = 'system'): boolean {
    const id = `${this.options.config.branchId}-${this.options.day}-${(this.#ids += 1)}`;
    const decision = decide(this.#state, command, { now: Math.round(this.now), actor, commandId: id, newId: id });
    if (!decision.ok) return false;
    for (const event of decision.events) {
      this.#state = evolve(this.#state, event);
      this.#events.push(event);
    }
    for (const event of decision.events) this.#see(event);
    return true;
  }

  #liveUntil(over: (at: Instant) => boolean): void {
    for (;;) {
      const timer = timersOf(this.day).reduce<ReturnType<typeof timersOf>[number] | undefined>(
        (first, each) => (first === undefined || each.at < first.at ? each : first),
        undefined,
      );
      const at = Math.min(this.#due.nextAt, timer?.at ?? Infinity);
      if (at === Infinity || over(at)) return;
      this.now = Math.max(this.now, at);
      if (timer !== undefined && timer.at <= this.now) this.send(timer.command);
      else this.#due.pop()?.();
    }
  }

  #isEmpty(): boolean {
    const { queue, counters, tickets } = this.day;
    return (
      queue.size === 0 &&
      [...counters.values()].every(({ ticketId }) => ticketId === undefined) &&
      [...tickets.values()].every(({ status }) => status !== 'held')
    );
  }

  /** What the people in the hall do when they see this. */
  #see(event: DomainEvent): void {
    const tellers = this.#tellers;
    switch (event.type) {
      case 'TicketIssued':
        this.#customers.arrived(event.ticketId);
        return tellers.lookUp();
      case 'TicketCalled':
        return tellers.called(event.counterId, event.ticketId);
      case 'TicketMissed':
        this.#customers.missed(event.ticketId);
        return tellers.lookUp();
      case 'ServiceStarted':
        return tellers.serve(event.ticketId);
      case 'CounterOpening':
        return tellers.sentTo(event.counterId, event.tellerId);
      case 'WindowProposed':
        return this.#answer(event.proposalId);
      case 'ServiceFinished':
        tellers.freed(event.ticketId);
        return tellers.lookUp();
      case 'CounterOpened':
      case 'CounterResumed':
      case 'TicketHeld':
      case 'TicketTransferred':
      case 'TicketRejoined':
      case 'ChannelFailed':
      case 'MachineFailed':
      case 'MachineRecovered':
      case 'WorkProfileSet':
      case 'WindowsReviewed': // A ticket that has become late may be called from where it was not before.
        return tellers.lookUp();
      default:
        return;
    }
  }

  #answer(proposalId: ProposalId): void {
    const choice = this.#managers.uniform();
    const manager = lobbyOf(this.options.config);
    const reason = this.#managers.pick(REASONS) ?? 'other';
    this.in(this.#managers.between(...ANSWER_MINUTES), () => {
      if (choice < APPROVES) this.send({ type: 'ApproveProposal', proposalId }, manager);
      else if (choice < APPROVES + DISMISSES) this.send({ type: 'DismissProposal', proposalId, reason }, manager);
    });
  }
}
