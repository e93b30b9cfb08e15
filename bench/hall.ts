import type { Command, TakeTicket } from '../domain/commands.ts';
import type { BranchConfig } from '../domain/config.ts';
import { decide } from '../domain/decide.ts';
import type { DomainEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import type { Instant } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';

const OPENED_AT = Date.UTC(2026, 10, 24, 1);
const DAY = '2026-11-24';
const HOUR = 3_600_000;

/** A command with its context, made before the clock is started. */
export interface Job {
  readonly command: Command;
  readonly now: Instant;
  readonly actor: string;
  readonly commandId: string;
  readonly newId: string;
}

/** A branch day of the pure core, without a server around it. */
export class Hall {
  state: BranchDay | undefined;
  now = OPENED_AT;
  /** Kept only when asked for: a stored day is measured with them. */
  readonly log: DomainEvent[] | undefined;
  readonly #wishes: readonly TakeTicket[];
  #jobs = 0;
  #taken = 0;

  constructor(config: BranchConfig, keepLog = false) {
    this.log = keepLog ? [] : undefined;
    this.#wishes = wishesOf(config);
    this.run(this.job({ type: 'OpenDay', day: DAY, config }));
  }

  job(command: Command, actor = 'device:kiosk-1'): Job {
    const id = `id-${(this.#jobs += 1)}`;
    return { command, now: this.now, actor, commandId: `command-${id}`, newId: id };
  }

  /** The next of a fixed mixture of customers. */
  customer(): Job {
    const wish = this.#wishes[(this.#taken += 1) % this.#wishes.length];
    if (wish === undefined) throw new Error('the branch offers no service');
    return this.job(wish);
  }

  /** What a host does with a command: decide, then evolve. */
  run(job: Job): void {
    const decision = decide(this.state, job.command, job);
    if (!decision.ok) throw new Error(`${job.command.type} was refused: ${decision.rejection.code}`);
    for (const event of decision.events) this.state = evolve(this.state, event);
    this.log?.push(...decision.events);
  }

  /** `count` customers take a number, spread evenly over `hours`. */
  fill(count: number, hours = 1): void {
    for (let taken = 0; taken < count; taken += 1) {
      this.now += (hours * HOUR) / count;
      this.run(this.customer());
    }
  }

  /** Opens the first `count` counters that have a teller, each with somebody who can do most. */
  openCounters(count: number): string[] {
    const config = this.state?.config;
    const staffed = config?.counters.filter(({ kind }) => kind !== 'device').slice(0, count) ?? [];
    const tellers = [...(config?.staff ?? [])].sort((one, other) => other.skills.length - one.skills.length);
    staffed.forEach(({ id }, place) => {
      this.run(this.job({ type: 'OpenCounter', counterId: id, tellerId: tellers[place]?.id }, `staff:${id}`));
    });
    return staffed.map(({ id }) => id);
  }
}

/** One in six with a care need, one in ten of a tier, amounts below and above what a machine takes. */
function wishesOf({ services, careNeeds, tiers }: BranchConfig): TakeTicket[] {
  const person = (place: number): TakeTicket => ({
    type: 'TakeTicket',
    services: [services[(place * 7) % services.length]?.id ?? ''],
    careNeeds: place % 6 === 0 ? careNeeds.slice(0, 1).map(({ id }) => id) : [],
    tier: place % 10 === 0 ? tiers[0]?.id : undefined,
    amount: place % 3 === 0 ? 30_000 : undefined,
  });
  return Array.from({ length: 840 }, (_, place) => person(place));
}
