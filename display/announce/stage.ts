import type { CallId } from '../../domain/ids.ts';
import type { DisplayCall } from '../../domain/views/views.ts';

/** Which call fills the big panel. Several calls at once take turns; all of them are in the list of recent calls at once. */
export interface Stage {
  readonly shown?: OnStage | undefined;
  /** Calls whose turn is to come, oldest first. */
  readonly waiting: readonly CallId[];
  /** How often each call of the last view had been called. */
  readonly known: ReadonlyMap<CallId, number>;
}

export interface OnStage {
  readonly callId: CallId;
  readonly times: number;
  /** When it came on the panel, or pulsed again because of a recall. */
  readonly since: number;
}

/** A call keeps the panel this long when one other waits … */
const TURN_MS = 8_000;
/** … and this long when several do, so that the last of them is not late. */
const SHORT_TURN_MS = 4_000;

/**
 * @param stage undefined for a page that has just been opened: it shows the newest call and lets the older ones rest
 * @param now server time in ms
 */
export function nextStage(stage: Stage | undefined, calls: readonly DisplayCall[], now: number): Stage {
  const byAge = calls.toSorted((a, b) => a.lastAt - b.lastAt);
  const byId = new Map(byAge.map((call) => [call.callId, call]));
  const known = new Map(byAge.map((call) => [call.callId, call.times]));
  const newest = byAge.at(-1);
  if (stage === undefined) return { shown: newest && onStage(newest, newest.lastAt), waiting: [], known };

  const called = byAge.filter((call) => call.times > (stage.known.get(call.callId) ?? 0));
  let shown = stage.shown && byId.has(stage.shown.callId) ? stage.shown : undefined;
  const recalled = called.find((call) => call.callId === shown?.callId);
  if (recalled) shown = onStage(recalled, now);

  const inLine = new Set([...stage.waiting, ...called.map((call) => call.callId)]);
  const waiting = byAge.filter((call) => inLine.has(call.callId) && call.callId !== shown?.callId);
  const turn = waiting.length > 1 ? SHORT_TURN_MS : TURN_MS;
  if (shown === undefined || (waiting.length > 0 && now - shown.since >= turn)) {
    const following = waiting.shift() ?? newest;
    shown = following && onStage(following, now);
  }
  return { shown, waiting: waiting.map((call) => call.callId), known };
}

function onStage(call: DisplayCall, now: number): OnStage {
  return { callId: call.callId, times: call.times, since: now };
}
