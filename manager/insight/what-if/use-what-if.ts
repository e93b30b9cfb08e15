import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type {
  WhatIfFailure,
  WhatIfProgress,
  WhatIfRequest,
  WhatIfResult,
  WhatIfStarted,
} from '../../../protocol/what-if.ts';
import { ask, Refused, type Door } from '../reports.ts';

/** One what-if at a time: asked for, followed while it runs, and kept until the next. */

export type Run =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly done: number; readonly of: number }
  | { readonly state: 'done'; readonly result: WhatIfResult }
  | { readonly state: 'failed'; readonly why: WhatIfFailure | 'busy' | 'gone' | 'unreachable' };

const LOOK_EVERY_MS = 300;
/** A line that is cut for a moment does not end the run. */
const MOST_MISSED_LOOKS = 10;

export function useWhatIf(door: () => Door): {
  run: ShallowRef<Run>;
  start: (request: WhatIfRequest) => Promise<void>;
  forget: () => void;
} {
  const run = shallowRef<Run>({ state: 'none' });
  let turn = 0;
  onScopeDispose(() => (turn += 1));

  async function follow(id: string, own: number): Promise<void> {
    let missed = 0;
    while (own === turn) {
      try {
        const progress = await ask<WhatIfProgress>(door(), `what-if/${encodeURIComponent(id)}`);
        missed = 0;
        if (own !== turn) return;
        run.value = progress;
        if (progress.state !== 'running') return;
      } catch (error) {
        missed += 1;
        const gone = error instanceof Refused && error.problem.code !== 'too-fast';
        if (own === turn && (gone || missed > MOST_MISSED_LOOKS)) {
          run.value = { state: 'failed', why: gone ? 'gone' : 'unreachable' };
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  return {
    run,
    async start(request) {
      const own = (turn += 1);
      run.value = { state: 'running', done: 0, of: request.policies.length + 1 };
      try {
        const { id } = await ask<WhatIfStarted>(door(), 'what-if', { method: 'POST', body: JSON.stringify(request) });
        await follow(id, own);
      } catch (error) {
        if (own !== turn) return;
        const busy = error instanceof Refused && (error.problem.code === 'busy' || error.problem.code === 'too-fast');
        run.value = { state: 'failed', why: busy ? 'busy' : error instanceof Refused ? 'broken' : 'unreachable' };
      }
    },
    forget() {
      turn += 1;
      run.value = { state: 'none' };
    },
  };
}
