import { ensurePostgres } from './postgres.ts';

interface RunConfig {
  /** Set when only some files were asked for. */
  readonly testPathPatterns: { readonly isSet: () => boolean };
}

/**
 * Before a whole run: one PostgreSQL for all its test files, which find it by its address. A run of chosen files starts its
 * own when it needs one, and so does a run without PostgreSQL installed, where the tests that need it then say so.
 */
export default async function start({ testPathPatterns }: RunConfig): Promise<void> {
  if (testPathPatterns.isSet()) return;
  const server = await ensurePostgres().catch(() => undefined);
  if (server === undefined) return;
  process.env['LOBBYFLOW_TEST_POSTGRES_URL'] = server.url;
  Object.assign(globalThis, { stopPostgres: () => server.stop() });
}
