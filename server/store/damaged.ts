import { resolve } from 'node:path';

/** What the operator is told when the database in the data folder is not whole. Nothing was deleted then. */
export function damaged(folder: string, cause: unknown): Error {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `The database in ${resolve(folder)} is damaged (${what}). The server does not start, so that nobody takes a hall with holes for ` +
      'a whole one. Nothing was deleted. Keep a copy of the folder, then put back the latest backup: npm run restore -- FILE --force',
    { cause },
  );
}
