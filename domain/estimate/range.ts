import type { Quote } from '../events.ts';
import type { WaitRange } from '../views/views.ts';

/** Rule E3: what a person would say. */
export function rangeOf(quote: Quote): WaitRange {
  const fromMinutes = spoken(quote.p50);
  return { fromMinutes, toMinutes: Math.max(fromMinutes, spoken(quote.p80)) };
}

function spoken(minutes: number): number {
  return minutes <= 10 ? Math.ceil(minutes) : Math.ceil(minutes / 5) * 5;
}
