import { useLocale } from './locale.ts';
import { SMALL_WORDS } from './small-words.ts';
import type { Locale } from '../domain/config.ts';

/** `{name}` takes the named value; `one | many` is chosen by `plural`, as in vue-i18n. */
export type SmallText = (key: string, named?: Readonly<Record<string, unknown>>, plural?: number) => string;

/** The part of vue-i18n that a page of one screenful needs, in a hundredth of its weight. Follows the screen's language. */
export function createSmallText(messages: Record<Locale, object>): SmallText {
  const { locale } = useLocale();
  return (key, named = {}, plural) => {
    const tree = { ...SMALL_WORDS[locale.value], ...messages[locale.value] };
    const found = key.split('.').reduce<unknown>((node, part) => (isTree(node) ? node[part] : undefined), tree);
    if (typeof found !== 'string') return key;
    const forms = found.split(' | ');
    const form = forms[plural === undefined || plural === 1 ? 0 : forms.length - 1] ?? found;
    return form.replace(/\{(\w+)\}/g, (_, name: string) => wordOf(named[name]));
  };
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isTree(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null;
}
