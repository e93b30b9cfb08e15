import { onScopeDispose, ref, watch, type Ref } from 'vue';
import type { Mood } from './mood.ts';
import { ring } from './sound.ts';

const NEAR_PATTERN = [200];
const CALL_PATTERN = [400, 200, 400, 200, 400];
const REMIND_MS = 15_000;
const REMINDERS = 3;

/**
 * Makes the phone felt and heard: once when it is nearly the turn, and at a call up to three times. Keeps the screen on while waiting,
 * where the browser lets it.
 * @param call changes with each call and recall; undefined while not called, or when the customer has said that they are there
 * @returns how often it has reminded of this call, 1 with the call itself, 0 while there is none
 */
export function useAttention(mood: () => Mood | undefined, call: () => number | undefined): Readonly<Ref<number>> {
  let reminding: ReturnType<typeof setInterval> | undefined;
  let awake: WakeLockSentinel | undefined;
  const times = ref(0);

  function remind(): void {
    times.value += 1;
    vibrate(CALL_PATTERN);
    ring('called');
    if (times.value >= REMINDERS) clearInterval(reminding);
  }

  watch(mood, (now) => {
    if (now !== 'near') return;
    vibrate(NEAR_PATTERN);
    ring('near');
  });
  watch(
    call,
    (at) => {
      clearInterval(reminding);
      times.value = 0;
      if (at === undefined) return;
      reminding = setInterval(remind, REMIND_MS);
      remind();
    },
    { immediate: true },
  );

  async function keepAwake(): Promise<void> {
    const waits = ['waiting', 'near', 'called'].includes(mood() ?? '');
    if (!waits || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      awake = await navigator.wakeLock.request('screen');
    } catch {
      // Low battery or a browser's own rule: the page works without.
    }
  }
  const onVisible = (): void => void keepAwake();
  watch(mood, onVisible, { immediate: true });
  document.addEventListener('visibilitychange', onVisible);
  onScopeDispose(() => {
    clearInterval(reminding);
    void awake?.release();
    document.removeEventListener('visibilitychange', onVisible);
  });
  return times;
}

function vibrate(pattern: number[]): void {
  // Before the first touch of the page browsers forbid it, and complain.
  if ('vibrate' in navigator && navigator.userActivation?.hasBeenActive) navigator.vibrate(pattern);
}
