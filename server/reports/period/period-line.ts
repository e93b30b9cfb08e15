import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { FromPeriodThread, PeriodTask, ToPeriodThread } from './period-task.ts';

/** Three reports over a year of many branches at once; a fault that eats memory ends the thread, not the server. */
const MEMORY_MB = 768;
const TIME_LIMIT_MS = 60_000;

type Asked = PeriodTask extends infer Task ? (Task extends PeriodTask ? Omit<Task, 'line'> : never) : never;

/** One report's line to the thread. */
export interface PeriodLine {
  say(message: ToPeriodThread): void;
  /** Rejects when it failed, when the thread died, or after a minute. */
  ask<Kind extends FromPeriodThread['kind']>(
    message: ToPeriodThread,
    expected: Kind,
  ): Promise<Extract<FromPeriodThread, { kind: Kind }>>;
  close(): void;
}

/** The thread that sums up reports: started by the first one, and there until the server stops. */
export class PeriodThread {
  #worker: Worker | undefined;

  open(task: Asked): PeriodLine {
    const { port1, port2 } = new MessageChannel();
    const worker = (this.#worker ??= this.#start());
    worker.postMessage({ ...task, line: port2 } satisfies PeriodTask, [port2]);
    return {
      say: (message) => port1.postMessage(message),
      ask: (message, expected) => this.#ask(port1, message, expected),
      close: () => port1.close(),
    };
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./period-thread.mjs', import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    // Lines that lead to it are closed with it, and that is what their reports are told.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    worker.unref();
    return worker;
  }

  #ask<Kind extends FromPeriodThread['kind']>(port: MessagePort, message: ToPeriodThread, expected: Kind) {
    return new Promise<Extract<FromPeriodThread, { kind: Kind }>>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`a report took more than ${TIME_LIMIT_MS} ms`));
        void this.stop();
      }, TIME_LIMIT_MS);
      port.once('message', (said: FromPeriodThread) => {
        clearTimeout(timer);
        if (said.kind === expected) resolve(said as Extract<FromPeriodThread, { kind: Kind }>);
        else reject(new Error(said.kind === 'failed' ? said.why : `${said.kind} instead of ${expected}`));
      });
      port.once('close', () => {
        clearTimeout(timer);
        reject(new Error('the thread of the reports ended without an answer'));
      });
      port.postMessage(message);
    });
  }
}
