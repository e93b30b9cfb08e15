import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Whole seconds down to nought, then `end` once. `again` starts from the top. */
export function useCountdown(
  seconds: () => number,
  end?: () => void,
): { left: Ref<number>; of: Ref<number>; again: () => void } {
  const of = ref(seconds());
  const left = ref(of.value);
  function again(): void {
    of.value = seconds();
    left.value = of.value;
  }
  const ticking = setInterval(() => {
    if (left.value === 0) return;
    left.value -= 1;
    if (left.value === 0) end?.();
  }, 1_000);
  watch(seconds, again);
  onScopeDispose(() => clearInterval(ticking));
  return { left, of, again };
}
