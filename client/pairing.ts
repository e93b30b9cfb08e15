import { onScopeDispose, ref, type Ref } from 'vue';
import { send } from './people.ts';

/** A screen in the hall that nobody knows yet: it shows a code until somebody confirms it at the console. */

export interface PairedToken {
  readonly token: string;
  readonly deviceId: string;
}
interface Started {
  readonly pairingId: string;
  readonly key: string;
  readonly code: string;
}

const ASK_MS = 2_000;

/** Shows code after code until one is confirmed. `code` is empty while the server does not answer. */
export function usePairing(
  branchId: string,
  kind: 'kiosk' | 'display' | 'rating',
  paired: (token: PairedToken) => void,
): { code: Ref<string> } {
  const code = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started: Started | undefined;
  let left = false;

  async function step(): Promise<void> {
    if (started === undefined) {
      const answer = await send('POST', '/api/pairings', { branchId, kind });
      started = answer?.ok ? (answer.body as Started) : undefined;
      code.value = started?.code ?? '';
    } else {
      const { pairingId, key } = started;
      const answer = await send('POST', '/api/pairings/ask', { pairingId, key });
      const { state } = (answer?.ok ? answer.body : {}) as { state?: 'waiting' | 'paired' | 'gone' };
      if (state === 'paired') return paired(answer?.body as PairedToken);
      if (state === 'gone') {
        started = undefined;
        return step();
      }
    }
    if (!left) timer = setTimeout(() => void step(), ASK_MS);
  }

  void step();
  onScopeDispose(() => {
    left = true;
    clearTimeout(timer);
  });
  return { code };
}
