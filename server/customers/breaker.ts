import type { Logger } from 'pino';
import type { Instant } from '../../domain/ids.ts';
import type { CustomerDirectory, CustomerProfile, Identifier } from '../customer-ports.ts';
import type { Clock } from '../ports.ts';

/** After so many failures in a row nobody waits for the directory any more, */
const FAILURES = 3;
/** for so long; then one is let through to see. */
const PAUSE_MS = 15_000;

export type Found =
  | { readonly outcome: 'known'; readonly profile: CustomerProfile }
  | { readonly outcome: 'unknown' }
  /** Away, too slow, or speaking nonsense: go on without it. */
  | { readonly outcome: 'unavailable' };

/** Asks the directory, but never for longer than `patienceMs`, and not at all while it fails. */
export class Breaker {
  #failures = 0;
  #closedUntil: Instant = 0;

  constructor(
    private readonly options: {
      readonly directory: CustomerDirectory;
      readonly clock: Clock;
      readonly log: Logger;
      readonly patienceMs: number;
    },
  ) {}

  async find(identifier: Identifier): Promise<Found> {
    const { directory, clock, log, patienceMs } = this.options;
    if (this.#failures >= FAILURES && clock.now() < this.#closedUntil) return { outcome: 'unavailable' };
    // Whoever comes while one is let through goes on without.
    this.#closedUntil = clock.now() + PAUSE_MS;
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const profile = await Promise.race([directory.find(identifier, signal), aborted(signal)]);
      if (this.#failures >= FAILURES) log.info('the customer directory answers again');
      this.#failures = 0;
      return profile === undefined ? { outcome: 'unknown' } : { outcome: 'known', profile };
    } catch (error) {
      this.#failures += 1;
      // Only the kind of error: its words could hold what was asked for.
      const kind = error instanceof Error ? error.name : typeof error;
      log.warn(
        { kind, failures: this.#failures },
        'the customer directory does not answer; the hall goes on without it',
      );
      return { outcome: 'unavailable' };
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('too slow', 'TimeoutError')), { once: true });
  });
}
