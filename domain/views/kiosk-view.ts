import type { Instant } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import type { KioskView } from './views.ts';
import { countersOpen, segmentWaits, serviceWaits } from './waits.ts';

export function kioskView(state: BranchDay, now: Instant): KioskView {
  return {
    kind: 'kiosk',
    day: state.day,
    open: !state.closed,
    waiting: state.queue.size,
    countersOpen: countersOpen(state),
    segments: segmentWaits(state, now),
    services: serviceWaits(state, now),
    openUntil: state.floating.openUntil,
  };
}
