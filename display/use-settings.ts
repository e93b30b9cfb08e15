import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { send } from '../client/people.ts';
import type { DisplaySettings } from '../protocol/display.ts';

/** Until the server has told them, and for a screen that has never heard of it. */
const USUAL: DisplaySettings = {
  layout: 'call-first',
  screen: { diagonalInches: 55, farthestSeatMetres: 6 },
  volume: 80,
  quietHours: [],
  languages: ['zh-CN', 'en'],
  sayTwice: true,
  browserSpeech: false,
  directions: {},
  playlist: [],
};
const AGAIN_MS = 10_000;

/** How this display looks and sounds. Asked for at the start, and again when the line has come back: the server may be a new one. */
export function useSettings(options: {
  branchId: string;
  zone: string | undefined;
  token: () => string;
  live: Ref<boolean>;
}): ShallowRef<DisplaySettings> {
  const key = `lobbyflow.display.${options.branchId}.${options.zone ?? ''}`;
  const settings = shallowRef<DisplaySettings>({ ...USUAL, ...kept(key) });
  let again: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    clearTimeout(again);
    const query = options.zone === undefined ? '' : `?zone=${encodeURIComponent(options.zone)}`;
    const path = `/api/branches/${encodeURIComponent(options.branchId)}/display${query}`;
    const answer = await send('GET', path, undefined, options.token());
    if (!answer?.ok) again = setTimeout(() => void read(), AGAIN_MS);
    else {
      settings.value = { ...USUAL, ...(answer.body as DisplaySettings) };
      localStorage.setItem(key, JSON.stringify(settings.value));
    }
  }
  watch(options.live, (live) => live && void read(), { immediate: true });
  onScopeDispose(() => clearTimeout(again));
  return settings;
}

function kept(key: string): Partial<DisplaySettings> {
  return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<DisplaySettings>;
}
