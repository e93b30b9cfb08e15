import type { Locale } from '../domain/config.ts';
import type { RatingView } from '../domain/views/rating-view.ts';
import { DISSATISFIED, type RatingReason } from '../protocol/rating-scale.ts';

/** What the screen asks the customer, as a value: each step is made from the one before, the view and the time. */
export type Asking =
  | { readonly step: 'idle' }
  | { readonly step: 'faces'; readonly of: Served; readonly until: number }
  /** What was wrong, before the score is sent; the screen goes on by itself. */
  | { readonly step: 'reasons'; readonly of: Served; readonly until: number; readonly score: number }
  | { readonly step: 'sending'; readonly of: Served; readonly score: number; readonly reasons: readonly RatingReason[] }
  | { readonly step: 'thanks'; readonly of: Served; readonly until: number };

interface Served {
  readonly number: string;
  readonly since: number;
  readonly language: Locale;
}

const REASONS_MS = 10_000;
const THANKS_MS = 2_000;
export const IDLE: Asking = { step: 'idle' };

/** A new view, or a second later. @param settled who was asked already, see `markOf` */
export function onView(asking: Asking, { toRate }: RatingView, now: number, settled: string | undefined): Asking {
  const other = toRate !== undefined && (!('of' in asking) || markOf(asking.of) !== markOf(toRate));
  switch (asking.step) {
    case 'sending':
      return asking;
    case 'reasons':
      // Whoever walks away without a reason has rated all the same.
      return now >= asking.until || other ? rated(asking, []) : asking;
    case 'thanks':
      if (now < asking.until && !other) return asking;
      break;
    case 'faces':
      // An undo took the service back, or the time is over.
      if (now < asking.until && toRate !== undefined && !other) return asking;
      break;
    case 'idle':
  }
  if (toRate === undefined || now >= toRate.until || markOf(toRate) === settled) return IDLE;
  const { number, since, language, until } = toRate;
  return { step: 'faces', of: { number, since, language }, until };
}

export function onFace(asking: Asking, score: number, now: number): Asking {
  if (asking.step !== 'faces') return asking;
  if (score > DISSATISFIED) return { step: 'sending', of: asking.of, score, reasons: [] };
  return { step: 'reasons', of: asking.of, until: now + REASONS_MS, score };
}

export function onReasons(asking: Asking, reasons: readonly RatingReason[]): Asking {
  return asking.step === 'reasons' ? rated(asking, reasons) : asking;
}

export function onSent(asking: Asking, now: number): Asking {
  return asking.step === 'sending' ? { step: 'thanks', of: asking.of, until: now + THANKS_MS } : asking;
}

function rated({ of, score }: Extract<Asking, { step: 'reasons' }>, reasons: readonly RatingReason[]): Asking {
  return { step: 'sending', of, score, reasons };
}

/** Which service it is: a number that is finished again after an undo is asked again. */
export function markOf({ number, since }: Pick<Served, 'number' | 'since'>): string {
  return `${number} ${since}`;
}
