import type { BranchDay } from '../state.ts';
import type { AskedFor } from '../views/views.ts';
import { standingTask, standingTasks, type Task, type TaskPlace } from './task.ts';

/** What the screens see of tasks: the hall all of them, a place its own call for a person. */

function askedFor({ place, raisedAt, takenAt }: Task): AskedFor {
  return { place: place.id, since: raisedAt, takenAt };
}

/** Every kiosk and machine that waits for a person; nothing when none does. */
export function askedAtMachines(state: BranchDay): { asked?: readonly AskedFor[] } {
  const asked = standingTasks(state).filter(
    ({ kind, place }) => kind === 'assist' && (place.kind === 'kiosk' || place.kind === 'machine'),
  );
  return asked.length === 0 ? {} : { asked: asked.map(askedFor) };
}

export function askedAt(state: BranchDay, place: TaskPlace): { asked?: AskedFor } {
  const task = standingTask(state, { kind: 'assist', place });
  return task === undefined ? {} : { asked: askedFor(task) };
}
