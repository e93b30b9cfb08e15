import { watch } from 'vue';
import { createI18n, type I18n } from 'vue-i18n';
import type { Locale } from '../domain/config.ts';
import { LANGUAGES, useLocale } from './locale.ts';
import { COMMON_MESSAGES } from './messages.ts';

export { useLocale };

type Tree = Record<string, unknown>;
export type ScreenI18n = I18n<Record<string, Tree>, Tree, Tree, string, false>;

/**
 * The screen's words together with the common ones (`client/messages.ts`).
 * @param messages one tree for each language; its top keys must not be those of the common messages
 */
export function createScreenI18n(messages: Record<Locale, object>): ScreenI18n {
  const { locale } = useLocale();
  const all = Object.fromEntries(LANGUAGES.map((name) => [name, { ...COMMON_MESSAGES[name], ...messages[name] }]));
  const i18n = createI18n({ legacy: false, locale: locale.value, fallbackLocale: 'en', messages: all });
  watch(locale, (next) => (i18n.global.locale.value = next), { flush: 'sync' });
  return i18n;
}
