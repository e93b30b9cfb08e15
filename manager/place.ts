import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { BusinessDay } from '../domain/ids.ts';
import { queryOf, wishOf, type AuditWish } from './audit/wish.ts';

/** Which page is shown, of which day, and what is looked for: all in the address, so that Back, a reload and a link work. */

const PAGES = ['live', 'queue', 'walk', 'devices', 'figures', 'what-if', 'accounts', 'audit'] as const;
export type Page = (typeof PAGES)[number];

export interface Place {
  readonly page: Page;
  /** Of the figures and of what-if; absent for the day that the page chooses. */
  readonly day?: BusinessDay | undefined;
  /** What is looked for, of the audit. */
  readonly audit?: AuditWish | undefined;
}

/**
 * @param hash as in `location.hash`
 * @param pages that there are; where the hash says none of them it is the first
 */
export function placeOf(hash: string, pages: readonly Page[] = PAGES): Place {
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?');
  const page = pages.find((name) => name === path) ?? pages[0] ?? 'live';
  const asked = new URLSearchParams(query);
  if (page === 'audit') return { page, audit: wishOf(asked) };
  const day = asked.get('day');
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { page, day } : { page };
}

export function hashOf({ page, day, audit = {} }: Place): string {
  const query = day === undefined ? queryOf(audit) : `day=${day}`;
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}

export function usePlace(pages: readonly Page[]): { place: ShallowRef<Place>; go: (place: Place) => void } {
  const place = shallowRef(placeOf(location.hash, pages));
  const follow = () => (place.value = placeOf(location.hash, pages));
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
