import type { DomainEvent } from '../../domain/events.ts';
import type { CounterId, TicketId } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import { minuteOf, type Post } from '../scenario/branch.ts';
import type { Customer } from '../scenario/day-draw.ts';
import type { Scenario } from '../scenario/schema.ts';

export type Fate = 'served' | 'left' | 'missed' | 'expired' | 'turned-away';

/** What came of one customer. Minutes. */
export interface Story {
  readonly customer: Customer;
  /** One wait for each time that they sat down to wait. */
  readonly waits: number[];
  /** How many waited, and whether no counter was free, when they came. */
  readonly queueSeen: number;
  readonly allBusy: boolean;
  waitsSince: number;
  /** Service of the ticket that each wait was for. */
  readonly waitedFor: string[];
  fate: Fate | undefined;
  endedAt: number;
}

/** Times of one counter within the counted part of the run, minutes. */
export interface CounterTimes {
  open: number;
  busy: number;
}

/** What one day gave. Areas are integrals over the counted part of the run, minutes times persons. */
export interface DayFigures {
  readonly day: number;
  readonly countedMinutes: number;
  readonly stories: readonly Story[];
  readonly counters: ReadonlyMap<CounterId, CounterTimes>;
  readonly queueArea: number;
  readonly queueAreas: ReadonlyMap<string, number>;
  readonly hallArea: number;
  readonly emptyMinutes: number;
  /** Floating windows that are opening or open, beyond the base. */
  readonly paidFloatingArea: number;
  /** All of the day, also after the doors have closed. */
  readonly floatingMinutes: number;
  readonly tellerMinutes: number;
  readonly openings: number;
  /** From when to when each floating window was paid, minutes. */
  readonly windowSpans: readonly (readonly [from: number, to: number])[];
  readonly samples: readonly (readonly number[])[];
  /** What was wrong, in words; empty when all invariants held. */
  readonly faults: readonly string[];
  readonly cpuMs: number;
}

/** Watches one day: adds up areas as time passes, and keeps the story of each customer. */
export class Meter {
  readonly stories: Story[] = [];
  readonly faults: string[] = [];
  readonly counters = new Map<CounterId, CounterTimes>();
  /** Over the whole run, for the check by Little's law. */
  readonly wholeQueueAreas: number[];
  inHall = 0;
  tellerMinutes = 0;
  floatingMinutes = 0;
  openings = 0;
  readonly windowSpans: (readonly [number, number])[] = [];
  readonly samples: number[][];
  readonly #byTicket = new Map<TicketId, Story>();
  readonly #queueAreas: number[];
  readonly #openSince = new Map<CounterId, number>();
  readonly #busySince = new Map<CounterId, number>();
  readonly #paidSince = new Map<CounterId, number>();
  readonly #segments: readonly string[];
  #hallArea = 0;
  #emptyMinutes = 0;
  #paidArea = 0;
  #minute = 0;
  #nextSample = 0;

  constructor(
    private readonly scenario: Scenario,
    posts: readonly Post[],
    private readonly base: number,
  ) {
    this.#segments = scenario.segments.map(({ id }) => id);
    this.#queueAreas = this.#segments.map(() => 0);
    this.wholeQueueAreas = this.#segments.map(() => 0);
    for (const { id } of posts) this.counters.set(id, { open: 0, busy: 0 });
    this.samples = scenario.report.sample?.at.map(() => []) ?? [];
  }

  /** Lets time pass up to `minute`, in the state as it stands. */
  pass(minute: number, state: BranchDay): void {
    if (this.scenario.report.sample !== undefined) this.#sample(minute);
    const counted = this.#counted(this.#minute, minute);
    const passed = minute - this.#minute;
    if (state.queue.size > 0)
      for (const [place, segment] of this.#segments.entries()) {
        const waiting = state.queue.waitingIn(segment);
        this.#queueAreas[place] = (this.#queueAreas[place] ?? 0) + waiting * counted;
        this.wholeQueueAreas[place] = (this.wholeQueueAreas[place] ?? 0) + waiting * passed;
      }
    this.#hallArea += this.inHall * counted;
    if (this.inHall === 0) this.#emptyMinutes += counted;
    this.#paidArea += (this.#paidSince.size - this.base) * counted;
    this.#minute = minute;
  }

  arrives(customer: Customer, ticketId: TicketId, state: BranchDay, allBusy: boolean): void {
    const story: Story = {
      customer,
      waits: [],
      queueSeen: state.queue.size,
      allBusy,
      waitsSince: customer.arrival,
      waitedFor: [],
      fate: undefined,
      endedAt: NaN,
    };
    this.stories.push(story);
    this.#byTicket.set(ticketId, story);
  }

  turnedAway(customer: Customer): void {
    const at = customer.arrival;
    const rest = { queueSeen: 0, allBusy: true, waitsSince: at, waitedFor: [], endedAt: at };
    this.stories.push({ customer, waits: [], fate: 'turned-away', ...rest });
  }

  storyOf(ticketId: TicketId): Story {
    const story = this.#byTicket.get(ticketId);
    if (story === undefined) throw new Error(`ticket ${ticketId} has no customer`);
    return story;
  }

  /** From now on this window is paid for: somebody is on the way to it. */
  ordered(counterId: CounterId, minute: number): void {
    this.#paidSince.set(counterId, minute);
    if (minute >= this.scenario.run.warmUpMinutes) this.openings += 1;
  }

  /** To be told each event after the state has taken it in. */
  saw(event: DomainEvent): void {
    const minute = minuteOf(event.at);
    switch (event.type) {
      case 'TicketIssued':
        this.inHall += 1;
        return;
      case 'TicketCalled': {
        this.#endWait(this.storyOf(event.ticketId), minute);
        this.#busySince.set(event.counterId, minute);
        return;
      }
      case 'ServiceFinished': {
        const story = this.storyOf(event.ticketId);
        if (event.remaining.length > 0) {
          story.waitsSince = minute;
          return;
        }
        return this.#end(story, 'served', minute);
      }
      case 'TicketMissed':
        return this.#end(this.storyOf(event.ticketId), 'missed', minute);
      case 'TicketCancelled':
        this.#endWait(this.storyOf(event.ticketId), minute);
        return this.#end(this.storyOf(event.ticketId), 'left', minute);
      case 'TicketExpired':
        return this.#end(this.storyOf(event.ticketId), 'expired', minute);
      case 'CounterOpened':
        this.#openSince.set(event.counterId, minute);
        return;
      case 'CounterClosed':
        return this.#closed(event.counterId, minute);
      default:
        return;
    }
  }

  /** The ticket left its counter. */
  freed(counterId: CounterId, minute: number): void {
    const times = this.counters.get(counterId);
    const since = this.#busySince.get(counterId);
    if (times !== undefined && since !== undefined) times.busy += this.#counted(since, minute);
    this.#busySince.delete(counterId);
  }

  figures(day: number, cpuMs: number): DayFigures {
    const { warmUpMinutes, minutes } = this.scenario.run;
    return {
      day,
      countedMinutes: minutes - warmUpMinutes,
      stories: this.stories,
      counters: this.counters,
      queueArea: this.#queueAreas.reduce((sum, area) => sum + area, 0),
      queueAreas: new Map(this.#segments.map((id, place) => [id, this.#queueAreas[place] ?? 0])),
      hallArea: this.#hallArea,
      emptyMinutes: this.#emptyMinutes,
      paidFloatingArea: this.#paidArea,
      floatingMinutes: this.floatingMinutes,
      tellerMinutes: this.tellerMinutes,
      openings: this.openings,
      windowSpans: this.windowSpans,
      samples: this.samples,
      faults: this.faults,
      cpuMs,
    };
  }

  #endWait(story: Story, minute: number): void {
    story.waitedFor.push(story.customer.services[story.waits.length] ?? story.customer.services[0] ?? '');
    story.waits.push(minute - story.waitsSince);
  }

  #end(story: Story, fate: Fate, minute: number): void {
    this.inHall -= 1;
    if (story.fate !== undefined) this.faults.push(`customer ${story.customer.index} ended twice`);
    story.fate = fate;
    story.endedAt = minute;
  }

  #closed(counterId: CounterId, minute: number): void {
    const since = this.#openSince.get(counterId);
    const times = this.counters.get(counterId);
    if (since === undefined || times === undefined) return;
    times.open += this.#counted(since, minute);
    this.tellerMinutes += minute - Math.max(since, Math.min(minute, this.scenario.run.warmUpMinutes));
    this.#openSince.delete(counterId);
    const paidSince = this.#paidSince.get(counterId);
    if (paidSince === undefined) return;
    this.floatingMinutes += minute - Math.max(paidSince, Math.min(minute, this.scenario.run.warmUpMinutes));
    this.windowSpans.push([paidSince, minute]);
    this.#paidSince.delete(counterId);
  }

  /** The part of a stretch that lies between warm-up and closing time. */
  #counted(from: number, to: number): number {
    const { warmUpMinutes, minutes } = this.scenario.run;
    return Math.max(0, Math.min(to, minutes) - Math.max(from, warmUpMinutes));
  }

  #sample(minute: number): void {
    const { sample } = this.scenario.report;
    if (sample === undefined) return;
    const { warmUpMinutes, minutes } = this.scenario.run;
    for (;;) {
      const place = this.#nextSample % sample.at.length;
      const at = Math.floor(this.#nextSample / sample.at.length) * sample.period + (sample.at[place] ?? 0);
      if (at > minute || at > minutes) return;
      if (at >= warmUpMinutes) this.samples[place]?.push(this.inHall);
      this.#nextSample += 1;
    }
  }
}
