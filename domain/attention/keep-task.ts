import type { TaskEscalated, TaskFinished, TaskRaised, TaskTaken } from '../events.ts';
import { must } from '../records.ts';
import type { BranchDay } from '../state.ts';
import type { Task } from './task.ts';

/** What `evolve` does with the events of tasks. */
export function keepTask({ tasks }: BranchDay, event: TaskRaised | TaskTaken | TaskEscalated | TaskFinished): void {
  const { taskId, at } = event;
  if (event.type === 'TaskRaised') {
    const { kind, place, ticketId } = event;
    tasks.set(taskId, { id: taskId, kind, place, ticketId, status: 'open', raisedAt: at });
    return;
  }
  const change = (changes: Partial<Task>) => tasks.set(taskId, { ...must(tasks.get(taskId), taskId), ...changes });
  switch (event.type) {
    case 'TaskTaken':
      change({ status: 'taken', takenAt: at, takenBy: event.by });
      return;
    case 'TaskEscalated':
      change({ escalatedAt: at });
      return;
    case 'TaskFinished':
      change({ status: 'finished', finishedAt: at, outcome: event.outcome });
      return;
  }
}
