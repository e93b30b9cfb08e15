import { watchEffect } from 'vue';
import '@fontsource-variable/noto-sans-sc/index.css';
import { useLocale } from './locale.ts';

/** The web fonts of every screen but the phone: traditional glyphs only when somebody reads them. */
export function loadFonts(): void {
  const { locale } = useLocale();
  watchEffect(() => {
    if (locale.value === 'zh-TW') void import('@fontsource-variable/noto-sans-tc/index.css');
  });
}
