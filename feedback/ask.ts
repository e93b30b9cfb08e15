import type { Problem } from '../protocol/messages.ts';

/** `reason`: refused by what is asked for, with its own words. `failed`: everything else, which can be tried again. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly left?: number | undefined }
  | { readonly ok: false; readonly failed: 'no-answer' | 'too-fast' | 'not-found' | 'other' };

/** Never rejects: what somebody typed stays on the screen whatever happens. */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answered<T>> {
  try {
    const response = await fetch(path, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return await answerOf<T>(response);
  } catch {
    return { ok: false, failed: 'no-answer' };
  }
}

export async function answerOf<T>(response: Response): Promise<Answered<T>> {
  const said = (await response.json()) as T & { reason?: string; left?: number; problem?: Problem };
  if (response.ok) return { ok: true, value: said };
  if (response.status === 404) return { ok: false, failed: 'not-found' };
  if (response.status === 429) return { ok: false, failed: 'too-fast' };
  if (response.status === 409) return { ok: false, reason: said.reason ?? 'refused', left: said.left };
  return { ok: false, failed: 'other' };
}

/** 128 random bits, as the server's ids are written. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
