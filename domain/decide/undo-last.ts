import { whyNotUndo } from '../actions.ts';
import type { CommandContext, UndoLast } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter } from './guards.ts';

/** Rules U1–U4. */
export function undoLast(state: BranchDay, command: UndoLast, context: CommandContext): Decision {
  const { counterId } = command;
  const place = counterId === undefined ? undefined : findCounter(state, counterId);
  if (place?.rejection) return refuse(place.rejection);
  const action = counterId === undefined ? state.lastByActor.get(context.actor) : state.lastByCounter.get(counterId);
  if (action === undefined) return refuse({ code: 'nothing-to-undo' });
  const blocked = whyNotUndo(state, action, context.now);
  if (blocked !== undefined) return refuse(blocked);
  return accept({ type: 'ActionUndone', ...fact(context), undoneCommandId: action.commandId, undone: action.what });
}
