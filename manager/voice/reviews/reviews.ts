import type { Locale } from '../../../domain/config.ts';
import type { Meeting, ReviewRefusal } from '../../../protocol/reviews.ts';
import type { Door } from '../../insight/reports.ts';

/** What the pages of reviews read and change over HTTP. */

/** What stands behind `?` in the address: the list, a pack, the minutes of a meeting, or a quarter. */
export interface ReviewWish {
  readonly pack?: string | undefined;
  readonly meeting?: string | undefined;
  readonly quarter?: string | undefined;
}

export function reviewWishOf(query: string): ReviewWish {
  const asked = new URLSearchParams(query);
  const read = (name: string, form: RegExp) => {
    const value = asked.get(name) ?? '';
    return form.test(value) ? value : undefined;
  };
  return {
    pack: read('pack', /^\d{4}-(?:0[1-9]|1[0-2])$/),
    meeting: read('meeting', /^[\w-]+$/),
    quarter: read('quarter', /^\d{4}-Q[1-4]$/),
  };
}

export function placeOfReviews({ branchId }: Door): string {
  return `/api/branches/${encodeURIComponent(branchId)}/reviews`;
}

/** Why it was not done: one of the reasons that have a sentence. */
export class NotDone extends Error {
  constructor(
    readonly reason: ReviewRefusal | 'failed',
    readonly lacks: readonly string[] = [],
  ) {
    super(reason);
  }
}

/** @throws NotDone */
export async function change<T = Meeting>(token: string, address: string, body: object, method = 'POST'): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(address, { method, headers, body: JSON.stringify(body) }).catch(() => undefined);
  if (response === undefined) throw new NotDone('failed');
  const answer = (await response.json().catch(() => ({}))) as T & {
    readonly reason?: ReviewRefusal;
    readonly lacks?: readonly string[];
  };
  if (!response.ok) throw new NotDone(answer.reason ?? 'failed', answer.lacks);
  return answer;
}

/** Hands a document to the browser as a file. @throws when there is none */
export async function download(token: string, address: string, language: Locale, name: string): Promise<void> {
  const response = await fetch(`${address}?language=${language}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new NotDone('failed');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
