import type { CounterId, Instant } from '../ids.ts';
import type { BranchDay, Counter } from '../state.ts';
import { callOrder } from './call-order.ts';
import { freeCounters } from './free-counters.ts';

/** Time enough to see who comes, and to say that now is not the moment. */
const USUAL_GRACE_SECONDS = 10;

/** When the counter calls by itself, if nothing happens until then (rule C10). */
export function autoCallAt(state: BranchDay, counter: Counter): Instant | undefined {
  const { id, status, ticketId, since, idleSince, autoCallSince } = counter;
  if (autoCallSince === undefined || status !== 'open' || ticketId !== undefined) return undefined;
  const free = Math.max(autoCallSince, since, idleSince);
  let came = Infinity;
  for (const { entry } of callOrder(state, id, state.lastAt)) {
    came = Math.min(came, state.tickets.get(entry.ticketId)?.periods.at(-1)?.from ?? entry.since);
    // In a long queue the first has been there for long: the others change nothing.
    if (came <= free) break;
  }
  if (came === Infinity) return undefined;
  // A machine looks at nobody: it is ready when it is free (rule M5).
  const isMachine = state.index.counters.get(id)?.kind === 'device';
  const grace = isMachine ? 0 : (state.config.calling.autoCallSeconds ?? USUAL_GRACE_SECONDS);
  return Math.max(free, came) + grace * 1000;
}

/** All that are due, in the order in which those of the same moment call (rule R11). */
export function autoCalls(state: BranchDay): readonly { readonly counterId: CounterId; readonly due: Instant }[] {
  if (![...state.counters.values()].some(({ autoCallSince }) => autoCallSince !== undefined)) return [];
  // Which service is asked only where the fastest goes first.
  return freeCounters(state, '', 'fewest-skills').flatMap((counter) => {
    const due = autoCallAt(state, counter);
    return due === undefined ? [] : [{ counterId: counter.id, due }];
  });
}
