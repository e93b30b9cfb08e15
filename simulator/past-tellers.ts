import type { Outcome } from '../domain/commands.ts';
import type { CounterConfig } from '../domain/config.ts';
import type { ActorId, CounterId, SegmentId, StaffId, TicketId } from '../domain/ids.ts';
import { MINUTE } from '../domain/ids.ts';
import type { Chance } from './chance.ts';
import { MACHINE, PERSON, type Habits } from './habits.ts';
import type { PastCustomers } from './past-customers.ts';
import { actorOf, type PastHall } from './past-hall.ts';
import { rosterOf } from './roster.ts';

/** From the message to the first customer at a floating window. */
const WALK_OVER_MINUTES = [2, 4] as const;
const RECALL_MINUTES = 0.7;
const SHORTEST_SERVICE = 0.3;
/** What is left to do with somebody who comes back with their papers. */
const AFTER_HOLD = 0.4;
/** Everybody at a fixed window has lunch once, one after the other. */
const LUNCH = { first: 0.28, everyMinutes: 35, minutes: [22, 32] } as const;
const OUTCOMES: readonly (readonly [Outcome, number])[] = [
  ['done', 95],
  ['referred', 3],
  ['not-possible', 2],
];
/** A machine that could not help. */
const MACHINE_FAILS = 0.05;

interface Pause {
  readonly reason: string;
  readonly minutes: number;
}

/** Whoever works at the counters of a past day, and its machines. */
export class PastTellers {
  readonly #roster: ReturnType<typeof rosterOf>;
  readonly #work: Chance;
  readonly #ways: Chance;
  /** Counters that are about to call. */
  readonly #calling = new Set<CounterId>();
  /** What a counter does when it is free next: rest, or go on with somebody who came back. */
  readonly #pauses = new Map<CounterId, Pause>();
  readonly #back = new Map<CounterId, TicketId>();
  readonly #held = new Set<TicketId>();

  constructor(
    private readonly hall: PastHall,
    private readonly customers: PastCustomers,
  ) {
    this.#roster = rosterOf(hall.options.config);
    this.#work = hall.chance('work');
    this.#ways = hall.chance('ways');
  }

  begin(): void {
    const { hall } = this;
    const { config, opensAt, trouble } = hall.options;
    const windows = config.counters.filter(({ kind }) => kind === 'fixed').map(({ id }) => id);
    const ill = new Set(windows.slice(windows.length - (trouble?.ill ?? 0)));
    let lunches = 0;
    for (const { id: counterId, kind } of config.counters) {
      const person = this.#roster.get(counterId);
      if (kind === 'floating' || ill.has(counterId) || (kind !== 'device' && person === undefined)) continue;
      hall.at(opensAt - this.#work.between(0, 5) * MINUTE, () =>
        hall.send({ type: 'OpenCounter', counterId, tellerId: person?.id }, actorOf(person?.id)),
      );
      if (kind === 'fixed') this.#lunchAt(counterId, lunches++);
    }
  }

  /** Whoever is free and has not seen the queue yet looks up and calls. */
  lookUp(): void {
    if (this.hall.day.queue.size === 0) return;
    for (const { id, status, ticketId } of this.hall.day.counters.values())
      if (status === 'open' && ticketId === undefined && !this.#calling.has(id)) {
        this.#calling.add(id);
        this.hall.in(this.#work.between(...this.#habits(id).tidyMinutes), () => {
          this.#calling.delete(id);
          if (!this.#does(id)) this.hall.send({ type: 'CallNext', counterId: id }, this.#actorAt(id));
        });
      }
  }

  /** After a customer: what has waited for this comes before the next one. */
  freed(ticketId: TicketId): void {
    const { counterId } = this.hall.day.tickets.get(ticketId) ?? {};
    if (counterId === undefined) return;
    const { pause, pauseMinutes } = this.#habits(counterId);
    if (!this.#pauses.has(counterId) && this.#ways.happens(pause)) {
      const reason = this.#ways.pick(this.hall.options.config.pauseReasons)?.id ?? '';
      this.#pauses.set(counterId, { reason, minutes: Math.max(1, this.#ways.exponential(pauseMinutes)) });
    }
    this.#does(counterId);
  }

  sentTo(counterId: CounterId, tellerId: StaffId): void {
    this.hall.in(this.#work.between(...WALK_OVER_MINUTES), () =>
      this.hall.send({ type: 'OpenCounter', counterId, tellerId }, actorOf(tellerId)),
    );
  }

  called(counterId: CounterId, ticketId: TicketId, again = false): void {
    const { hall } = this;
    const fate = this.customers.fateOf(ticketId);
    const isCalled = () => hall.day.tickets.get(ticketId)?.call?.counterId === counterId;
    if (fate === 'comes' || (fate === 'comes-late' && again))
      return hall.in(this.#work.between(...this.#habits(counterId).walkMinutes), () => {
        if (isCalled()) hall.send({ type: 'StartService', counterId }, this.#actorAt(counterId));
      });
    hall.in(RECALL_MINUTES, () => {
      if (!isCalled()) return;
      if (again) hall.send({ type: 'MarkNoShow', counterId }, this.#actorAt(counterId));
      else if (hall.send({ type: 'Recall', counterId }, this.#actorAt(counterId)))
        this.called(counterId, ticketId, true);
    });
  }

  serve(ticketId: TicketId): void {
    const { counterId, services } = this.hall.day.tickets.get(ticketId) ?? {};
    if (counterId === undefined) return;
    const { config } = this.hall.options;
    const speed = config.staff.find(({ id }) => id === this.hall.day.counters.get(counterId)?.tellerId)?.speed;
    const [service = ''] = services ?? [];
    const typical = config.services.find(({ id }) => id === service)?.minutes ?? 1;
    const pace = speed?.[service] ?? speed?.['*'] ?? 1;
    const whole = this.#work.lognormal(typical / pace, this.#habits(counterId).variation);
    const minutes = Math.max(SHORTEST_SERVICE, this.#held.has(ticketId) ? AFTER_HOLD * whole : whole);
    this.hall.in(minutes, () => {
      if (this.hall.day.counters.get(counterId)?.ticketId === ticketId) this.#ends(counterId, ticketId);
    });
  }

  #ends(counterId: CounterId, ticketId: TicketId): void {
    const { hall } = this;
    const actor = this.#actorAt(counterId);
    const kind = this.#kindOf(counterId);
    const habits = this.#habits(counterId);
    if (kind === 'device') {
      const outcome = this.#ways.happens(MACHINE_FAILS) ? 'not-possible' : 'done';
      hall.send({ type: 'FinishService', counterId, outcome }, actor);
      return;
    }
    if (kind === 'fixed' && !this.#held.has(ticketId) && this.#ways.happens(habits.hold))
      return this.#hold(counterId, ticketId, habits.holdMinutes);
    const segment = this.#ways.happens(habits.transfer) ? this.#ways.pick(this.#otherSegments(ticketId)) : undefined;
    if (
      segment !== undefined &&
      hall.send({ type: 'TransferTicket', ticketId, to: { kind: 'segment', segment } }, actor)
    )
      return;
    const outcome = this.#ways.weighted(OUTCOMES) ?? 'done';
    const atOnce = !this.#pauses.has(counterId) && hall.day.queue.size > 0 && this.#ways.happens(habits.callsAtOnce);
    if (atOnce && hall.send({ type: 'CallNext', counterId, finish: outcome }, actor)) return;
    hall.send({ type: 'FinishService', counterId, outcome }, actor);
  }

  #hold(counterId: CounterId, ticketId: TicketId, minutes: number): void {
    const reason = this.#ways.pick(this.hall.options.config.holdReasons)?.id ?? '';
    this.#held.add(ticketId);
    this.hall.send({ type: 'HoldTicket', counterId, reason }, this.#actorAt(counterId));
    this.hall.in(this.#ways.exponential(minutes), () => {
      this.#back.set(counterId, ticketId);
      this.#does(counterId);
    });
  }

  /** @returns whether a free counter did something else than to call the next one */
  #does(counterId: CounterId): boolean {
    const counter = this.hall.day.counters.get(counterId);
    if (counter?.status !== 'open' || counter.ticketId !== undefined) return false;
    const ticketId = this.#back.get(counterId);
    if (ticketId !== undefined) {
      this.#back.delete(counterId);
      if (this.hall.send({ type: 'ResumeTicket', counterId, ticketId }, this.#actorAt(counterId))) return true;
    }
    const pause = this.#pauses.get(counterId);
    return pause !== undefined && this.#rest(counterId, pause);
  }

  #rest(counterId: CounterId, { reason, minutes }: Pause): boolean {
    this.#pauses.delete(counterId);
    const actor = this.#actorAt(counterId);
    if (!this.hall.send({ type: 'PauseCounter', counterId, reason }, actor)) return false;
    this.hall.in(minutes, () => this.hall.send({ type: 'ResumeCounter', counterId }, actor));
    return true;
  }

  #lunchAt(counterId: CounterId, place: number): void {
    const { config, opensAt, closesAt } = this.hall.options;
    const reason = config.pauseReasons.find(({ id }) => id === 'lunch')?.id;
    if (reason === undefined) return;
    const at = opensAt + LUNCH.first * (closesAt - opensAt) + place * LUNCH.everyMinutes * MINUTE;
    this.hall.at(at, () => {
      this.#pauses.set(counterId, { reason, minutes: this.#ways.between(...LUNCH.minutes) });
      this.#does(counterId);
    });
  }

  /** Segments that people serve, other than the ticket's own. */
  #otherSegments(ticketId: TicketId): readonly SegmentId[] {
    const { index, config, tickets } = this.hall.day;
    const served = config.counters
      .filter(({ kind }) => kind === 'fixed')
      .flatMap(({ profile }) => index.profiles.get(profile)?.first ?? []);
    return [...new Set(served)].filter((segment) => segment !== tickets.get(ticketId)?.segment);
  }

  #kindOf(counterId: CounterId): CounterConfig['kind'] | undefined {
    return this.hall.day.index.counters.get(counterId)?.kind;
  }

  #habits(counterId: CounterId): Habits {
    return this.#kindOf(counterId) === 'device' ? MACHINE : PERSON;
  }

  #actorAt(counterId: CounterId): ActorId {
    const { tellerId } = this.hall.day.counters.get(counterId) ?? {};
    return tellerId === undefined ? `device:${counterId}` : actorOf(tellerId);
  }
}
