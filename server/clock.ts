import type { Clock } from './ports.ts';

/** A PC's clock is set now and then, and it stands still while the PC sleeps: look at it again at least this often, ms. */
const LONGEST_NAP = 30_000;
/** How fast our time goes while it is ahead of the PC's: an hour is made good in a working day. */
const WHILE_AHEAD = 7 / 8;

interface Sources {
  /** The PC's clock, which people and programs set, ms since 1970. */
  readonly wall: () => number;
  /** Goes on evenly from any beginning, ms. */
  readonly even: () => number;
}

/**
 * The PC's time, but it never runs backwards: when the PC's clock is turned back, ours goes on a little slower until that has come
 * up to it. Else whoever waits for a time (a call, a screen's next view) would wait for as long as the clock was turned back.
 */
export function steadyClock({ wall, even }: Sources): Clock {
  let last = { time: wall(), even: even() };
  const now = () => {
    const passed = Math.max(0, even() - last.even);
    last = { time: Math.max(wall(), last.time + passed * WHILE_AHEAD), even: last.even + passed };
    return Math.floor(last.time);
  };
  return {
    now,
    wakeAt(at, wake) {
      let timer: NodeJS.Timeout;
      const nap = () => {
        const left = at - now();
        timer = left > 0 ? setTimeout(nap, Math.min(left, LONGEST_NAP)) : setTimeout(wake, 0);
      };
      nap();
      return () => clearTimeout(timer);
    },
  };
}

export const systemClock: Clock = steadyClock({ wall: () => Date.now(), even: () => performance.now() });
