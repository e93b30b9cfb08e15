import type { ComposerTranslation } from 'vue-i18n';
import type { WorkProfile } from '../domain/config.ts';
import type { Names } from './names.ts';

/** "first cash; helps VIP when free": what a work profile means. */
export function workWords(t: ComposerTranslation, names: Names, { first, help, helpWhen }: WorkProfile): string {
  const list = (ids: readonly string[]) => ids.map(names.segment).join(t('comma'));
  const words = [t('work.first', { segments: list(first) })];
  if (help.length > 0) words.push(t(`work.help.${helpWhen}`, { segments: list(help) }));
  return words.join(t('semicolon'));
}
