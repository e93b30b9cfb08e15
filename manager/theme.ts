import { ref, watchEffect, type Ref } from 'vue';

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
