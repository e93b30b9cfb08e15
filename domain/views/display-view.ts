import type { CounterId, Instant, ZoneId } from '../ids.ts';
import type { BranchDay, Call } from '../state.ts';
import type { DisplayCall, DisplayView } from './views.ts';
import { machinesFree, nextNumbers } from './next-numbers.ts';
import { countersOpen, segmentWaits } from './waits.ts';

/** As many as the announcer may have to catch up with after a reconnect. */
const CALLS_SHOWN = 20;

/** Rules V2, V3. Of the hall, of one zone, or of one counter; nothing when there is no such zone or counter. */
export function displayView(
  state: BranchDay,
  { zone, counterId }: { readonly zone?: ZoneId | undefined; readonly counterId?: CounterId | undefined },
  now: Instant,
): DisplayView | undefined {
  if (zone !== undefined && !state.index.zones.has(zone)) return undefined;
  const counter = counterId === undefined ? undefined : state.counters.get(counterId);
  if (counterId !== undefined && counter === undefined) return undefined;
  const calls = state.calls
    .map((call) => displayCall(state, call))
    .filter(
      (call) => (zone === undefined || call.zone === zone) && (counterId === undefined || call.counterId === counterId),
    );
  const inHand = counter?.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  return {
    kind: 'display',
    day: state.day,
    open: !state.closed,
    calls: latest(calls),
    segments: segmentWaits(state, now),
    countersOpen: countersOpen(state),
    next: nextNumbers(state, { zone, counterId }, now),
    machinesFree: machinesFree(state),
    ticker: state.ticker,
    openUntil: state.floating.openUntil,
    ...(counter !== undefined && {
      counter: {
        counterId: counter.id,
        label: state.index.counters.get(counter.id)?.label ?? '',
        status: counter.status,
        number: inHand?.number,
      },
    }),
  };
}

/** Those that were called or recalled last, in the order in which they were called: a recall of an old call is news. */
function latest(calls: readonly DisplayCall[]): readonly DisplayCall[] {
  if (calls.length <= CALLS_SHOWN) return calls;
  const newestFirst = calls.toReversed().sort((one, other) => other.lastAt - one.lastAt);
  const kept = new Set(newestFirst.slice(0, CALLS_SHOWN));
  return calls.filter((call) => kept.has(call));
}

function displayCall(state: BranchDay, call: Call): DisplayCall {
  const counter = state.index.counters.get(call.counterId);
  const { callId, number, counterId, at, times, lastAt } = call;
  const segment = state.tickets.get(call.ticketId)?.segment ?? '';
  return {
    callId,
    number,
    segment,
    counterId,
    label: counter?.label ?? '',
    zone: counter?.zone ?? '',
    at,
    times,
    lastAt,
  };
}
