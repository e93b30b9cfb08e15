import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Puts an embedded database with empty tables into a data folder that has none. `npm test` makes one for all its tests;
 * a run of chosen files has none to copy, and the server makes its own as for a user.
 */
export function copyEmptyDatabase(dataFolder: string): void {
  const ready = process.env['LOBBYFLOW_TEST_DATABASE'];
  const home = path.join(dataFolder, 'database');
  if (ready !== undefined && !existsSync(home)) cpSync(ready, home, { recursive: true });
}
