import type { Alert } from '../../domain/attention/alert.ts';

/** Which alerts are shown one by one, which gathered in a line, and which are known already. */

/** More new ones than this within a minute are gathered, so that nobody is flooded. */
const AT_ONCE = 3;
const FRESH_MS = 60_000;

export interface Inbox {
  readonly shown: readonly Alert[];
  readonly gathered: readonly Alert[];
  readonly known: readonly Alert[];
}

/**
 * @param alerts the most urgent first
 * @param firstSeen when this screen first had each of them, ms
 */
export function inboxOf(alerts: readonly Alert[], firstSeen: ReadonlyMap<string, number>, now: number): Inbox {
  const open = alerts.filter(({ quiet }) => quiet === undefined);
  const fresh = open.filter(({ id }) => now - (firstSeen.get(id) ?? now) < FRESH_MS);
  const tooMany = new Set(fresh.slice(AT_ONCE));
  return {
    shown: open.filter((alert) => !tooMany.has(alert)),
    gathered: [...tooMany],
    known: alerts.filter(({ quiet }) => quiet !== undefined),
  };
}

/** With those that are new, without those that are over: the same problem later is a new one. */
export function seenNow(
  firstSeen: ReadonlyMap<string, number>,
  alerts: readonly Alert[],
  now: number,
): ReadonlyMap<string, number> {
  return new Map(alerts.map(({ id }) => [id, firstSeen.get(id) ?? now]));
}

/** What the ear is told: urgent and not yet heard. Its quiet makes it new when it comes back. */
export function soundsFor(alerts: readonly Alert[], heard: ReadonlySet<string>): string[] {
  return urgentOf(alerts).filter((id) => !heard.has(id));
}

export function urgentOf(alerts: readonly Alert[]): string[] {
  return alerts.filter(({ level, quiet }) => level === 'urgent' && quiet === undefined).map(({ id }) => id);
}
