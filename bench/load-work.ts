import { randomUUID } from 'node:crypto';

/** Where a sender works. */
export interface Post {
  readonly branchId: string;
  readonly counterId: string;
  readonly token: string;
}

/**
 * A customer takes a number; the counter calls, starts, finishes; and again. Each step is one command, and what it is does not
 * depend on whether the server is ours or the raw one.
 */
const STEPS = (counterId: string) => [
  { type: 'TakeTicket', services: ['transfer'] },
  { type: 'CallNext', counterId },
  { type: 'StartService', counterId },
  { type: 'FinishService', counterId, outcome: 'done' },
];

export class Work {
  readonly #steps: readonly string[];
  #next = 0;

  constructor({ counterId }: Pick<Post, 'counterId'>) {
    this.#steps = STEPS(counterId).map((command) => JSON.stringify(command));
  }

  next(): string {
    const command = this.#steps[this.#next] ?? '';
    this.#next = (this.#next + 1) % this.#steps.length;
    return `{"commandId":"${randomUUID()}","command":${command}}`;
  }
}
