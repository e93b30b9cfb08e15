import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Seconds to say "I am still here", as often as one likes. */
const COUNTDOWN_SECONDS = 20;

/**
 * Somebody walked away. After `quietSeconds()` without a touch or a key `left` counts down from 20; at the end `gone` is called.
 * Counts only while `watching()`.
 */
export function useIdle(options: { quietSeconds: () => number; watching: () => boolean; gone: () => void }): {
  left: Ref<number | undefined>;
  stay: () => void;
} {
  const left = ref<number>();
  let quiet = 0;

  function stay(): void {
    quiet = 0;
    left.value = undefined;
  }

  function second(): void {
    if (!options.watching()) return stay();
    quiet += 1;
    if (quiet < options.quietSeconds()) return;
    left.value = COUNTDOWN_SECONDS - (quiet - options.quietSeconds());
    if (left.value > 0) return;
    stay();
    options.gone();
  }

  const touched = (): void => {
    // The countdown ends by its own button, so that a stray touch does not hide what it says.
    if (left.value === undefined) quiet = 0;
  };
  const ticking = setInterval(second, 1_000);
  window.addEventListener('pointerdown', touched);
  window.addEventListener('keydown', touched);
  watch(options.watching, stay);
  onScopeDispose(() => {
    clearInterval(ticking);
    window.removeEventListener('pointerdown', touched);
    window.removeEventListener('keydown', touched);
  });
  return { left, stay };
}
