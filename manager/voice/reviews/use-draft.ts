import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';

export type Saved = 'saved' | 'waiting' | 'failed';

export interface Draft<T> {
  readonly value: ShallowRef<T>;
  readonly saved: Ref<Saved>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** @param typing letter after letter in one place: one step of Undo for all of them */
  write: (next: T, typing?: string) => void;
  undo: () => void;
  redo: () => void;
  /** Now, and not after the pause. */
  flush: () => Promise<void>;
  /** What somebody else has saved takes its place. */
  replace: (next: T) => void;
}

/** After so long a pause it is saved; while the system is away it is tried again, ms. */
const PAUSE_MS = 900;
const AGAIN_MS = 5_000;
const MOST_STEPS = 100;

/** Something that is written bit by bit, saved by itself, and can be undone. */
export function useDraft<T>(first: T, save: (value: T) => Promise<boolean>): Draft<T> {
  const value: ShallowRef<T> = shallowRef<T>(first);
  const saved = ref<Saved>('saved');
  const past = shallowRef<readonly T[]>([]);
  const future = shallowRef<readonly T[]>([]);
  let lastTyped: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<void> | undefined;
  let over = false;

  function later(ms: number): void {
    clearTimeout(timer);
    if (!over) timer = setTimeout(() => void flush(), ms);
  }
  function put(next: T): void {
    value.value = next;
    saved.value = 'waiting';
    later(PAUSE_MS);
  }
  async function run(): Promise<void> {
    const sent: T = value.value;
    const done = await save(sent).catch(() => false);
    if (!done) {
      saved.value = 'failed';
      later(AGAIN_MS);
    } else if (value.value === sent) saved.value = 'saved';
    else later(PAUSE_MS);
  }
  async function flush(): Promise<void> {
    clearTimeout(timer);
    await underWay;
    if (saved.value === 'saved') return;
    underWay = run();
    await underWay;
  }
  // Once more, with what was not saved yet, and then no more.
  onScopeDispose(() => {
    over = true;
    void flush();
  });
  return {
    value,
    saved,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    write(next, typing) {
      if (typing === undefined || typing !== lastTyped) past.value = [...past.value, value.value].slice(-MOST_STEPS);
      lastTyped = typing;
      future.value = [];
      put(next);
    },
    undo() {
      const before = past.value.at(-1);
      if (before === undefined) return;
      past.value = past.value.slice(0, -1);
      future.value = [...future.value, value.value];
      lastTyped = undefined;
      put(before);
    },
    redo() {
      const after = future.value.at(-1);
      if (after === undefined) return;
      future.value = future.value.slice(0, -1);
      past.value = [...past.value, value.value];
      lastTyped = undefined;
      put(after);
    },
    flush,
    replace(next) {
      clearTimeout(timer);
      [past.value, future.value] = [[], []];
      value.value = next;
      saved.value = 'saved';
    },
  };
}
