import type { CommandContext, OpenCounter, OpenReadyCounter } from '../commands.ts';
import type { BranchDay, Counter } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter, labelOf } from './guards.ts';

/** Rules K1, F4. */
export function openCounter(state: BranchDay, command: OpenCounter, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  const { tellerId } = command;
  if (counter.status === 'opening') {
    if (tellerId === counter.tellerId) return opened(context, counter);
    return refuse({ code: 'counter-opening', readyAt: counter.readyAt ?? counter.since });
  }
  if (counter.status !== 'closed') return refuse({ code: 'counter-already-open' });
  if (counter.fault !== undefined) return refuse({ code: 'machine-out-of-service' });
  const device = state.index.counters.get(counter.id)?.kind === 'device';
  if (device && tellerId !== undefined) return refuse({ code: 'device-takes-no-teller' });
  if (tellerId === undefined) {
    if (!device) return refuse({ code: 'counter-needs-teller' });
    return accept({ type: 'CounterOpened', ...fact(context), counterId: counter.id });
  }
  if (!state.index.staff.has(tellerId)) return refuse({ code: 'unknown-staff' });
  for (const other of state.counters.values())
    if (other.tellerId === tellerId)
      return refuse({ code: 'teller-at-another-counter', counterId: other.id, label: labelOf(state, other.id) });
  return accept({ type: 'CounterOpened', ...fact(context), counterId: counter.id, tellerId });
}

/** Rule F4; late, or twice, it is refused (rule T1). */
export function openReadyCounter(state: BranchDay, command: OpenReadyCounter, context: CommandContext): Decision {
  const counter = state.counters.get(command.counterId);
  if (counter?.readyAt !== command.readyAt || context.now < command.readyAt)
    return refuse({ code: 'timer-out-of-date' });
  return opened(context, counter);
}

function opened(context: CommandContext, { id, tellerId }: Counter): Decision {
  return accept({
    type: 'CounterOpened',
    ...fact(context),
    counterId: id,
    ...(tellerId !== undefined && { tellerId }),
  });
}
