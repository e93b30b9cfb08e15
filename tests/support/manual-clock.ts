import type { Instant } from '../../domain/ids.ts';
import type { Clock } from '../../server/ports.ts';

interface Wake {
  readonly at: Instant;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that a test turns by hand. */
export class ManualClock implements Clock {
  #now: Instant;
  #count = 0;
  readonly #wakes = new Set<Wake>();

  constructor(start: Instant = Date.UTC(2026, 10, 24, 1)) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  wakeAt(at: Instant, wake: () => void): () => void {
    const entry: Wake = { at, order: (this.#count += 1), wake };
    this.#wakes.add(entry);
    // What is already due does not wait for the clock to be turned.
    if (at <= this.#now) queueMicrotask(() => this.#fire(entry));
    return () => this.#wakes.delete(entry);
  }

  /** How many wake-ups are planned. */
  get planned(): number {
    return this.#wakes.size;
  }

  advanceBy(ms: number): Promise<void> {
    return this.advanceTo(this.#now + ms);
  }

  /** Fires all that falls due until `instant`, in order, each at its own time; what they cause in turn has run when this resolves. */
  async advanceTo(instant: Instant): Promise<void> {
    await settled();
    for (let next = this.#next(instant); next; next = this.#next(instant)) {
      this.#now = Math.max(this.#now, next.at);
      this.#fire(next);
      await settled();
    }
    this.#now = Math.max(this.#now, instant);
    await settled();
  }

  /** As for a machine that slept: it is later at once, and what fell due meanwhile comes late, and once. */
  async leapTo(instant: Instant): Promise<void> {
    const due = [...this.#wakes].filter(({ at }) => at <= instant).sort((a, b) => a.at - b.at || a.order - b.order);
    this.#now = Math.max(this.#now, instant);
    for (const entry of due) this.#fire(entry);
    await settled();
  }

  #next(until: Instant): Wake | undefined {
    return [...this.#wakes].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  #fire(entry: Wake): void {
    if (this.#wakes.delete(entry)) entry.wake();
  }
}

/** All microtasks have run. */
function settled(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
