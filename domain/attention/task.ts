import type { BranchConfig } from '../config.ts';
import type { ActorId, Instant, TaskId, TicketId } from '../ids.ts';
import { MINUTE } from '../ids.ts';

/** What somebody of the hall has to walk to: asked for by a customer or a teller, found by the system, or given by a manager. */

/** `assist`: a person is needed. `documents`: papers are to be looked through before the turn. */
export const TASK_KINDS = ['assist', 'device-fault', 'device-silent', 'guide', 'documents', 'other'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** From where one may ask for a person. */
export const ASKING_PLACES = ['kiosk', 'machine', 'counter', 'phone'] as const;
export const TASK_PLACES = [...ASKING_PLACES, 'display', 'zone'] as const;

/** `machine` and `counter`: the id of a counter; `phone`: of the ticket; `kiosk` and `display`: of the device. */
export interface TaskPlace<Kind extends string = (typeof TASK_PLACES)[number]> {
  readonly kind: Kind;
  readonly id: string;
}

export const TASK_OUTCOMES = ['done', 'nobody-there', 'not-needed', 'passed-on'] as const;
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];

/** Never changed in place, like a ticket. */
export interface Task {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly place: TaskPlace;
  readonly ticketId?: TicketId | undefined;
  readonly status: 'open' | 'taken' | 'finished';
  readonly raisedAt: Instant;
  readonly takenAt?: Instant | undefined;
  readonly takenBy?: ActorId | undefined;
  readonly escalatedAt?: Instant | undefined;
  readonly finishedAt?: Instant | undefined;
  readonly outcome?: TaskOutcome | undefined;
}

/** What a new task is about. */
export type TaskAbout = Pick<Task, 'kind' | 'place' | 'ticketId'>;

/** Where the branch says nothing of it. */
const USUAL_ESCALATION_MS = 2 * MINUTE;

interface Tasks {
  readonly config: BranchConfig;
  readonly tasks: ReadonlyMap<TaskId, Task>;
}

/** Rule A2: the task of this kind at this place that has not ended. */
export function standingTask({ tasks }: Pick<Tasks, 'tasks'>, { kind, place }: TaskAbout): Task | undefined {
  for (const task of tasks.values())
    if (
      task.status !== 'finished' &&
      task.kind === kind &&
      task.place.kind === place.kind &&
      task.place.id === place.id
    )
      return task;
  return undefined;
}

export function standingTasks({ tasks }: Pick<Tasks, 'tasks'>): Task[] {
  return [...tasks.values()].filter(({ status }) => status !== 'finished');
}

/** Rule A4: when a task that nobody takes becomes urgent; nothing for one that is taken, or urgent already. */
export function escalatesAt({ config }: Pick<Tasks, 'config'>, task: Task): Instant | undefined {
  if (task.status !== 'open' || task.escalatedAt !== undefined) return undefined;
  const { escalateSeconds } = config.tasks ?? {};
  return task.raisedAt + (escalateSeconds === undefined ? USUAL_ESCALATION_MS : escalateSeconds * 1000);
}
