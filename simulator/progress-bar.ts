import type { WriteStream } from 'node:tty';

const WIDTH = 40;
/** Redrawn no more often than this. */
const EVERY_MS = 100;

/** A bar on the terminal; nothing when the output goes elsewhere. */
export function progressBar(stream: WriteStream): (done: number, all: number) => void {
  if (!stream.isTTY) return () => undefined;
  let drawnAt = 0;
  return (done, all) => {
    const now = Date.now();
    if (done < all && now - drawnAt < EVERY_MS) return;
    drawnAt = now;
    const filled = Math.round((WIDTH * done) / all);
    stream.write(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / all)} %`);
    if (done === all) stream.write('\r\x1b[K');
  };
}
