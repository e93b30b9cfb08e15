import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { Problem } from '../../protocol/messages.ts';

/** Reading of reports over HTTP. */

export interface Door {
  readonly branchId: string;
  readonly token: string;
}

/** The server said no, with its reason. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** @throws Refused, or whatever `fetch` throws when the server does not answer */
export function ask<T>({ branchId, token }: Door, path: string, init: RequestInit = {}): Promise<T> {
  return askAt(token, `/api/branches/${encodeURIComponent(branchId)}/${path}`, init);
}

/** The same, of something that is not of one branch. */
export async function askAt<T>(token: string, address: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(address, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  const body = (await response.json()) as T | { readonly problem: Problem };
  if (!response.ok) throw new Refused((body as { readonly problem: Problem }).problem);
  return body as T;
}

/** `failed` only while there is nothing to show: what was read before stays, and is marked as old by the console. */
export type Reading = 'reading' | 'ready' | 'failed';

/**
 * Reads whenever `key` changes, and again every so often while `again` says so. An answer that was overtaken by another question
 * is dropped.
 */
export function useReading<T>(options: {
  readonly key: () => string;
  readonly read: () => Promise<T>;
  readonly again: () => boolean;
  readonly everyMs: number;
  /** What was read before stays to be seen while another question is asked: the state says that it is old. */
  readonly keep?: true;
}): {
  value: ShallowRef<T | undefined>;
  state: Ref<Reading>;
  /** Why it failed, where the server said so. */
  refused: ShallowRef<Problem | undefined>;
  /** What is shown is what was read before: the last question was not answered. */
  old: Ref<boolean>;
  retry: () => void;
  /** Reads once more, and shows what there is meanwhile. */
  refresh: () => Promise<void>;
} {
  const value = shallowRef<T>();
  const state = ref<Reading>('reading');
  const refused = shallowRef<Problem>();
  const old = ref(false);
  let answered: string | undefined;
  let turn = 0;

  async function read(): Promise<void> {
    const own = (turn += 1);
    const asked = options.key();
    try {
      const answer = await options.read();
      if (own !== turn) return;
      answered = asked;
      value.value = answer;
      state.value = 'ready';
      old.value = false;
    } catch (error) {
      if (own !== turn) return;
      refused.value = error instanceof Refused ? error.problem : undefined;
      // What answers another question is not an answer to this one.
      if (value.value === undefined || answered !== asked) state.value = 'failed';
      else old.value = true;
    }
  }
  function retry(): void {
    state.value = 'reading';
    void read();
  }
  watch(
    options.key,
    () => {
      if (!options.keep) value.value = undefined;
      retry();
    },
    { immediate: true },
  );
  const timer = setInterval(() => {
    if (options.again() || state.value === 'failed') void read();
  }, options.everyMs);
  onScopeDispose(() => {
    clearInterval(timer);
    turn += 1;
  });
  return { value, state, refused, old, retry, refresh: read };
}
