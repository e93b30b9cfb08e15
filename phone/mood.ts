import type { TicketView } from '../domain/views/views.ts';

/** `near`: at most two are ahead, time to come back to the hall. */
export type Mood = 'near' | TicketView['status'];

const NEAR = 2;

export function moodOf(view: TicketView): Mood {
  return view.status === 'waiting' && view.ahead !== undefined && view.ahead <= NEAR ? 'near' : view.status;
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
