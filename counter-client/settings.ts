import { computed, ref, shallowRef, watchEffect } from 'vue';
import { KEY_ACTIONS, mayBind, printed, USUAL_KEYS, type Bindings, type KeyAction } from './keys.ts';

/** What a workplace remembers: kept in this browser, never on the server. */

export type Theme = 'light' | 'dark';

const THEME = 'lobbyflow.theme';
const SINGLE_KEYS = 'lobbyflow.single-keys';
const BINDINGS = 'lobbyflow.keys';

export const theme = ref<Theme>(localStorage.getItem(THEME) === 'dark' ? 'dark' : 'light');
/** Keys that also write a character, see `keys.ts`. */
export const singleKeys = ref(localStorage.getItem(SINGLE_KEYS) !== 'off');
/** Which key does what at this workplace. */
export const bindings = shallowRef<Bindings>(keptBindings());
/** What is printed on a button for its action. */
export const badges = computed(
  () =>
    Object.fromEntries(KEY_ACTIONS.map((action) => [action, printed(bindings.value[action][0] ?? '')])) as Readonly<
      Record<KeyAction, string>
    >,
);

/**
 * Gives a key to an action, in the place of one that it has.
 * @returns the action that has this key already; then nothing is changed
 */
export function bind(action: KeyAction, place: number, key: string): KeyAction | undefined {
  const other = KEY_ACTIONS.find((one) => bindings.value[one].includes(key));
  if (other === undefined) bindings.value = { ...bindings.value, [action]: bindings.value[action].with(place, key) };
  return other;
}

/** What was kept, where it is still good; the usual keys for the rest. */
function keptBindings(): Bindings {
  try {
    const kept = JSON.parse(localStorage.getItem(BINDINGS) ?? '{}') as Partial<Bindings>;
    const good = (key: string, usual: string) => (key === usual || mayBind(key) ? key : usual);
    const entries = KEY_ACTIONS.map((action) => [
      action,
      USUAL_KEYS[action].map((usual, place) => good(String(kept[action]?.[place] ?? usual), usual)),
    ]);
    return Object.fromEntries(entries) as Bindings;
  } catch {
    return USUAL_KEYS;
  }
}

/** Puts the theme on the page, and remembers what is changed. */
export function showTheme(): void {
  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value;
    localStorage.setItem(THEME, theme.value);
  });
  watchEffect(() => localStorage.setItem(SINGLE_KEYS, singleKeys.value ? 'on' : 'off'));
  watchEffect(() => localStorage.setItem(BINDINGS, JSON.stringify(bindings.value)));
}
