import type { BranchDay } from '../domain/state.ts';

/** At most so many wait to look at one branch. */
const MAX_LOOKS = 5_000;

/** A queue is full: nothing is wrong, and it is worth trying again in a moment. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

interface Look {
  readonly see: (state: BranchDay | undefined, version: number) => void;
  readonly fail: (reason: unknown) => void;
}

/** Those who want to see the state of a branch, and wait until it is settled. */
export class Looks {
  #waiting: Look[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  add<T>(see: (state: BranchDay | undefined, version: number) => T): Promise<T> {
    if (this.#waiting.length >= MAX_LOOKS) return Promise.reject(new BusyError('too many look at this branch'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ see: (state, version) => resolve(see(state, version)), fail: reject });
    });
  }

  show({ state, version }: { readonly state: BranchDay | undefined; readonly version: number }): void {
    for (const { see, fail } of this.#waiting.splice(0)) {
      try {
        see(state, version);
      } catch (error) {
        fail(error);
      }
    }
  }

  fail(reason: unknown): void {
    for (const look of this.#waiting.splice(0)) look.fail(reason);
  }
}
