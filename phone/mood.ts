import { clock } from '../client/format.ts';
import type { SmallText } from '../client/small-text.ts';
import type { Locale } from '../domain/config.ts';
import type { TicketView } from '../domain/views/views.ts';

/** `near`: at most two are ahead, time to come back to the hall. `delayed`: it lets others go first. */
export type Mood = 'near' | 'delayed' | TicketView['status'];

const NEAR = 2;

export function moodOf(view: TicketView): Mood {
  if (view.delayedUntil !== undefined) return 'delayed';
  return view.status === 'waiting' && view.ahead !== undefined && view.ahead <= NEAR ? 'near' : view.status;
}

/** What the browser's tab says: enough for somebody who looks at another one. */
export function titleOf(t: SmallText, view: TicketView, timeZone: string, locale: Locale): string {
  const { number, ahead, counter, delayedUntil } = view;
  switch (moodOf(view)) {
    case 'called':
      return t('phone.titleCalled', { label: counter?.label });
    case 'near':
      return t('phone.titleNear', { number });
    case 'delayed':
      return t('phone.titleDelayed', { number, time: clock(delayedUntil ?? 0, timeZone, locale) });
    case 'waiting':
      return t('phone.titleAhead', { number, n: ahead });
    default:
      return number;
  }
}

/** Share of the wait that is over, 0 to 1, by the middle of the expected range. Nothing while nothing can be expected. */
export function progressOf(view: TicketView, now: number): number | undefined {
  if (view.range === undefined) return undefined;
  const waited = Math.max(0, now - view.issuedAt);
  const rest = ((view.range.fromMinutes + view.range.toMinutes) / 2) * 60_000;
  return waited + rest === 0 ? 1 : waited / (waited + rest);
}

/** When it will probably be called, ms. */
export function expectedAt(view: TicketView, now: number): number | undefined {
  return view.range && now + ((view.range.fromMinutes + view.range.toMinutes) / 2) * 60_000;
}
