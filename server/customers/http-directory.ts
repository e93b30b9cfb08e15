import type { CustomerDirectory } from '../customer-ports.ts';
import { profileOf, profileSchema } from './profile.ts';

/** No answer about one person is longer. */
const MOST_BYTES = 64 * 1024;

/**
 * The bank's system over HTTP: `POST url` with `{ kind, value }`, answered by 200 and a profile, or by 404. What is asked for goes in
 * the body: an address would end up in the log of every machine on the way.
 */
export function httpDirectory({
  url,
  token,
}: {
  readonly url: string;
  readonly token?: string | undefined;
}): CustomerDirectory {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return {
    async find(identifier, signal) {
      const { kind, value } = identifier;
      // A redirect would send the number to whoever it names.
      const request = {
        method: 'POST',
        headers,
        body: JSON.stringify({ kind, value }),
        redirect: 'error',
        signal,
      } as const;
      const response = await fetch(url, request);
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) throw new Error(`the directory answers ${response.status}`);
      return profileOf(profileSchema.parse(JSON.parse(await textOf(response))));
    },
  };
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw new Error('the directory answers more than a profile');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
