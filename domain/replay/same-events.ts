import type { DomainEvent } from '../events.ts';

/** The place of the first event that differs in anything but the ids of commands; undefined when they are the same. */
export function firstDifference(one: readonly DomainEvent[], other: readonly DomainEvent[]): number | undefined {
  const length = Math.max(one.length, other.length);
  for (let place = 0; place < length; place += 1) if (!isSame(one[place], other[place])) return place;
  return undefined;
}

const IDS_OF_COMMANDS = new Set(['commandId', 'undoneCommandId']);

/** A key that is not there is as one that is undefined: the log is kept as JSON. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
    if (!IDS_OF_COMMANDS.has(key) && !isSame(left[key], right[key])) return false;
  return true;
}
