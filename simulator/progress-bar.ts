import type { WriteStream } from 'node:tty';

const WIDTH = 40;
/** Redrawn no more often than this. */
const EVERY_MS = 100;
/** Before this much is known, nothing is said of the time that is left. */
const KNOWN_MS = 3_000;

/** A bar on the terminal, with the time that is left; nothing when the output goes elsewhere. */
export function progressBar(stream: WriteStream): (done: number, all: number) => void {
  if (!stream.isTTY) return () => undefined;
  const left = timeLeft();
  let drawnAt = 0;
  return (done, all) => {
    const now = Date.now();
    if (done < all && now - drawnAt < EVERY_MS) return;
    drawnAt = now;
    const filled = Math.round((WIDTH * done) / all);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / all)} %`;
    stream.write(`\r${bar}${left(done, all)}\x1b[K`);
    if (done === all) stream.write('\r\x1b[K');
  };
}

/** ` · 3 min left`, from how fast it went so far; nothing at the beginning. What is done at the first call took no time. */
export function timeLeft(): (done: number, all: number) => string {
  let begun: { readonly at: number; readonly done: number } | undefined;
  return (done, all) => {
    const now = Date.now();
    begun ??= { at: now, done };
    const passed = now - begun.at;
    if (passed < KNOWN_MS || done === begun.done) return '';
    const seconds = Math.ceil((passed / (done - begun.done)) * (all - done)) / 1000;
    return ` · ${seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${Math.ceil(seconds)} s`} left`;
  };
}
