import type { Quote } from '../events.ts';
import type { Instant } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { corrected } from './corrections.ts';
import type { Run } from './experience.ts';
import { LONGEST_QUEUE, lookAhead } from './forward.ts';
import { byQueueLength, countersServing, peopleAhead } from './queue-length.ts';
import { kindOf, type Waiter } from './waiter.ts';

/** Named estimators behind one question: how long will these people wait? Answers in the order of the question. */
type Estimator = (state: BranchDay, waiters: readonly Waiter[], now: Instant) => readonly (Quote | undefined)[];

const ESTIMATORS: Readonly<Record<'forward' | 'queue-length', Estimator>> = {
  forward: (state, waiters, now) => lookAhead(state, now, waiters, false, state.config.estimate.paths).asked,
  'queue-length': (state, waiters) => waiters.map((waiter) => byQueueLength(state, waiter)),
};

/** The method in force: that of the configuration, but the queue-length rule where the queue is very long (rule E4). */
export function methodFor(state: BranchDay): 'forward' | 'queue-length' {
  return state.queue.size > LONGEST_QUEUE ? 'queue-length' : state.config.estimate.method;
}

/** What somebody who would take a number now is told, in minutes; nothing while no open counter serves them (rules E1, E2, E6, E9). */
export function quoteFor(state: BranchDay, waiter: Waiter, now: Instant): Quote | undefined {
  const method = methodFor(state);
  if (method === 'forward' && waiter.adviser === undefined) {
    const run = state.experience.sharedRun(kindOf(waiter), now);
    if (run !== undefined) return shared(state, waiter, run);
  }
  const [quote] = ESTIMATORS[method](state, [waiter], now);
  return quote && { windows: countersServing(state, waiter), ...finished(state, waiter, quote) };
}

/** The quote of a moment ago, moved by what those cost who have come ahead or gone since: a service for each, shared among the windows. */
function shared(state: BranchDay, waiter: Waiter, { quote, ahead }: Run): Quote {
  const minutes = state.index.services.get(waiter.service)?.minutes ?? 0;
  const moved = ((peopleAhead(state, waiter) - ahead) * minutes) / Math.max(1, quote.windows ?? 1);
  const to = (value: number) => Math.max(0, value + moved);
  const { mean = quote.p50, p10, p50, p80, p90 } = quote;
  return { ...quote, mean: to(mean), p10: to(p10), p50: to(p50), p80: to(p80), p90: to(p90) };
}

export function finished(state: BranchDay, { segment }: Waiter, quote: Quote): Quote {
  return corrected(quote, state.experience.corrections.shiftOf(segment));
}
