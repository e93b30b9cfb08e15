import type { Instant } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { counterView } from './counter-view.ts';
import { displayView } from './display-view.ts';
import { kioskView } from './kiosk-view.ts';
import { managerView } from './manager-view.ts';
import { ratingView } from './rating-view.ts';
import { ticketView } from './ticket-view.ts';
import type { Audience, View } from './views.ts';

/** Rule V1. Nothing when the day is not opened, or there is no such ticket, counter or zone. */
export function viewFor(state: BranchDay | undefined, audience: Audience, now: Instant): View | undefined {
  if (state === undefined) return undefined;
  switch (audience.kind) {
    case 'kiosk':
      return kioskView(state, now);
    case 'display':
      return displayView(state, audience, now);
    case 'counter':
      return counterView(state, audience.counterId, now);
    case 'manager':
      return managerView(state, now);
    case 'ticket':
      return ticketView(state, audience.ticketId, now);
    case 'rating':
      return ratingView(state, audience.counterId, now);
  }
}
