import { computed, onScopeDispose, ref, watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Locale } from '../domain/config.ts';
import type { BranchProfile, DisplayCall } from '../domain/views/views.ts';
import { clock } from '../client/format.ts';
import { newCommandId } from '../client/connection.ts';
import type { DisplaySettings, SoundState } from '../protocol/display.ts';
import type { SoundReport } from '../protocol/messages.ts';
import { createBrowserVoice, spellOut } from './announce/browser-voice.ts';
import { keyOf } from './announce/calls.ts';
import { createDuck } from './announce/duck.ts';
import { openLoudspeaker } from './announce/loudspeaker.ts';
import { createPlayer } from './announce/player.ts';
import {
  createAnnounceQueue,
  type Announcement,
  type AnnounceQueue,
  type Fullness,
  type QueueMemory,
} from './announce/queue.ts';
import { fetchVoice } from './announce/server-voice.ts';
import { volumeAt } from './announce/volume.ts';

/** One line of the list of announcements. */
export interface Announced {
  readonly key: string;
  readonly item: Announcement;
  readonly fullness: Fullness;
  readonly text: string;
}

const LINES_KEPT = 20;
/** How often the server hears of the sound, and says who speaks. */
const REPORT_MS = 5_000;
/** A display that does not speak keeps its media low for about as long as the others speak. */
const OTHERS_SPEAK_MS = 6_000;

/**
 * Gives every new call of the view its sound, if this is the display that speaks. The view is shown by others; nothing here can
 * hold it back.
 * @param where names this display among the others of the same browser
 */
export function useAnnouncements(options: {
  where: string;
  branchId: string;
  /** A sign above a counter never speaks. */
  silent: boolean;
  token: () => string;
  calls: Ref<readonly DisplayCall[] | undefined>;
  profile: ShallowRef<BranchProfile | undefined>;
  settings: ShallowRef<DisplaySettings>;
  locale: Ref<Locale>;
  now: Ref<number>;
  report: (report: SoundReport) => Promise<boolean | undefined>;
}) {
  const { t } = useI18n();
  const { branchId, settings, now } = options;
  const announced = ref<readonly Announced[]>([]);
  const speaks = ref(false);
  const mediaShare = ref(1);
  const loudspeaker = openLoudspeaker();
  const browserVoice = createBrowserVoice();
  const screen = newCommandId();
  const storageKey = `lobbyflow.announced.${options.where}`;
  const noVoice = ref(false);
  const speaker = ref(loudspeaker.state());
  const gaveUp = ref(false);
  loudspeaker.onChange(() => (speaker.value = loudspeaker.state()));

  const timeZone = () => options.profile.value?.timeZone ?? 'UTC';
  const volume = computed(() => volumeAt(settings.value, clock(now.value, timeZone(), 'en')));
  const state = computed<SoundState>(() => {
    if (options.silent || volume.value === 0) return 'quiet';
    if (speaker.value === 'blocked') return 'blocked';
    if (speaker.value === 'stuck' || gaveUp.value) return 'stalled';
    return noVoice.value ? 'chime' : 'on';
  });
  watch(volume, (next) => loudspeaker.setVolume(next), { immediate: true });
  watch(now, () => (speaker.value = loudspeaker.state()));

  async function report(): Promise<void> {
    // A sound that stalled is tried again: else a display that once was late would be silent for ever.
    if (gaveUp.value && loudspeaker.state() === 'running') gaveUp.value = false;
    const answer = options.silent ? false : await options.report({ screen, state: state.value });
    if (answer !== undefined) speaks.value = answer;
  }
  watch([state, () => options.calls.value === undefined], () => void report());
  const reporting = setInterval(() => void report(), REPORT_MS);

  function words(item: Announcement, locale: Locale): string {
    const kind = options.profile.value?.counters.find((counter) => counter.id === item.counterId)?.kind ?? 'fixed';
    return t(`spoken.${kind}`, { number: spellOut(item.number, locale), label: item.label }, { locale });
  }

  const after = (ms: number, then: () => void) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  };
  const lower = createDuck({ now: () => performance.now(), after, set: (share) => (mediaShare.value = share) });
  const player = createPlayer({
    chime: (kind) => loudspeaker.chime(kind),
    async spoken(item, language, form) {
      const file = await fetchVoice(
        { branchId, lang: language, counterId: item.counterId, number: item.number, form },
        options.token(),
      );
      noVoice.value = file === undefined;
      if (file === undefined)
        return settings.value.browserSpeech ? browserVoice.spoken(words(item, language), language) : undefined;
      const clip = await loudspeaker.decode(file);
      return { ms: clip.ms, say: () => loudspeaker.play(clip) };
    },
    sayTwice: () => settings.value.sayTwice,
    lower,
  });
  async function keepLow(): Promise<void> {
    lower(true);
    await new Promise<void>((resolve) => after(OTHERS_SPEAK_MS, resolve));
    lower(false);
  }
  const heard = () => speaks.value && state.value !== 'quiet';

  let queue: AnnounceQueue | undefined;
  const openQueue = () =>
    createAnnounceQueue(
      {
        now: () => now.value,
        after,
        languages: () => settings.value.languages,
        prepare: (item) => void (heard() && player.prepare(item)),
        play: (item, fullness, alone) => (heard() ? player.play(item, fullness, alone) : keepLow()),
        expectedMs: (item, fullness) => (heard() ? player.expectedMs(item, fullness) : OTHERS_SPEAK_MS),
        began(item, fullness) {
          const line = { key: keyOf(item), item, fullness, text: words(item, options.locale.value) };
          announced.value = [...announced.value, line].slice(-LINES_KEPT);
        },
        ended(_item, how) {
          if (how === 'stalled') browserVoice.hush();
          gaveUp.value = how === 'stalled';
        },
      },
      remembered(storageKey, now.value),
    );
  watch(
    options.calls,
    (calls) => {
      if (calls === undefined) return;
      // Not before the first view: only then is the server's clock known.
      queue ??= openQueue();
      queue.offer(calls);
      sessionStorage.setItem(storageKey, JSON.stringify(queue.memory()));
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearInterval(reporting);
    queue?.stop();
  });

  return { announced, speaks, state, mediaShare, turnOnSound: () => loudspeaker.unblock() };
}

/** From before a reload; else the past ends now. */
function remembered(storageKey: string, now: number): QueueMemory {
  const kept = sessionStorage.getItem(storageKey);
  return kept === null ? { since: now, keys: [] } : (JSON.parse(kept) as QueueMemory);
}
