import type { CommandContext, PauseCounter, ResumeCounter } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter, whyNotTaking } from './guards.ts';

/** Rule K2: the customer in hand is finished first. */
export function pauseCounter(state: BranchDay, command: PauseCounter, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const blocked = whyNotTaking(found.counter);
  if (blocked !== undefined) return refuse(blocked);
  if (!state.config.pauseReasons.some(({ id }) => id === command.reason)) return refuse({ code: 'unknown-reason' });
  return accept({ type: 'CounterPaused', ...fact(context), counterId: found.counter.id, reason: command.reason });
}

export function resumeCounter(state: BranchDay, command: ResumeCounter, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { counter } = found;
  if (counter.status === 'closed') return refuse({ code: 'counter-not-open' });
  if (counter.status !== 'paused') return refuse({ code: 'counter-not-paused' });
  if (counter.fault !== undefined) return refuse({ code: 'machine-out-of-service' });
  return accept({ type: 'CounterResumed', ...fact(context), counterId: counter.id });
}
