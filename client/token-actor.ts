/**
 * Who a token says that this screen is, such as `device:kiosk-1`; nothing of one that cannot be read. A token is signed, not secret
 * inside: the server checks it, a screen only reads.
 */
export function actorIn(token: string): string | undefined {
  try {
    const [, payload = ''] = token.split('.');
    const { actor } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { actor?: unknown };
    return typeof actor === 'string' ? actor : undefined;
  } catch {
    return undefined;
  }
}
