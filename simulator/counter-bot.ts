import type { BranchConfig } from '../domain/config.ts';
import type { CounterId, ServiceId, StaffId } from '../domain/ids.ts';
import type { CounterView, CurrentTicket } from '../domain/views/views.ts';
import type { Ack } from '../protocol/messages.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type { Chance } from './chance.ts';
import type { Crowd } from './crowd.ts';
import type { Habits } from './habits.ts';
import type { LiveView } from './live-view.ts';
import type { Pace } from './pace.ts';

const SECOND = 1 / 60;

export interface CounterBotOptions {
  readonly config: BranchConfig;
  readonly counterId: CounterId;
  /** Absent for a machine. */
  readonly teller?: { readonly id: StaffId; readonly speed: (service: ServiceId) => number | undefined } | undefined;
  readonly habits: Habits;
  readonly line: LiveView<CounterView>;
  readonly crowd: Crowd;
  readonly chance: Chance;
  readonly pace: Pace;
  /** Opens only for somebody who is sent over, and closes when the hall says so. */
  readonly floating: boolean;
}

/**
 * A teller, or a machine, at one counter. It looks at the view and does the next thing that somebody there would do, so
 * it finds its way after a cut, a restart, or a person who pressed the button first.
 */
export class CounterBot {
  /** When the customer in hand will be done: server time, ms. */
  #plan: { readonly ticketId: string; readonly until: number } | undefined;
  readonly #heldOnce = new Set<string>();

  constructor(private readonly options: CounterBotOptions) {}

  async run(): Promise<void> {
    const { line } = this.options;
    for (;;) {
      const { view } = line;
      if (view?.open) await this.#step(view);
      else await line.change(1);
    }
  }

  async #step(view: CounterView): Promise<void> {
    const { current, counter } = view;
    if (current?.status === 'called') return this.#receive(current);
    if (current?.status === 'serving') return this.#serve(current);
    switch (counter.status) {
      case 'closed':
        return this.#comeOn();
      case 'opening':
        return this.#arrive(view);
      case 'paused':
        return this.#rest();
      case 'closing':
        return this.options.line.change(1);
      case 'open':
        return this.#callNext(view);
    }
  }

  async #comeOn(): Promise<void> {
    const { floating, teller, counterId, line } = this.options;
    if (floating) return line.change(1);
    await this.#send({ type: 'OpenCounter', counterId, ...(teller && { tellerId: teller.id }) });
  }

  /** The person who was sent walks over, and signs in. */
  async #arrive({ counter }: CounterView): Promise<void> {
    const { line, chance, counterId } = this.options;
    const { tellerId } = counter;
    const stillOpening = (view: CounterView | undefined) => view?.counter.status === 'opening';
    if (await line.holds(chance.between(2, 4), stillOpening))
      await this.#send({ type: 'OpenCounter', counterId, ...(tellerId !== undefined && { tellerId }) });
  }

  async #rest(): Promise<void> {
    const { line, habits, chance, counterId } = this.options;
    const minutes = chance.exponential(Math.max(1, habits.pauseMinutes));
    if (await line.holds(minutes, (view) => view?.counter.status === 'paused'))
      await this.#send({ type: 'ResumeCounter', counterId });
  }

  async #callNext(view: CounterView): Promise<void> {
    const { line, counterId, chance, habits, config, pace } = this.options;
    const back = view.held.find(
      (row) => row.counterId === counterId && pace.minutes(Date.now() - row.since) > Math.max(1, habits.holdMinutes),
    );
    if (back) return this.#send({ type: 'ResumeTicket', counterId, ticketId: back.ticketId });
    if (view.queueLength === 0) return line.change(1);
    const reason = chance.happens(habits.pause) ? chance.pick(config.pauseReasons) : undefined;
    if (reason) return this.#send({ type: 'PauseCounter', counterId, reason: reason.id });
    const isFree = (now: CounterView | undefined) => now?.counter.status === 'open' && now.current === undefined;
    if (await line.holds(chance.between(...habits.tidyMinutes), isFree))
      await this.#send({ type: 'CallNext', counterId });
  }

  /** The customer walks up, or is called again, or is given up. */
  async #receive({ ticketId, call }: CurrentTicket): Promise<void> {
    const { crowd, chance, habits, counterId, config, pace } = this.options;
    const times = call?.times ?? 1;
    const fate = crowd.fateOf(ticketId);
    if (fate === 'comes' || (fate === 'comes-late' && times > 1)) {
      if (await this.#staysFor(ticketId, 'called', chance.between(...habits.walkMinutes))) {
        await this.#send({ type: 'StartService', counterId });
      }
      return;
    }
    // The rules of calling count in seconds of the server, whatever the speed of the hall.
    const patience = Math.max(40 * SECOND, pace.minutes(config.calling.recallAfterSeconds * 1000 + 200));
    if (!(await this.#staysFor(ticketId, 'called', patience))) return;
    await this.#send({ type: times > 1 ? 'MarkNoShow' : 'Recall', counterId });
  }

  async #serve(current: CurrentTicket): Promise<void> {
    const { ticketId } = current;
    const { counterId, chance, habits, config, pace } = this.options;
    if (this.#plan?.ticketId !== ticketId) {
      this.#plan = { ticketId, until: Date.now() + pace.ms(this.#serviceMinutes(current)) };
    }
    if (!(await this.#staysFor(ticketId, 'serving', pace.minutes(this.#plan.until - Date.now())))) return;
    this.#plan = undefined;
    const reason = chance.pick(config.holdReasons);
    if (reason && !this.#heldOnce.has(ticketId) && chance.happens(habits.hold)) {
      this.#heldOnce.add(ticketId);
      return this.#send({ type: 'HoldTicket', counterId, reason: reason.id });
    }
    const elsewhere = chance.happens(habits.transfer) ? chance.pick(this.#otherSegments(current)) : undefined;
    if (elsewhere !== undefined) {
      return this.#send({ type: 'TransferTicket', ticketId, to: { kind: 'segment', segment: elsewhere } });
    }
    const outcome =
      chance.weighted([['done', 95] as const, ['referred', 3] as const, ['not-possible', 2] as const]) ?? 'done';
    const atOnce = (this.options.line.view?.queueLength ?? 0) > 0 && chance.happens(habits.callsAtOnce);
    await this.#send(
      atOnce ? { type: 'CallNext', counterId, finish: outcome } : { type: 'FinishService', counterId, outcome },
    );
  }

  /** Service times are lognormal around the typical time of the service, divided by the speed of who does it. */
  #serviceMinutes({ services, typicalMs }: CurrentTicket): number {
    const { teller, chance, habits } = this.options;
    const speed = teller?.speed(services[0] ?? '') ?? 1;
    return Math.max(0.3, chance.lognormal(Math.max(1, typicalMs / 60_000) / speed, habits.variation));
  }

  /** Segments that people serve, other than the ticket's own. */
  #otherSegments({ segment }: CurrentTicket): readonly string[] {
    const { config } = this.options;
    const withPeople = config.counters.filter(({ kind }) => kind !== 'device').map(({ profile }) => profile);
    const served = config.workProfiles.filter(({ id }) => withPeople.includes(id)).flatMap(({ first }) => first);
    return [...new Set(served)].filter((other) => other !== segment);
  }

  #staysFor(ticketId: string, status: CurrentTicket['status'], minutes: number): Promise<boolean> {
    return this.options.line.holds(
      Math.max(0, minutes),
      (view) => view?.current?.ticketId === ticketId && view.current.status === status,
    );
  }

  /** After an acceptance the next step waits for the view that shows it; after anything else for a moment. */
  async #send(command: OutsideCommand): Promise<void> {
    const { line, pace } = this.options;
    const before = line.view;
    const ack: Ack | undefined = await line.send(command);
    if (ack?.ok) await line.holds(pace.minutes(1_000), (view) => view === before);
    else await pace.waitMs(1_000);
  }
}
