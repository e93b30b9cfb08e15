import type { Clock } from './ports.ts';

/** A PC's clock is set now and then, and it stands still while the PC sleeps: look at it again at least this often, ms. */
const longestNap = 30_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(at, wake) {
    let timer: NodeJS.Timeout;
    const nap = () => {
      const left = at - Date.now();
      timer = left > 0 ? setTimeout(nap, Math.min(left, longestNap)) : setTimeout(wake, 0);
    };
    nap();
    return () => clearTimeout(timer);
  },
};
