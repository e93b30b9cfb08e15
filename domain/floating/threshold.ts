import type { Advice, Sight } from './policies.ts';

/** Rule F8: by the length of the queue, with hysteresis (structure: Lu & Serfozo 1984). */
export function threshold({ config, lines, opening, locked, free, mayOpen, closable }: Sight): Advice {
  const { openAbove, closeAfterIdleMinutes } = config.threshold;
  const waiting = lines.waiting.length;
  const windows = lines.windows + opening + locked + free;
  if (mayOpen && waiting > openAbove * Math.max(1, windows))
    return { wish: { kind: 'open', reason: { code: 'long-queue', waiting, windows } } };
  const idle = closable.find(({ idleMinutes }) => idleMinutes >= closeAfterIdleMinutes);
  if (idle === undefined || waiting > openAbove * (windows - 1)) return {};
  const reason = { code: 'window-idle', minutes: Math.floor(idle.idleMinutes) } as const;
  return { wish: { kind: 'close', counterId: idle.counterId, reason } };
}
