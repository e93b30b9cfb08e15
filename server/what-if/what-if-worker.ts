import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { recordedCustomers } from '../../domain/replay/customers.ts';
import { whatIf } from '../../domain/replay/what-if.ts';
import type { DayTask, FromThread } from './day-task.ts';

/** The thread in which a recorded day runs again: seconds of work, which the hall must not wait for. */

const port = parentPort;
if (!port) throw new Error('what-if-worker.ts is started as a worker thread.');
const say = (message: FromThread) => port.postMessage(message);

// On Linux a priority belongs to the thread that asks for it; elsewhere it would be the whole server's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const task = workerData as DayTask;
if (task.kind === 'customers') say({ kind: 'customers', result: recordedCustomers(task.events) });
else {
  const progress = (done: number) => say({ kind: 'progress', done });
  say({ kind: 'what-if', result: whatIf(task.events, task.policies, { from: task.from, progress }) });
}
