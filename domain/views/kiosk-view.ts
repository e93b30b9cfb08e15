import { askedAtMachines } from '../attention/task-rows.ts';
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
    opensAt: opensAt(state),
    ...askedAtMachines(state),
    ...reservedNumbers(state),
    openUntil: state.floating.openUntil,
  };
}

/** Rule V9. */
function opensAt(state: BranchDay): Instant | undefined {
  if (countersOpen(state) > 0) return undefined;
  const due = [...state.counters.values()].flatMap(({ readyAt }) => readyAt ?? []);
  return due.length === 0 ? undefined : Math.min(...due);
}

function reservedNumbers({ blocks }: BranchDay): Pick<KioskView, 'reserved'> {
  const reserved = blocks
    .filter(({ released }) => !released)
    .map(({ kiosk, series, from, to, used }) => ({
      kiosk,
      series,
      from,
      to,
      next: Math.max(from, ...used.map((each) => each + 1)),
    }));
  return reserved.length === 0 ? {} : { reserved };
}
