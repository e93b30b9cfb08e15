import type { AlertAcknowledged, AlertEscalated, AlertSnoozed } from '../events.ts';
import type { BranchDay } from '../state.ts';

/** What `evolve` does with what people said to an alert. */
export function keepAlert({ alertMarks }: BranchDay, event: AlertAcknowledged | AlertSnoozed | AlertEscalated): void {
  const { alertId, at } = event;
  const before = alertMarks.get(alertId);
  switch (event.type) {
    case 'AlertAcknowledged':
      alertMarks.set(alertId, { ...before, quiet: { why: 'acknowledged', until: event.until } });
      return;
    case 'AlertSnoozed':
      alertMarks.set(alertId, { ...before, quiet: { why: 'snoozed', until: event.until } });
      return;
    case 'AlertEscalated':
      // It is said anew, to somebody else.
      alertMarks.set(alertId, { escalatedAt: at });
      return;
  }
}
