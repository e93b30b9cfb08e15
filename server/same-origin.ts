import type { IncomingMessage } from 'node:http';

/**
 * Browsers let any page open a socket to any server, and only say where the page came from. Programs that are no browser say
 * nothing, and need no guarding against other pages. A proxy in front passes the host on as it was asked for.
 */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
