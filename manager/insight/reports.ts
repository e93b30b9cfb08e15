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
}): { value: ShallowRef<T | undefined>; state: Ref<Reading>; retry: () => void } {
  const value = shallowRef<T>();
  const state = ref<Reading>('reading');
  let turn = 0;

  async function read(): Promise<void> {
    const own = (turn += 1);
    try {
      const answer = await options.read();
      if (own !== turn) return;
      value.value = answer;
      state.value = 'ready';
    } catch {
      if (own === turn && value.value === undefined) state.value = 'failed';
    }
  }
  function retry(): void {
    state.value = 'reading';
    void read();
  }
  watch(
    options.key,
    () => {
      value.value = undefined;
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
  return { value, state, retry };
}
