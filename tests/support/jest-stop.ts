/** After a whole run: the PostgreSQL of `jest-start.ts`. */
export default async function stop(): Promise<void> {
  const { stopPostgres } = globalThis as { stopPostgres?: () => Promise<void> };
  await stopPostgres?.();
}
