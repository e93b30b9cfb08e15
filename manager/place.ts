import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { BusinessDay } from '../domain/ids.ts';
import { queryOf, wishOf, type AuditWish } from './audit/wish.ts';

/** Which page is shown, of which day, and what is looked for: all in the address, so that Back, a reload and a link work. */

/** What customers say, and what is done about it: one tab for all of them. */
export const VOICE_PAGES = ['inbox', 'cases', 'surveys', 'reviews'] as const;
const PAGES = [
  ...(['live', 'queue', 'walk', 'devices', 'figures', 'what-if', 'reports'] as const),
  ...VOICE_PAGES,
  ...(['accounts', 'audit'] as const),
] as const;
export type Page = (typeof PAGES)[number];
export type VoicePage = (typeof VOICE_PAGES)[number];

/** Pages whose whole question stands in the address, read by themselves. */
const ASKING: readonly Page[] = ['reports', ...VOICE_PAGES];

export function isVoicePage(page: Page): page is VoicePage {
  return VOICE_PAGES.some((name) => name === page);
}

/** The pages that have a tab of their own in the header: those of the voice share the first of them. */
export function tabsOf(pages: readonly Page[]): readonly Page[] {
  const voice = pages.find(isVoicePage);
  // The walk is not a page to look at beside others: the list of what is to be done leads to it.
  return pages.filter((page) => page !== 'walk' && (!isVoicePage(page) || page === voice));
}

/** Whether this tab is the one of the page that is shown. */
export function isTabOf(tab: Page, page: Page): boolean {
  return tab === page || (isVoicePage(tab) && isVoicePage(page));
}

export interface Place {
  readonly page: Page;
  /** Of the figures and of what-if; absent for the day that the page chooses. */
  readonly day?: BusinessDay | undefined;
  /** What is looked for, of the audit. */
  readonly audit?: AuditWish | undefined;
  /** What is asked, of the reports and of what customers say: `from=2026-11-01&to=2026-11-30`. */
  readonly query?: string | undefined;
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
  if (ASKING.includes(page)) return query === undefined || query === '' ? { page } : { page, query };
  const day = asked.get('day');
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { page, day } : { page };
}

export function hashOf({ page, day, audit = {}, query: asked }: Place): string {
  const query = asked ?? (day === undefined ? queryOf(audit) : `day=${day}`);
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
