import type { CommandContext, OpenCounter } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter, labelOf } from './guards.ts';

/** Rule K1. */
export function openCounter(state: BranchDay, command: OpenCounter, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  const { tellerId } = command;
  if (counter.status !== 'closed') return refuse({ code: 'counter-already-open' });
  const device = state.index.counters.get(counter.id)?.kind === 'device';
  if (device && tellerId !== undefined) return refuse({ code: 'device-takes-no-teller' });
  if (tellerId === undefined) {
    if (!device) return refuse({ code: 'counter-needs-teller' });
    return accept({ ...fact(context), type: 'CounterOpened', counterId: counter.id });
  }
  if (!state.index.staff.has(tellerId)) return refuse({ code: 'unknown-staff' });
  for (const other of state.counters.values())
    if (other.tellerId === tellerId)
      return refuse({ code: 'teller-at-another-counter', counterId: other.id, label: labelOf(state, other.id) });
  return accept({ ...fact(context), type: 'CounterOpened', counterId: counter.id, tellerId });
}
