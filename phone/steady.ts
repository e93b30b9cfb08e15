import type { TicketView, WaitRange } from '../domain/views/views.ts';

/** What to show after `last`: a number never rises while the view gives no reason for it (rule E7). */
export function steadyRange(last: WaitRange | undefined, view: TicketView): WaitRange | undefined {
  const { range, longer } = view;
  if (range === undefined || last === undefined || longer !== undefined) return range;
  return {
    fromMinutes: Math.min(last.fromMinutes, range.fromMinutes),
    toMinutes: Math.min(last.toMinutes, range.toMinutes),
  };
}
