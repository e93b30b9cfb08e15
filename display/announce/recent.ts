import type { DisplayCall } from '../../domain/views/views.ts';
import { keyOf, wasUndone } from './calls.ts';

/** The list of recent calls: which rows it has, so that in the worst rush every call is seen long enough (D5). */
export interface Recent {
  /** Newest first. */
  readonly rows: readonly RecentRow[];
  /** Called while every row still had to be seen, oldest first. */
  readonly waiting: readonly DisplayCall[];
  /** What has had a row, or has one, of the calls of the last view. */
  readonly known: ReadonlySet<string>;
}

export interface RecentRow {
  readonly call: DisplayCall;
  /** Server time since when it can be seen; 0 for what was there before the page was opened. */
  readonly since: number;
}

/** A call is seen at least this long, ms. */
export const SEEN_MS = 8_000;
/** In two columns of smaller type. 16 rows of 8 s are two calls a second without end. */
export const MOST_ROWS = 16;

/**
 * @param recent undefined for a page that has just been opened
 * @param now server time in ms
 */
export function nextRecent(recent: Recent | undefined, calls: readonly DisplayCall[], now: number): Recent {
  const inOrder = calls.toSorted((a, b) => a.lastAt - b.lastAt);
  const known = new Set(calls.map(keyOf));
  if (recent === undefined) {
    const rows = inOrder.slice(-MOST_ROWS).map((call) => ({ call, since: 0 }));
    return { rows: rows.reverse(), waiting: [], known };
  }
  const fresh = inOrder.filter((call) => !recent.known.has(keyOf(call)));
  const calledAgain = new Set(fresh.map(({ callId }) => callId));
  const stays = (call: DisplayCall) => !calledAgain.has(call.callId) && !wasUndone(call, calls);
  const rows = recent.rows.filter(({ call }) => stays(call));
  const waiting = [...recent.waiting.filter(stays), ...fresh];
  while (waiting.length > 0) {
    const oldest = rows.at(-1);
    if (rows.length >= MOST_ROWS && oldest !== undefined) {
      if (now - oldest.since < SEEN_MS) break;
      rows.pop();
    }
    const call = waiting.shift();
    if (call !== undefined) rows.unshift({ call, since: now });
  }
  return { rows, waiting, known };
}

/**
 * The rows to show: the newest few in large type; all of them in two columns while more than those have not been seen long enough.
 * @param onPanel the call that fills the big panel is not repeated in the list
 */
export function rowsToShow(
  { rows }: Recent,
  few: number,
  onPanel: string | undefined,
  now: number,
): { readonly calls: readonly DisplayCall[]; readonly dense: boolean } {
  const others = rows.filter(({ call }) => call.callId !== onPanel);
  const young = others.filter(({ since }) => now - since < SEEN_MS).length;
  const dense = young > few;
  return { calls: others.slice(0, dense ? MOST_ROWS : few).map(({ call }) => call), dense };
}
