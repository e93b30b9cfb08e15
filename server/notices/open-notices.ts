import type { Env } from '../../config/env.ts';
import { keptSecret } from '../identity/secret.ts';
import { Notices, type NoticesOptions } from './notices.ts';
import { newPushKeys, webPushNotifier } from './web-push-notifier.ts';

/** Notices on phones, where whoever runs the server has said whom a push service may write to; else there are none. */
export function openNotices({
  env,
  ...parts
}: Omit<NoticesOptions, 'notifier'> & { readonly env: Env }): Notices | undefined {
  const { push, dataFolder, redisUrl } = env;
  if (push === undefined) return undefined;
  if (redisUrl !== undefined && push.keys === undefined)
    parts.log.warn(
      'notices of another server are not signed alike: set LOBBYFLOW_PUSH_KEYS to the same for all of them',
    );
  const keys = push.keys ?? keptSecret(dataFolder, 'push-keys', newPushKeys);
  return new Notices({ ...parts, notifier: webPushNotifier({ ...push, keys }) });
}
