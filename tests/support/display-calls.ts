import type { DisplayCall } from '../../domain/views/views.ts';

/** A call as a display sees it. */
export function displayCall(callId: string, lastAt: number, times = 1): DisplayCall {
  const place = { segment: 'cash', counterId: 'c1', label: '1', zone: 'cash' };
  return { callId, number: callId, ...place, at: lastAt, times, lastAt };
}

/** The view of a display at each moment: the twenty of the latest words, as rule V3 says. */
export function viewAt(calls: readonly DisplayCall[], now: number): readonly DisplayCall[] {
  return calls.filter(({ lastAt }) => lastAt <= now).slice(-20);
}

/** Timers that run only when the clock is turned, and let promises settle after each. */
export class TurnedClock {
  #timers: { at: number; then: () => void }[] = [];

  constructor(public now: number) {}

  readonly after = (ms: number, then: () => void): (() => void) => {
    const timer = { at: this.now + ms, then };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((one) => one !== timer));
  };

  async turn(ms: number): Promise<void> {
    const end = this.now + ms;
    await settled();
    for (;;) {
      const [due] = this.#timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at);
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.now = Math.max(this.now, due.at);
      due.then();
      await settled();
    }
    this.now = end;
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let tick = 0; tick < 12; tick += 1) await Promise.resolve();
}
