import path from 'node:path';
import { readEnv } from '../config/env.ts';
import { readVersion } from '../server/health.ts';
import { backupName } from '../server/store/backup/backup-file.ts';
import { makeBackup } from '../server/store/backup/make-backup.ts';
import { tableForms } from '../server/store/migrations.ts';

/**
 * `npm run backup -- [FILE]`: one file with all that the embedded installation knows, made while the hall goes on. Without FILE it
 * is named by the time and put into LOBBYFLOW_BACKUPS, or ./backups.
 */
async function backup(given: string | undefined): Promise<void> {
  const read = readEnv(process.env);
  if (!read.ok) throw new Error(['The environment is wrong:', ...read.errors].join('\n  '));
  const { dataFolder, databaseUrl, backups } = read.env;
  if (databaseUrl !== undefined)
    throw new Error('The data is in PostgreSQL (DATABASE_URL). Use pg_dump, see docs/operations.md.');
  const file = given ?? path.join(backups?.folder ?? './backups', backupName(new Date()));
  const program = { version: readVersion(), tables: tableForms };
  const manifest = await makeBackup(dataFolder, file, program);
  console.log(`${file}: ${Object.keys(manifest.files).length} files, read back and every checksum right.`);
  console.log('The key that signs tokens is not in it: after a restore everybody signs in once more.');
}

backup(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
