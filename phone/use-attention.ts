import { onScopeDispose, watch } from 'vue';
import type { Mood } from './mood.ts';

const NEAR_PATTERN = [200];
const CALL_PATTERN = [400, 200, 400, 200, 400];
const REMIND_MS = 15_000;
const REMINDERS = 3;

/**
 * Makes the phone felt: once when it is nearly the turn, and at a call up to three times. Keeps the screen on while waiting, where
 * the browser lets it.
 * @param call changes with each call and recall; undefined while not called
 */
export function useAttention(mood: () => Mood | undefined, call: () => number | undefined): void {
  let reminding: ReturnType<typeof setInterval> | undefined;
  let awake: WakeLockSentinel | undefined;

  watch(mood, (now) => {
    if (now === 'near') vibrate(NEAR_PATTERN);
  });
  watch(call, (at) => {
    clearInterval(reminding);
    if (at === undefined) return;
    let times = 1;
    vibrate(CALL_PATTERN);
    reminding = setInterval(() => {
      vibrate(CALL_PATTERN);
      if (++times >= REMINDERS) clearInterval(reminding);
    }, REMIND_MS);
  });

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
}

function vibrate(pattern: number[]): void {
  // Before the first touch of the page browsers forbid it, and complain.
  if ('vibrate' in navigator && navigator.userActivation?.hasBeenActive) navigator.vibrate(pattern);
}
