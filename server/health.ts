import { readFileSync } from 'node:fs';
import type { ScreenKind } from './ports.ts';

/**
 * What /health says. `ready` is false while the database is away or the server is being stopped: send nobody here then. Without
 * Redis it is ready and `degraded`: the hall goes on, and hears of other processes once a second.
 */
export interface Health {
  readonly live: true;
  readonly ready: boolean;
  readonly degraded: boolean;
  /** What does not answer. */
  readonly away: readonly ('database' | 'redis')[];
  readonly version: string;
  readonly protocol: number;
  readonly store: { readonly kind: string; readonly durable: boolean };
  readonly branches: number;
  readonly connections: number;
  /** What speaks calls where there are no recordings: the name of the engine, or `none`. */
  readonly voice: string;
  /** Of these, the screens of the branches, by what they show. */
  readonly screens: Readonly<Record<ScreenKind, number>>;
}

const CHECK_TIMEOUT_MS = 2_000;

export function readVersion(): string {
  const text: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : 'unknown';
}

/** False when the check fails or does not come back in time. */
export async function answers(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  const good = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([good, late]);
  } finally {
    clearTimeout(timer);
  }
}
