import type { CounterId } from '../domain/ids.ts';
import type { CounterView } from '../domain/views/views.ts';
import type { Chance } from './chance.ts';
import type { LiveView } from './live-view.ts';
import type { Pace } from './pace.ts';

/** Minutes of the hall, on average: rarely enough that the hall goes on, often enough that a visitor sees it. */
const IN_ORDER_MINUTES = 150;
const REPAIR_MINUTES = [4, 9] as const;
/** Without an answer it is said again. */
const AGAIN_MINUTES = 0.5;

export interface MachineBotOptions {
  readonly counterId: CounterId;
  readonly line: LiveView<CounterView>;
  readonly chance: Chance;
  readonly pace: Pace;
}

/** What a machine of the demo says of itself: now and then it has a fault, until somebody has been there. */
export class MachineBot {
  constructor(private readonly options: MachineBotOptions) {}

  async run(): Promise<void> {
    const { chance, pace } = this.options;
    for (;;) {
      // Also after a restart in the middle of a repair.
      await this.#say(false);
      await pace.wait(chance.exponential(IN_ORDER_MINUTES));
      await this.#say(true);
      await pace.wait(chance.between(...REPAIR_MINUTES));
    }
  }

  async #say(fault: boolean): Promise<void> {
    const { counterId, line, pace } = this.options;
    const command = { type: 'ReportMachine', counterId, fault, cannot: [] } as const;
    while ((await line.send(command)) === undefined) await pace.wait(AGAIN_MINUTES);
  }
}
