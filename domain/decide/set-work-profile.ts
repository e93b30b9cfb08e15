import type { CommandContext, SetWorkProfile } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter } from './guards.ts';

/** Rule K5. */
export function setWorkProfile(state: BranchDay, command: SetWorkProfile, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  if (!state.index.profiles.has(command.profile)) return refuse({ code: 'unknown-work-profile' });
  if (counter.status === 'closed') return refuse({ code: 'counter-not-open' });
  if (counter.profile === command.profile) return refuse({ code: 'nothing-would-change' });
  return accept({ type: 'WorkProfileSet', ...fact(context), counterId: counter.id, profile: command.profile });
}
