import { onBeforeUnmount, ref, watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { BranchProfile, DisplayCall } from '../domain/views/views.ts';
import type { Locale } from '../domain/config.ts';
import {
  createAnnouncer,
  keyOf,
  type Announcement,
  type Announcer,
  type AnnouncerMemory,
  type Fullness,
} from './announcer.ts';
import { createSound, chimeMs } from './sound.ts';
import { createSpeech, spellOut, spokenMs } from './speech.ts';

/** One line of the list of announcements. */
export interface Announced {
  readonly key: string;
  readonly item: Announcement;
  readonly fullness: Fullness;
  readonly text: string;
}

const LINES_KEPT = 20;

/**
 * Gives every new call of the view its sound. The view is shown by others; nothing here can hold it back.
 * @param where names this display among the others of the same browser
 */
export function useAnnouncements(options: {
  where: string;
  calls: Ref<readonly DisplayCall[] | undefined>;
  profile: ShallowRef<BranchProfile | undefined>;
  locale: Ref<Locale>;
  now: Ref<number>;
  speech: boolean;
}): { announced: Ref<readonly Announced[]>; soundOn: Ref<boolean>; turnOnSound: () => Promise<void> } {
  const { t } = useI18n();
  const announced = ref<readonly Announced[]>([]);
  const sound = createSound();
  const speech = options.speech ? createSpeech() : undefined;
  const storageKey = `lobbyflow.announced.${options.where}`;

  function words(item: Announcement, locale: Locale): string {
    const kind = options.profile.value?.counters.find((counter) => counter.id === item.counterId)?.kind ?? 'fixed';
    return t(`spoken.${kind}`, { number: spellOut(item.number, locale), label: item.label }, { locale });
  }

  function script(item: Announcement, fullness: Fullness): readonly (readonly [text: string, locale: Locale])[] {
    if (fullness === 'chime' || speech === undefined) return [];
    const first = [words(item, options.locale.value), options.locale.value] as const;
    if (fullness === 'short' || options.locale.value === 'en') return [first];
    return [first, [words(item, 'en'), 'en']];
  }

  const chimeOf = (item: Announcement) => (item.times > 1 ? 'recall' : 'call');

  let announcer: Announcer | undefined;

  function startAnnouncer(): Announcer {
    return createAnnouncer(
      {
        now: () => options.now.value,
        after(ms, then) {
          const timer = setTimeout(then, ms);
          return () => clearTimeout(timer);
        },
        async play(item, fullness) {
          await sound.chime(chimeOf(item));
          for (const [text, locale] of script(item, fullness)) await speech?.say(text, locale);
        },
        expectedMs: (item, fullness) =>
          script(item, fullness).reduce((ms, [text]) => ms + spokenMs(text), chimeMs(chimeOf(item))),
        began(item, fullness) {
          const line = { key: keyOf(item), item, fullness, text: words(item, options.locale.value) };
          announced.value = [...announced.value, line].slice(-LINES_KEPT);
        },
        stalled: () => speech?.hush(),
      },
      remembered(storageKey, options.now.value),
    );
  }

  watch(
    options.calls,
    (calls) => {
      if (calls === undefined) return;
      // Not before the first view: only then is the server's clock known.
      announcer ??= startAnnouncer();
      announcer.offer(calls);
      sessionStorage.setItem(storageKey, JSON.stringify(announcer.memory()));
    },
    { immediate: true },
  );
  onBeforeUnmount(() => announcer?.stop());

  return { announced, soundOn: sound.on, turnOnSound: sound.turnOn };
}

/** From before a reload; else the past ends now. */
function remembered(storageKey: string, now: number): AnnouncerMemory {
  const kept = sessionStorage.getItem(storageKey);
  return kept === null ? { since: now, keys: [] } : (JSON.parse(kept) as AnnouncerMemory);
}
