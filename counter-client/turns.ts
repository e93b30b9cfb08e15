import { shallowRef, type Ref } from 'vue';

/** Something that was pressed while an answer was awaited. */
interface Next<T> {
  readonly go: () => void;
  readonly drop: () => void;
  readonly what: T;
}

/**
 * One thing at a time, and at most one that waits for it: what is pressed before the answer is there is done after it, shown
 * meanwhile, and never lost without a word.
 */
export interface Turns<T> {
  /** What is being done. */
  readonly now: Readonly<Ref<T | undefined>>;
  /** What waits for it. */
  readonly next: Readonly<Ref<T | undefined>>;
  /**
   * Does it now, or when what is being done was done.
   * @returns false when it was not done: it failed itself, what it waited for failed, or something waited already
   */
  take(what: T, act: () => Promise<boolean>): Promise<boolean>;
  /** What waits will not be done. */
  dropNext(): void;
}

/** @param lost told of what will not be done, and why: the one before it failed, or there was one waiting already */
export function createTurns<T>(lost: (what: T, why: 'failed' | 'full') => void): Turns<T> {
  const now = shallowRef<T>();
  const next = shallowRef<T>();
  let waiting: Next<T> | undefined;

  async function run(what: T, act: () => Promise<boolean>): Promise<boolean> {
    now.value = what;
    const done = await act().finally(() => (now.value = undefined));
    const after = waiting;
    waiting = undefined;
    next.value = undefined;
    if (after === undefined) return done;
    if (done) after.go();
    else {
      lost(after.what, 'failed');
      after.drop();
    }
    return done;
  }

  return {
    now,
    next,
    take(what, act) {
      if (now.value === undefined) return run(what, act);
      if (waiting !== undefined) {
        lost(what, 'full');
        return Promise.resolve(false);
      }
      next.value = what;
      return new Promise((resolve) => {
        waiting = { what, go: () => void run(what, act).then(resolve), drop: () => resolve(false) };
      });
    },
    dropNext() {
      waiting?.drop();
      waiting = undefined;
      next.value = undefined;
    },
  };
}
