import { Worker } from 'node:worker_threads';
import type { DayTask, FromThread } from './day-task.ts';

/** It did not end in time and was stopped. */
export class TooLong extends Error {}

/** Enough for the longest day; a fault that eats memory ends the thread, not the server. */
const MEMORY_MB = 512;

export interface RunOptions {
  readonly timeLimitMs: number;
  readonly progress?: (done: number) => void;
  /** Ends the thread. */
  readonly signal: AbortSignal;
}

/** Runs one task in a thread of its own. Rejects when it fails, takes too long (`TooLong`) or is stopped. */
export function runTask<Kind extends DayTask['kind']>(
  task: DayTask & { readonly kind: Kind },
  { timeLimitMs, progress, signal }: RunOptions,
): Promise<Extract<FromThread, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./what-if-thread.mjs', import.meta.url), {
      workerData: task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (error: Error) => {
      reject(error);
      void worker.terminate();
    };
    const stop = () => end(new Error('the server is being stopped'));
    const timer = setTimeout(() => end(new TooLong(`more than ${timeLimitMs} ms`)), timeLimitMs);
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'progress') progress?.(message.done);
      else if (message.kind === task.kind) resolve(message as Extract<FromThread, { kind: Kind }>);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      reject(new Error('the thread ended without an answer'));
    });
    if (signal.aborted) stop();
  });
}
