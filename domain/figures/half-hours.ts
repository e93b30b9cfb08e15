import type { HalfHours } from '../forecast/forecast.ts';
import { MINUTE, type Instant } from '../ids.ts';

export const HALF_HOUR = 30 * MINUTE;
const SLOTS = 48;

/**
 * The local half hour that an instant of a day lies in. What happens before it counts as its first one; what happens after all
 * that `halfHours` know is taken as if clocks did not change there.
 */
export function slotOf({ from, clock }: HalfHours, at: Instant): number {
  const index = Math.max(0, Math.floor((at - from) / HALF_HOUR));
  const past = Math.max(0, index - clock.length + 1);
  return ((clock[Math.min(index, clock.length - 1)] ?? 0) + past) % SLOTS;
}

/** A stretch of time in pieces, each within one half hour. */
export function* slices(
  halfHours: HalfHours,
  since: Instant,
  until: Instant,
): Generator<{ readonly slot: number; readonly ms: number }> {
  for (let at = since; at < until;) {
    const next = Math.min(until, halfHours.from + (Math.floor((at - halfHours.from) / HALF_HOUR) + 1) * HALF_HOUR);
    yield { slot: slotOf(halfHours, at), ms: next - at };
    at = next;
  }
}
