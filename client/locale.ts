import { ref, watchEffect, type Ref } from 'vue';
import type { Locale } from '../domain/config.ts';

/** The screen's language. Kept apart from vue-i18n so that the phone page does not carry it. */

const SAVED = 'lobbyflow.locale';

/** Each language by its own name: who cannot read this page can read that. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
};

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as readonly Locale[];

/** @param tag a language tag as browsers give it, such as `zh-Hant-HK` */
export function localeOf(tag: string | null | undefined): Locale | undefined {
  if (!tag) return undefined;
  const lower = tag.toLowerCase();
  if (lower.startsWith('zh')) return /hant|tw|hk|mo/.test(lower) ? 'zh-TW' : 'zh-CN';
  return lower.startsWith('en') ? 'en' : undefined;
}

/** False where the server writes a page: it says the language itself. */
const inBrowser = typeof document !== 'undefined';

function first(): Locale {
  if (!inBrowser) return 'zh-CN';
  const asked = new URLSearchParams(location.search).get('lang');
  const browser = navigator.languages.map(localeOf).find((locale) => locale !== undefined);
  return localeOf(asked) ?? localeOf(localStorage.getItem(SAVED)) ?? browser ?? 'zh-CN';
}

const locale = ref<Locale>(first());
if (inBrowser) watchEffect(() => (document.documentElement.lang = locale.value));

/** `remember: false` for a screen that many people share. */
export function useLocale(): {
  locale: Ref<Locale>;
  setLocale: (next: Locale, options?: { remember?: boolean }) => void;
} {
  return {
    locale,
    setLocale(next, { remember = true } = {}) {
      locale.value = next;
      if (remember) localStorage.setItem(SAVED, next);
    },
  };
}
