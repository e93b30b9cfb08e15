import type { Instant } from '../domain/ids.ts';
import type { Clock } from './ports.ts';

/** Calls `act` each `ms` by the given clock; the result ends it. */
export function every(clock: Clock, ms: number, act: (now: Instant) => void): () => void {
  let cancel = () => {};
  const plan = () => {
    cancel = clock.wakeAt(clock.now() + ms, () => {
      plan();
      act(clock.now());
    });
  };
  plan();
  return () => cancel();
}
