import { watch, type Ref, type ShallowRef } from 'vue';
import type { BranchProfile, DisplayView } from '../domain/views/views.ts';

export interface LastSeen {
  /** Server time, ms. */
  readonly at: number;
  readonly view: DisplayView;
  readonly profile: BranchProfile;
}

/** Older than this it is of another day. */
const KEPT_MS = 12 * 3_600_000;
const EACH_MS = 10_000;

/**
 * Keeps what is shown, so that a screen that starts shows it at once, marked with its time, until the server answers.
 * @returns what was kept by the page before this one
 */
export function useLastSeen(
  where: string,
  seen: { view: ShallowRef<DisplayView | undefined>; profile: ShallowRef<BranchProfile | undefined>; now: Ref<number> },
): LastSeen | undefined {
  const key = `lobbyflow.last-seen.${where}`;
  const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as LastSeen | null;
  let keptAt = 0;
  watch([seen.view, seen.now], () => {
    const [view, profile, at] = [seen.view.value, seen.profile.value, seen.now.value];
    if (view === undefined || profile === undefined || at - keptAt < EACH_MS) return;
    keptAt = at;
    localStorage.setItem(key, JSON.stringify({ at, view, profile } satisfies LastSeen));
  });
  return kept !== null && Math.abs(seen.now.value - kept.at) < KEPT_MS ? kept : undefined;
}
