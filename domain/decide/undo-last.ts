import type { CommandContext, UndoLast } from '../commands.ts';
import type { Action, BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { findCounter } from './guards.ts';

/** Rules U1–U4. */
export function undoLast(state: BranchDay, command: UndoLast, context: CommandContext): Decision {
  const { counterId } = command;
  const place = counterId === undefined ? undefined : findCounter(state, counterId);
  if (place?.rejection) return refuse(place.rejection);
  const action = counterId === undefined ? state.lastByActor.get(context.actor) : state.lastByCounter.get(counterId);
  if (action === undefined) return refuse({ code: 'nothing-to-undo' });
  const seconds = state.config.undoSeconds;
  if (context.now > action.at + seconds * 1000) return refuse({ code: 'undo-too-late', seconds });
  const touched = [
    ...[...action.tickets.keys()].map((id) => state.tickets.get(id)?.touched ?? 0),
    ...[...action.counters.keys()].map((id) => state.counters.get(id)?.touched ?? 0),
  ];
  if (touched.some((seq) => seq > action.lastSeq) || tellerMoved(state, action))
    return refuse({ code: 'undo-overtaken' });
  return accept({ ...fact(context), type: 'ActionUndone', undoneCommandId: action.commandId, undone: action.what });
}

/** A teller who left one of these counters may sit at another one now, and sits at one at a time (rule K1). */
function tellerMoved(state: BranchDay, action: Action): boolean {
  const tellers = new Set([...action.counters.values()].flatMap(({ tellerId }) => tellerId ?? []));
  return [...state.counters.values()].some(
    ({ id, tellerId }) => tellerId !== undefined && tellers.has(tellerId) && !action.counters.has(id),
  );
}
