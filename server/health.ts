import { readFileSync } from 'node:fs';

/** What /health says. `ready` is false while the database is away or the server is being stopped: send nobody here then. */
export interface Health {
  readonly live: true;
  readonly ready: boolean;
  readonly version: string;
  readonly protocol: number;
  readonly store: { readonly kind: string; readonly durable: boolean };
  readonly branches: number;
  readonly connections: number;
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
