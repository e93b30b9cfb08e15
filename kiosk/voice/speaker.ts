import { onScopeDispose, ref, watch, type Ref } from 'vue';
import type { Locale } from '../../domain/config.ts';

/** A browser that has not begun to speak by then has no voice. */
const SELF_TEST_MS = 2_500;
const STEP = 0.2;

export interface Speaker {
  /** Nothing until the self-test is over. */
  readonly works: Ref<boolean | undefined>;
  readonly volume: Ref<number>;
  /** Stops what is being said: the newest counts. */
  readonly say: (text: string) => void;
  readonly repeat: () => void;
  readonly stop: () => void;
  readonly louder: () => void;
  readonly softer: () => void;
}

/** Speaks with the voice of the browser, after a self-test: many have none, and say nothing about it. Tested when it is first needed. */
export function useSpeaker(on: Ref<boolean>, locale: Ref<Locale>): Speaker {
  const engine = 'speechSynthesis' in window ? window.speechSynthesis : undefined;
  const works = ref<boolean>();
  const volume = ref(1);
  let last = '';

  function speak(text: string, loud: number, started?: () => void): void {
    if (engine === undefined) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = locale.value;
    utterance.volume = loud;
    if (started !== undefined) utterance.onstart = started;
    engine.cancel();
    engine.speak(utterance);
  }

  function test(): void {
    if (works.value !== undefined) return;
    const timer = setTimeout(() => (works.value = false), engine === undefined ? 0 : SELF_TEST_MS);
    // What is to be said is the test: nobody waits for it.
    speak(last, volume.value, () => {
      clearTimeout(timer);
      works.value = true;
    });
  }

  function say(text: string): void {
    if (!on.value || text === '') return;
    last = text;
    if (works.value === undefined) test();
    else if (works.value) speak(text, volume.value);
  }

  const stop = (): void => engine?.cancel();
  watch(on, (speaks) => {
    if (speaks) return;
    stop();
    volume.value = 1;
  });
  onScopeDispose(stop);

  return {
    ...{ works, volume, say, stop },
    repeat: () => say(last),
    louder: () => (volume.value = Math.min(1, volume.value + STEP)),
    softer: () => (volume.value = Math.max(STEP, volume.value - STEP)),
  };
}
