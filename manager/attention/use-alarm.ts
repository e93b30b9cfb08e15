import { useLocalStorage } from '@vueuse/core';
import { watch, type Ref } from 'vue';
import type { Alert } from '../../domain/attention/alert.ts';
import { chime } from './chime.ts';
import { soundsFor, urgentOf } from './inbox.ts';

/** Sound for what is urgent, as long as this screen wants it; remembered on the device. */
export function useAlarm(alerts: () => readonly Alert[], now: Ref<number>): { readonly sound: Ref<boolean> } {
  const sound = useLocalStorage('lobbyflow.manager.sound', true);
  // What was there before the screen was opened is seen, not heard.
  let heard = new Set(urgentOf(alerts()));
  watch(alerts, (next) => {
    if (sound.value && soundsFor(next, heard).length > 0) chime(now.value);
    heard = new Set(urgentOf(next));
  });
  return { sound };
}
