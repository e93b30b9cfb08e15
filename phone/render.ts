import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { localeOf, useLocale } from '../client/locale.ts';
import type { BranchProfile, TicketView } from '../domain/views/views.ts';
import { moodOf, titleOf } from './mood.ts';
import StillPage from './StillPage.vue';
import { profileFor, stillTag, type Still } from './still.ts';
import { t } from './text.ts';

/** Built apart, for the server: it runs there, with the same words and parts as the live page. */

export interface Asked {
  /** What the ticket shows; absent when there is no such ticket. */
  readonly found?: { readonly view: TicketView; readonly profile: BranchProfile; readonly at: number } | undefined;
  /** Language tags, the first that is known counts: what the address and the browser ask for. */
  readonly languages: readonly string[];
}

/** @param template the built page. @returns the page with the ticket in it */
export async function renderTicket(template: string, { found, languages }: Asked): Promise<string> {
  const still: Still | undefined = found && {
    view: found.view,
    profile: profileFor(found.view, found.profile),
    at: found.at,
  };
  const locale = languages.map(localeOf).find((known) => known !== undefined) ?? still?.view.language ?? 'zh-CN';
  // The language is one for the whole program; all words are fetched before the first wait, so no other page gets in between.
  useLocale().setLocale(locale, { remember: false });
  const title = still ? titleOf(t, still.view, still.profile.timeZone, locale) : t('phone.lostTitle');
  const app = await renderToString(createSSRApp(StillPage, { still }));
  const mood = still ? moodOf(still.view) : '';
  return template
    .replace(/<html[^>]*>/, () => `<html lang="${locale}" data-mood="${mood}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace('<div id="app"></div>', () => `<div id="app">${app}</div>${still ? stillTag(still) : ''}`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
