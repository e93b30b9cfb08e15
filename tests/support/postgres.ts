import { once, startPostgres, type PrivatePostgres } from '../../bench/private-postgres.ts';

export type { PrivatePostgres };

let running: Promise<PrivatePostgres> | undefined;

/**
 * The PostgreSQL of this test run: the one in LOBBYFLOW_TEST_POSTGRES_URL, else one of our own, started once per process.
 * `stop` leaves a server alone that was given from outside.
 */
export function ensurePostgres(): Promise<PrivatePostgres> {
  const given = process.env['LOBBYFLOW_TEST_POSTGRES_URL'];
  running ??= given ? Promise.resolve({ url: given, stop: () => Promise.resolve() }) : startPostgres();
  return running;
}

/** A new, empty database on the server; `drop` when done. */
export async function freshDatabase(server: PrivatePostgres): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await once(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => once(server.url, `drop database if exists ${name} with (force)`) };
}
