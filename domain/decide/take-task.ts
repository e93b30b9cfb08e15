import { escalatesAt, type Task } from '../attention/task.ts';
import type { CommandContext, EscalateTask, FinishTask, TakeTask } from '../commands.ts';
import type { Rejection } from '../rejections.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rule A3. */
export function takeTask(state: BranchDay, { taskId }: TakeTask, context: CommandContext): Decision {
  const found = findStanding(state, taskId);
  if ('code' in found) return refuse(found);
  if (found.status === 'taken') return refuse({ code: 'task-taken' });
  return accept({ type: 'TaskTaken', ...fact(context), taskId });
}

export function finishTask(
  state: BranchDay,
  { taskId, outcome = 'done' }: FinishTask,
  context: CommandContext,
): Decision {
  const found = findStanding(state, taskId);
  if ('code' in found) return refuse(found);
  return accept({ type: 'TaskFinished', ...fact(context), taskId, outcome });
}

/** Rule A4; the timer names its moment (rule T1). */
export function escalateTask(state: BranchDay, { taskId, due }: EscalateTask, context: CommandContext): Decision {
  const task = state.tasks.get(taskId);
  const at = task && escalatesAt(state, task);
  if (at !== due || context.now < due) return refuse({ code: 'timer-out-of-date' });
  return accept({ type: 'TaskEscalated', ...fact(context), taskId });
}

function findStanding(state: BranchDay, taskId: string): Task | Rejection {
  const task = state.tasks.get(taskId);
  if (task === undefined) return { code: 'unknown-task' };
  return task.status === 'finished' ? { code: 'task-finished' } : task;
}
