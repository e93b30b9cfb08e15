import { setTimeout as delay } from 'node:timers/promises';

/** Resolves as soon as it is so. @throws when it is not so in time */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not so within ${withinMs} ms: ${isSo.toString()}`);
    await delay(5);
  }
}
