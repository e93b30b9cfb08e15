import type { BranchConfig } from '../domain/config.ts';
import type { DomainEvent } from '../domain/events.ts';

/**
 * The log is never rewritten. What an earlier version did not know is put in when its events are read, such that its days go on as
 * they began: a server may be replaced by a newer one in the middle of a day.
 */
export function upcast(event: DomainEvent): DomainEvent {
  return event.type === 'DayOpened' ? { ...event, config: { ...BEFORE_FORECASTS, ...event.config } } : event;
}

/** Days of before 2026-12 knew neither reviews of the windows nor the forward estimate. */
const BEFORE_FORECASTS: Pick<BranchConfig, 'floating' | 'estimate'> = {
  estimate: { method: 'queue-length', paths: 200 },
  floating: {
    policy: 'manual',
    mode: 'advise',
    reviewSeconds: 60,
    openingMinutes: 4,
    minOpenMinutes: 15,
    minClosedMinutes: 5,
    proposalMinutes: 5,
    price: 3,
    openingCost: 4,
    threshold: { openAbove: 2, closeAfterIdleMinutes: 10 },
    staff: [],
    posts: [],
  },
};
