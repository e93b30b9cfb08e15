import { ManualClock } from './manual-clock.ts';

/** One that jumps: a whole day in no time. Nothing that is planned falls due by it. */
export class JumpingClock extends ManualClock {
  #ahead = 0;

  override now(): number {
    return super.now() + this.#ahead;
  }

  jump(ms: number): void {
    this.#ahead += ms;
  }
}
