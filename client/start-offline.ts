import { onScopeDispose } from 'vue';
import { Workbox } from 'workbox-window';

const LOOK_FOR_UPDATE_MS = 10 * 60_000;
const TRY_UPDATE_MS = 5_000;

/** Whether this browser can keep the page: only of one that came over https, or from this machine itself. */
export const CAN_START_OFFLINE = 'serviceWorker' in navigator;

/**
 * Keeps this screen in the browser, so that it starts while the server is away. A new version is loaded beside the old one and put in
 * when nobody is in the middle of something.
 * @param screen name of its folder, one of those that vite.config.ts keeps
 */
export function startOffline(screen: string, isIdle: () => boolean): void {
  if (!CAN_START_OFFLINE) return;
  const worker = new Workbox('/sw.js', { scope: `/${screen}/` });
  let waiting = false;
  worker.addEventListener('waiting', () => (waiting = true));
  worker.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdate === true) location.reload();
  });
  const quietly = (done: Promise<unknown>): void => void done.catch(() => undefined);
  quietly(worker.register());
  const look = setInterval(() => quietly(worker.update()), LOOK_FOR_UPDATE_MS);
  const put = setInterval(() => {
    if (waiting && isIdle()) worker.messageSkipWaiting();
  }, TRY_UPDATE_MS);
  onScopeDispose(() => {
    clearInterval(look);
    clearInterval(put);
  });
}
