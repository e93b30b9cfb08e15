import { alertLimits } from '../attention/alert.ts';
import { alertsOf } from '../attention/alerts.ts';
import type { AcknowledgeAlert, CommandContext, EscalateAlert, SnoozeAlert } from '../commands.ts';
import { MINUTE } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rules A7 and A8. */
export function markAlert(
  state: BranchDay,
  { type, alertId }: AcknowledgeAlert | SnoozeAlert | EscalateAlert,
  context: CommandContext,
): Decision {
  const alert = alertsOf(state, context.now).find(({ id }) => id === alertId);
  if (alert === undefined) return refuse({ code: 'alert-over' });
  const { repeatMinutes, snoozeMinutes } = alertLimits(state.config);
  const after = (minutes: number) => context.now + minutes * MINUTE;
  switch (type) {
    case 'AcknowledgeAlert':
      if (alert.quiet?.why === 'acknowledged') return refuse({ code: 'nothing-would-change' });
      return accept({ type: 'AlertAcknowledged', ...fact(context), alertId, until: after(repeatMinutes) });
    case 'SnoozeAlert':
      return accept({ type: 'AlertSnoozed', ...fact(context), alertId, until: after(snoozeMinutes) });
    case 'EscalateAlert':
      if (alert.escalatedAt !== undefined) return refuse({ code: 'nothing-would-change' });
      return accept({ type: 'AlertEscalated', ...fact(context), alertId });
  }
}
