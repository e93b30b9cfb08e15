import { rangeWords } from '../client/format.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { KioskView } from '../domain/views/views.ts';

type Translate = (key: string, named: Record<string, unknown>) => string;
type Reasons = readonly { readonly id: string; readonly name: string }[];

/**
 * What somebody who presses a tile now should expect: how many wait there, and how long it takes. For a tile with several
 * services: everybody in their queues once, and the shortest of their waits; the next page says it for each.
 * @param short only how long it takes
 * @param reasons why counters pause, in the customer's language
 */
export function factsOf(
  t: Translate,
  view: KioskView,
  services: readonly ServiceId[],
  short: boolean,
  reasons: Reasons = [],
): string[] {
  const waits = view.services.filter((wait) => services.includes(wait.service));
  const queues = new Map(waits.map((wait) => [wait.segment, wait.waiting]));
  const waiting = [...queues.values()].reduce((sum, each) => sum + each, 0);
  const people = t('kiosk.tileWaiting', { n: waiting });
  // That no counter is open at all is said once, above.
  if (view.countersOpen === 0) return waiting === 0 ? [] : [people];

  const ranges = waits.map((wait) => wait.range).filter((range) => range !== undefined);
  const [first] = ranges.toSorted((a, b) => a.fromMinutes - b.fromMinutes || a.toMinutes - b.toMinutes);
  if (first === undefined) {
    const paused = waits.find((wait) => wait.paused !== undefined)?.paused;
    const reason = reasons.find(({ id }) => id === paused)?.name;
    return [reason === undefined ? t('kiosk.tileNoCounter', {}) : t('kiosk.tilePaused', { reason })];
  }
  if (first.toMinutes === 0) return [t('kiosk.tileNobody', {})];
  const alike = ranges.every((range) => range.fromMinutes === first.fromMinutes && range.toMinutes === first.toMinutes);
  const time = alike || first.fromMinutes > 60 ? rangeWords(t, first) : t('kiosk.tileFrom', { n: first.fromMinutes });
  return short ? [time] : [people, time];
}
