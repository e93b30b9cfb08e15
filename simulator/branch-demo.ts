import type { BranchConfig } from '../domain/config.ts';
import type { CounterId } from '../domain/ids.ts';
import type { CounterView, ManagerView } from '../domain/views/views.ts';
import { usualPerHour } from './arrivals.ts';
import { Chance } from './chance.ts';
import { CounterBot } from './counter-bot.ts';
import { Crowd } from './crowd.ts';
import { MACHINE, PERSON } from './habits.ts';
import { LiveView, type AudienceOf } from './live-view.ts';
import { LobbyBot } from './lobby-bot.ts';
import { MachineBot } from './machine-bot.ts';
import { HallClock, type Pace } from './pace.ts';
import { rosterOf } from './roster.ts';
import { WebDoor, type Who } from './web-door.ts';

export interface BranchDemoOptions {
  readonly config: BranchConfig;
  readonly url: string;
  readonly code: string | undefined;
  readonly pace: Pace;
  readonly seed: number;
  /** Customers per hour, all day alike; without it the day's curve around what the branch can serve. */
  readonly perHour: number | undefined;
  /** Counters that are left to the visitor. */
  readonly leave: readonly CounterId[];
}

/** All the people and machines of one branch. */
export class BranchDemo {
  readonly #manager: LiveView<ManagerView>;
  readonly #clock: HallClock;
  readonly #door: WebDoor;

  constructor(private readonly options: BranchDemoOptions) {
    const { url, config, code, pace } = options;
    this.#door = new WebDoor(url, config.branchId, code, pace);
    this.#clock = new HallClock(pace, config.hours);
    this.#manager = this.#look<ManagerView>({ kind: 'manager' }, { role: 'manager' });
  }

  /** Ends, with an error, when the demo stops. */
  async run(): Promise<void> {
    const { config, pace, seed, perHour, leave } = this.options;
    const named = (name: string) => new Chance(seed, `${config.branchId} ${name}`);
    const crowd = new Crowd({
      config,
      pace,
      door: this.#door,
      clock: this.#clock,
      chance: named('customers'),
      perHour: perHour ?? usualPerHour(config),
      evenly: perHour !== undefined,
    });
    const bots = this.#counterBots(crowd, named).filter(({ counterId }) => !leave.includes(counterId));
    const lobby = new LobbyBot(this.#manager, pace);
    await Promise.all([crowd.run(), lobby.run(), ...bots.map(({ bot }) => bot.run())]);
  }

  /** One tidy line: how the hall is doing now. */
  status(): string {
    const { config, pace } = this.options;
    const view = this.#manager.view;
    const head = `${config.branchId.padEnd(10)} ${this.#clock.text()}`;
    if (view === undefined) return `${head}  waiting for the server`;
    if (!view.open) return `${head}  the business day is closed`;
    const longest = Math.max(0, ...view.waiting.map(({ waitingSince }) => pace.minutes(Date.now() - waitingSince)));
    const busy = view.counters.filter(({ ticket }) => ticket !== undefined).length;
    const { finished, missed, cancelled } = view.today;
    return (
      `${head}  waiting ${String(view.waiting.length).padStart(3)} (longest ${Math.round(longest)} min)` +
      `  at counters ${busy}  served ${finished}  missed ${missed}  left ${cancelled}`
    );
  }

  #counterBots(
    crowd: Crowd,
    named: (name: string) => Chance,
  ): readonly { counterId: CounterId; bot: { run(): Promise<void> } }[] {
    const { config, pace } = this.options;
    const roster = rosterOf(config);
    return config.counters.flatMap(({ id: counterId, kind }) => {
      const person = roster.get(counterId);
      if (kind !== 'device' && person === undefined) return [];
      const floating = kind === 'floating';
      // Who sits at a floating window is decided during the day: its bot acts for whoever is sent.
      const who: Who = floating
        ? { role: 'manager' }
        : person
          ? { role: 'teller', staffId: person.id }
          : { role: 'device', deviceId: counterId };
      const line = this.#look<CounterView>({ kind: 'counter', counterId }, who);
      const bot = new CounterBot({
        config,
        counterId,
        teller: person && { id: person.id, speed: (service) => person.speed[service] ?? person.speed['*'] },
        habits: person ? PERSON : MACHINE,
        line,
        crowd,
        chance: named(counterId),
        pace,
        floating,
      });
      if (kind !== 'device') return [{ counterId, bot }];
      const faults = new MachineBot({ counterId, line, chance: named(`faults of ${counterId}`), pace });
      return [
        { counterId, bot },
        { counterId, bot: faults },
      ];
    });
  }

  #look<V extends CounterView | ManagerView>(audience: AudienceOf<V>, who: Who): LiveView<V> {
    const { url, config, pace } = this.options;
    return new LiveView<V>(url, { branchId: config.branchId, audience }, () => this.#door.session(who), pace);
  }
}
