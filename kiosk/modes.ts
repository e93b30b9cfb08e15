import { computed, ref, watchEffect, type ComputedRef, type Ref } from 'vue';

/** How the screen is shown and used. They go together in any way, and end with the customer's session. */
export interface Modes {
  readonly large: Ref<boolean>;
  readonly contrast: Ref<boolean>;
  /** Everything that is touched is within reach from a wheelchair. */
  readonly low: Ref<boolean>;
  readonly voice: Ref<boolean>;
  /** The voice is wanted, and this machine has none. */
  readonly mute: Ref<boolean>;
  readonly any: ComputedRef<boolean>;
  /** Who needs one of these needs more time, too (K8). */
  readonly unhurried: ComputedRef<boolean>;
  readonly reset: () => void;
}

export function useModes(): Modes {
  const large = ref(false);
  const contrast = ref(false);
  const low = ref(false);
  const voice = ref(false);
  const mute = ref(false);

  watchEffect(() => {
    const { dataset } = document.documentElement;
    dataset['size'] = large.value ? 'large' : 'normal';
    dataset['theme'] = contrast.value ? 'contrast' : 'light';
    dataset['reach'] = low.value ? 'low' : 'full';
  });

  return {
    ...{ large, contrast, low, voice, mute },
    any: computed(() => large.value || contrast.value || low.value || voice.value),
    unhurried: computed(() => large.value || voice.value),
    reset: () => [large, contrast, low, voice].forEach((mode) => (mode.value = false)),
  };
}
