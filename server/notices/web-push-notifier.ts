import webPush from 'web-push';
import type { Notifier } from '../notice-ports.ts';
import { isPushAddress } from './push-hosts.ts';

/** A push service that does not answer within this is away, ms. */
const PATIENCE_MS = 10_000;
/** Nobody wants to be told later than this, seconds. */
const TTL_SECONDS = 600;
/** The browser has left, or was never there. */
const GONE: readonly number[] = [404, 410];
/** A newer notice takes the place of one that has not been fetched. */
const TOPIC = 'ticket';

export interface WebPushOptions {
  /** Of VAPID: `public:private`. */
  readonly keys: string;
  /** Whom a push service writes to when something is wrong: `mailto:` or `https:`. */
  readonly contact: string;
  readonly hosts: readonly string[];
}

/** Web Push (RFC 8030), encrypted for the browser (RFC 8291) and signed as ours (RFC 8292). Follows no redirect. */
export function webPushNotifier({ keys, contact: subject, hosts }: WebPushOptions): Notifier {
  const [publicKey = '', privateKey = ''] = keys.split(':');
  const vapidDetails = { subject, publicKey, privateKey };
  return {
    key: publicKey,
    sendsTo: (endpoint) => isPushAddress(endpoint, hosts),
    async send({ endpoint, p256dh, auth }, notice) {
      // The list may have become shorter since the address was kept.
      if (!isPushAddress(endpoint, hosts)) return 'gone';
      const urgency = notice.kind === 'called' ? 'high' : 'normal';
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify(notice),
        { vapidDetails, TTL: TTL_SECONDS, urgency, topic: TOPIC },
      );
      const { 'Content-Length': _length, ...others } = headers as Record<string, string>;
      const request = { method: 'POST', headers: others, body: new Uint8Array(body), redirect: 'manual' } as const;
      const response = await fetch(endpoint, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {
        // The reason would name the address.
        throw new Error('the push service cannot be reached');
      });
      await response.body?.cancel();
      if (response.ok) return 'sent';
      if (GONE.includes(response.status)) return 'gone';
      throw new Error(`the push service answered ${response.status}`);
    },
  };
}

/** A new pair, in the form that the settings have. */
export function newPushKeys(): string {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  return `${publicKey}:${privateKey}`;
}
