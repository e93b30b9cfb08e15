import type { Instant } from '../domain/ids.ts';
import type { Problem } from '../protocol/messages.ts';
import type { Clock } from './ports.ts';

/** This many times as many, and it is no haste but an attack, or a fault. */
const FLOOD = 4;

/** So many in each second; more are told to slow down. */
export class RateLimit {
  #second: Instant = 0;
  #taken = 0;

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number,
  ) {}

  /** @returns nothing when it may pass, else what to say */
  take(): Problem | undefined {
    const second = Math.floor(this.clock.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#taken = 0;
    }
    this.#taken += 1;
    return this.#taken > this.perSecond ? tooFast(this.perSecond) : undefined;
  }

  /** Answering each of them would be what the sender is after. */
  get flooded(): boolean {
    return this.#taken > FLOOD * this.perSecond;
  }
}

export function tooFast(perSecond: number): Problem {
  return { code: 'too-fast', message: `At most ${perSecond} commands a second are taken from one sender. Slow down.` };
}
