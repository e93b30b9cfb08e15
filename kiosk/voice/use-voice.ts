import { onScopeDispose, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLocale } from '../../client/locale.ts';
import type { Kiosk } from '../use-kiosk.ts';
import { useCorner } from './corner.ts';
import { useHeadphones } from './headphones.ts';
import { personPhrase, phraseOf } from './phrase.ts';
import { useSpeaker, type Speaker } from './speaker.ts';

/**
 * Says what the screen shows: each page as it comes, what has the focus, and what becomes of a call for a person. Begins with a
 * key, a button, headphones, or a finger that rests on the marked corner.
 */
export function useVoice({ page, hall, said, person, modes }: Kiosk, idle: Ref<boolean>): Speaker {
  const { t } = useI18n();
  const { locale } = useLocale();
  const { voice } = modes;
  const speaker = useSpeaker(voice, locale);
  const begin = (): void => void (voice.value = true);
  watch([speaker.works, voice], ([works, on]) => (modes.mute.value = on && works === false));
  useCorner(begin);
  const headphones = useHeadphones(begin);

  const phrase = (): string => {
    const scene = { page: page.value.at, hall: hall.value, idle: idle.value };
    return t(`kiosk.say.${phraseOf(scene)}`) + said.value;
  };
  watch([phrase, voice], ([text], [, spoke]) => speaker.say(spoke ? text : t('kiosk.say.welcome') + text));
  watch(person.state, (state) => {
    const what = personPhrase(state);
    if (what !== undefined) speaker.say(t(`kiosk.person.${what}`));
  });

  function focused({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const name = target.getAttribute('aria-label') ?? target.innerText;
    const isPrivate = target.closest('[data-private]') !== null && !headphones.value;
    const state = target.getAttribute('aria-pressed') === 'true' ? t('kiosk.say.pressed') : '';
    speaker.say(isPrivate ? t('kiosk.say.private') : name.replace(/\s+/g, ' ') + state);
  }
  document.addEventListener('focusin', focused);
  onScopeDispose(() => document.removeEventListener('focusin', focused));
  return speaker;
}
