import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { BusinessDay } from '../domain/ids.ts';

/** Which page of the console is shown, and of which day: all of it is in the address, so that Back, a reload and a link work. */

export const PAGES = ['live', 'queue', 'devices', 'figures', 'what-if'] as const;
export type Page = (typeof PAGES)[number];

export interface Place {
  readonly page: Page;
  /** Of the figures and of what-if; absent for the day that the page chooses. */
  readonly day?: BusinessDay | undefined;
}

/** @param hash as in `location.hash`; one that says nothing of ours is the hall */
export function placeOf(hash: string): Place {
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?');
  const page = PAGES.find((name) => name === path) ?? 'live';
  const day = new URLSearchParams(query).get('day');
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { page, day } : { page };
}

export function hashOf({ page, day }: Place): string {
  return `#/${page}${day === undefined ? '' : `?day=${day}`}`;
}

export function usePlace(): { place: ShallowRef<Place>; go: (place: Place) => void } {
  const place = shallowRef(placeOf(location.hash));
  const follow = () => (place.value = placeOf(location.hash));
  window.addEventListener('hashchange', follow);
  onScopeDispose(() => window.removeEventListener('hashchange', follow));
  return {
    place,
    go(next) {
      if (hashOf(next) !== location.hash) location.hash = hashOf(next);
      place.value = next;
    },
  };
}
