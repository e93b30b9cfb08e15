import type { Locale } from '../domain/config.ts';

/** What somebody came for. Keys stand behind `#`, which no server is sent and no other page is told. */
export type Place =
  | { readonly page: 'tell'; readonly branchId?: string | undefined; readonly ticketId?: string | undefined }
  | {
      readonly page: 'survey';
      readonly surveyId: string;
      readonly branchId?: string | undefined;
      readonly ticketId?: string | undefined;
    }
  | { readonly page: 'preview' }
  | { readonly page: 'case' | 'item'; readonly number: string; readonly key: string };

/** @param address of the page, such as `/feedback/case/C2026-000001#…` or `/feedback/?branch=central#ticket=…` */
export function placeOf({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): Place {
  const [, , page, number] = pathname.split('/');
  const behind = hash.replace(/^#/, '');
  if ((page === 'case' || page === 'item') && number) return { page, number: decodeURIComponent(number), key: behind };
  const asked = new URLSearchParams(search);
  if (asked.has('preview')) return { page: 'preview' };
  const visit = {
    branchId: asked.get('branch') ?? undefined,
    ticketId: new URLSearchParams(behind).get('ticket') ?? undefined,
  };
  const surveyId = asked.get('survey');
  return surveyId === null ? { page: 'tell', ...visit } : { page: 'survey', surveyId, ...visit };
}

/** With which what was said is followed, in the language in which it was said. */
export function followPath(
  { isCase, number }: { readonly isCase: boolean; readonly number: string },
  key: string,
  locale: Locale,
): string {
  return `/feedback/${isCase ? 'case' : 'item'}/${encodeURIComponent(number)}?lang=${locale}#${key}`;
}
