import { onScopeDispose, ref, watchEffect, type Ref } from 'vue';

/** Light or dark, by the person's choice, else by the device's. Remembered on this device. */
export type Theme = 'light' | 'dark';
const SAVED = 'lobbyflow.manager.theme';

function first(): Theme {
  const saved = localStorage.getItem(SAVED);
  if (saved === 'light' || saved === 'dark') return saved;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
const theme = ref<Theme>(first());

export function applyTheme(): void {
  watchEffect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    // Element Plus keeps its dark colours under this class.
    document.documentElement.classList.toggle('dark', theme.value === 'dark');
  });
}

export function useTheme(): { theme: Ref<Theme>; toggleTheme: () => void } {
  return {
    theme,
    toggleTheme() {
      theme.value = theme.value === 'dark' ? 'light' : 'dark';
      localStorage.setItem(SAVED, theme.value);
    },
  };
}

/** Paper is light: while the page is printed, whatever the person chose. @returns prints it, once it is drawn in light */
export function useLightPaper(): () => Promise<void> {
  let chosen: Theme | undefined;
  const begin = () => {
    chosen ??= theme.value;
    theme.value = 'light';
  };
  const end = () => {
    if (chosen !== undefined) theme.value = chosen;
    chosen = undefined;
  };
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  onScopeDispose(() => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  });
  return async () => {
    begin();
    // One frame for the page, one for the charts on it.
    for (const _frame of [1, 2]) await new Promise(requestAnimationFrame);
    print();
  };
}
