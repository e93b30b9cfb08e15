import type { Instant } from '../../../domain/ids.ts';
import type { Clock } from '../../../server/ports.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** Beats and gathered views come sooner than this; what a hall does by itself comes later. */
const SOON_MS = 10_000;

/** A clock that stands still, so that a hall can be looked at for as long as one likes, while its screens stay connected. */
export class PosingClock implements Clock {
  readonly #manual: ManualClock;

  constructor(start: Instant) {
    this.#manual = new ManualClock(start);
  }

  now(): Instant {
    return this.#manual.now();
  }

  wakeAt(at: Instant, wake: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => {
      clearTimeout(timer);
      takeBack();
    };
    const act = () => {
      cancel();
      wake();
    };
    const takeBack = this.#manual.wakeAt(at, act);
    const ms = at - this.now();
    if (ms > 0 && ms <= SOON_MS) timer = setTimeout(act, ms);
    return cancel;
  }

  turnTo(instant: Instant): Promise<void> {
    return this.#manual.advanceTo(instant);
  }
}
