import type { CloseCounter, CommandContext, KeepCounterOpen } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter } from './guards.ts';

/** Rule K2. */
export function closeCounter(state: BranchDay, command: CloseCounter, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  if (counter.status === 'closed') return refuse({ code: 'counter-not-open' });
  if (counter.status === 'closing') return refuse({ code: 'counter-closing' });
  const type = counter.ticketId === undefined ? 'CounterClosed' : 'CounterClosing';
  return accept({ type, ...fact(context), counterId: counter.id });
}

export function keepCounterOpen(state: BranchDay, command: KeepCounterOpen, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  if (counter.status === 'closed') return refuse({ code: 'counter-not-open' });
  if (counter.status !== 'closing') return refuse({ code: 'counter-not-closing' });
  return accept({ type: 'CounterKeptOpen', ...fact(context), counterId: counter.id });
}
