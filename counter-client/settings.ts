import { ref, watchEffect } from 'vue';

/** What a workplace remembers: kept in this browser, never on the server. */

export type Theme = 'light' | 'dark';

const THEME = 'lobbyflow.theme';
const SINGLE_KEYS = 'lobbyflow.single-keys';

export const theme = ref<Theme>(localStorage.getItem(THEME) === 'dark' ? 'dark' : 'light');
/** Keys that also write a character, see `keys.ts`. */
export const singleKeys = ref(localStorage.getItem(SINGLE_KEYS) !== 'off');

/** Puts the theme on the page, now and whenever it changes. */
export function showTheme(): void {
  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value;
    localStorage.setItem(THEME, theme.value);
  });
  watchEffect(() => localStorage.setItem(SINGLE_KEYS, singleKeys.value ? 'on' : 'off'));
}
