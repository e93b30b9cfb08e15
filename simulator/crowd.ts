import type { BranchConfig } from '../domain/config.ts';
import type { TicketId } from '../domain/ids.ts';
import { minutesToNext } from './arrivals.ts';
import type { Chance } from './chance.ts';
import { AWAY_MINUTES, COMES_BACK, fateOf, IMPATIENT, PATIENCE_MINUTES, type Fate } from './fates.ts';
import type { HallClock, Pace } from './pace.ts';
import type { WebDoor } from './web-door.ts';
import { wishOf } from './wish.ts';

export interface CrowdOptions {
  readonly config: BranchConfig;
  readonly door: WebDoor;
  readonly chance: Chance;
  readonly pace: Pace;
  readonly clock: HallClock;
  /** Customers per hour of the hall, the mean of the day. */
  readonly perHour: number;
  /** Come evenly instead of by the day's curve. */
  readonly evenly: boolean;
}

/** The customers of one branch, who use its kiosk and their phones. */
export class Crowd {
  readonly #fates = new Map<TicketId, Fate>();

  constructor(private readonly options: CrowdOptions) {}

  /** Somebody who is none of the crowd took a number on a real screen: we take it that they come. */
  fateOf(ticketId: TicketId): Fate {
    return this.#fates.get(ticketId) ?? 'comes';
  }

  /** Lets customers come until the demo stops. */
  async run(): Promise<void> {
    const { door, pace, chance, clock, perHour, evenly } = this.options;
    let token = await door.session({ role: 'kiosk', deviceId: 'demo-kiosk' });
    for (;;) {
      await pace.wait(
        evenly ? chance.exponential(60 / perHour) : minutesToNext(chance, perHour, (ahead) => clock.part(ahead)),
      );
      const ack = await door.command(wishOf(chance, this.options.config), token);
      if (ack?.ok && ack.answer.issued) void this.#live(ack.answer.issued.ticketId).catch(() => undefined);
      else if (ack && 'problem' in ack && ack.problem.code === 'not-signed-in') {
        token = await door.session({ role: 'kiosk', deviceId: 'demo-kiosk' });
      }
    }
  }

  /** From the ticket on. What is refused (called meanwhile, served already) needs no answer. */
  async #live(ticketId: TicketId): Promise<void> {
    const { door, pace, chance } = this.options;
    const fate = fateOf(chance);
    this.#fates.set(ticketId, fate);
    if (fate === 'stays-away' && chance.happens(COMES_BACK)) {
      await pace.wait(chance.exponential(AWAY_MINUTES));
      this.#fates.set(ticketId, 'comes');
      await door.command({ type: 'RejoinQueue', ticketId });
    } else if (chance.happens(IMPATIENT)) {
      await pace.wait(chance.exponential(PATIENCE_MINUTES));
      await door.command({ type: 'CancelTicket', ticketId, reason: 'left' });
    }
  }
}
