import { parseArgs } from 'node:util';
import { readEnv } from '../config/env.ts';
import { readVersion } from '../server/health.ts';
import { restore } from '../server/store/backup/restore.ts';
import { tableForms } from '../server/store/migrations.ts';

/** `npm run restore -- FILE [--force]`: puts a backup into the data folder. With --force what is there is kept aside. */
async function run(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } });
  const [file] = positionals;
  if (file === undefined) throw new Error('Which backup? npm run restore -- FILE [--force]');
  const read = readEnv(process.env);
  if (!read.ok) throw new Error(['The environment is wrong:', ...read.errors].join('\n  '));
  const { dataFolder, databaseUrl } = read.env;
  if (databaseUrl !== undefined)
    throw new Error('The data is in PostgreSQL (DATABASE_URL). Use pg_restore, see docs/operations.md.');
  const program = { version: readVersion(), tables: tableForms };
  const { manifest, keptAside } = await restore(file, dataFolder, program, { force: values.force === true });
  console.log(
    `${dataFolder} holds the hall as it was at ${manifest.madeAt}. Start the server, and it goes on from there.`,
  );
  if (keptAside !== undefined) console.log(`What was there before is in ${keptAside}.`);
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
