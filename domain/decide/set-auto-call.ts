import type { CommandContext, SetAutoCall } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter } from './guards.ts';

/** Rule C10. */
export function setAutoCall(state: BranchDay, { counterId, on }: SetAutoCall, context: CommandContext): Decision {
  const found = findCounter(state, counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  if (counter.status === 'closed') return refuse({ code: 'counter-not-open' });
  if (on === (counter.autoCallSince !== undefined)) return refuse({ code: 'nothing-would-change' });
  return accept({ type: 'AutoCallSet', ...fact(context), counterId, on });
}
