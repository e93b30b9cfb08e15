import type { CounterId, Instant } from '../ids.ts';
import type { BranchDay, Counter, CounterStatus } from '../state.ts';
import type { Locale } from '../config.ts';
import type { DayView } from './views.ts';

/** What the customer at one counter sees: whose turn it is, and the question after the service. */
export interface RatingView extends DayView {
  readonly kind: 'rating';
  readonly counterId: CounterId;
  /** The counter's number on the sign: "3". */
  readonly label: string;
  readonly status: CounterStatus;
  /** Who is called or being served, and the language that they chose. */
  readonly current?:
    { readonly number: string; readonly status: 'called' | 'serving'; readonly language: Locale } | undefined;
  /** Who was served here last, while they are asked. */
  readonly toRate?:
    | { readonly number: string; readonly since: Instant; readonly until: Instant; readonly language: Locale }
    | undefined;
}

/** Rules V1, V7. Nothing when there is no such counter. */
export function ratingView(state: BranchDay, counterId: CounterId, now: Instant): RatingView | undefined {
  const counter = state.counters.get(counterId);
  if (counter === undefined) return undefined;
  const inHand = counter.ticketId === undefined ? undefined : state.tickets.get(counter.ticketId);
  return {
    kind: 'rating',
    day: state.day,
    open: !state.closed,
    counterId,
    label: state.index.counters.get(counterId)?.label ?? '',
    status: counter.status,
    current: inHand && {
      number: inHand.number,
      status: inHand.status === 'serving' ? 'serving' : 'called',
      language: inHand.language,
    },
    toRate: counter.lastServed && toRate(state, counter.lastServed, now),
  };
}

function toRate(
  { config, tickets }: BranchDay,
  { ticketId, at: since }: NonNullable<Counter['lastServed']>,
  now: Instant,
): RatingView['toRate'] {
  const ticket = tickets.get(ticketId);
  if (ticket === undefined || config.rating === undefined) return undefined;
  const until = since + config.rating.askSeconds * 1000;
  return until > now ? { number: ticket.number, since, until, language: ticket.language } : undefined;
}
