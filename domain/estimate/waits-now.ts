import type { Quote } from '../events.ts';
import type { Instant, TicketId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { lookAhead, type Outlook } from './forward.ts';
import { byQueueLength } from './queue-length.ts';
import { finished, methodFor } from './quote.ts';
import { waiterOf, type Waiter } from './waiter.ts';

/** While nothing happens, the waits on the screens are found anew this often, ms. */
const STEP_MS = 5_000;

interface Known {
  readonly seq: number;
  readonly at: Instant;
  readonly outlook: Outlook;
}

/**
 * One set of futures answers for all who wait, and one for all newcomers, however many screens ask. Kept per state until it changes or the
 * next step of time: what is given back depends on the state and the time alone (rule V1).
 */
const forTickets = new WeakMap<BranchDay, Known>();
const forNewcomers = new WeakMap<BranchDay, Known>();

/** The wait still to come of everybody who waits, by ticket; nothing for those whom no open counter serves. */
export function waitingNow(state: BranchDay, now: Instant, ticketId: TicketId): Quote | undefined {
  const ticket = state.tickets.get(ticketId);
  if (ticket === undefined) return undefined;
  const waiter = waiterOf(ticket);
  const quote =
    methodFor(state) === 'queue-length'
      ? byQueueLength(state, waiter)
      : outlook(forTickets, state, now, [], true).tickets.get(ticketId);
  return quote && finished(state, waiter, quote);
}

/** The waits of newcomers. @param waiters always the same of one state: one for each wait that is shown somewhere */
export function newcomersNow(
  state: BranchDay,
  now: Instant,
  waiters: readonly Waiter[],
): readonly (Quote | undefined)[] {
  const quotes =
    methodFor(state) === 'queue-length'
      ? waiters.map((waiter) => byQueueLength(state, waiter))
      : outlook(forNewcomers, state, now, waiters, false).asked;
  return waiters.map((waiter, place) => {
    const quote = quotes[place];
    return quote && finished(state, waiter, quote);
  });
}

function outlook(
  kept: WeakMap<BranchDay, Known>,
  state: BranchDay,
  now: Instant,
  waiters: readonly Waiter[],
  everybody: boolean,
): Outlook {
  const at = Math.max(state.lastAt, now - (now % STEP_MS));
  const known = kept.get(state);
  if (known?.seq === state.seq && known.at === at) return known.outlook;
  const made = lookAhead(state, at, waiters, everybody, state.config.estimate.paths);
  kept.set(state, { seq: state.seq, at, outlook: made });
  return made;
}
