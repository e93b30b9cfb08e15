import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readEnv } from '../config/env.ts';
import { verifyChain } from '../server/audit/chain.ts';
import { openStore } from '../server/store/open-store.ts';

/**
 * `npm run audit:verify [-- --branch B]`: walks the chains of the audit and names the first row of each that is not as it was written.
 * With the embedded database the server must be stopped first: the folder has one user at a time.
 */

const { values } = parseArgs({ options: { branch: { type: 'string' } } });
const read = readEnv(process.env);
if (!read.ok) throw new Error(read.errors.join('\n'));
const { databaseUrl, dataFolder } = read.env;
const database = await openStore({ databaseUrl, folder: dataFolder, log: pino({ level: 'silent' }) });
try {
  const chains = values.branch === undefined ? await database.audit.chains() : [values.branch];
  for (const chain of chains) {
    const verdict = await verifyChain(database.audit, chain);
    if (verdict.ok) console.log(`${chain}: ${verdict.rows} rows, whole. Its last hash is ${verdict.hash || 'none'}`);
    else console.error(`${chain}: BROKEN at row ${verdict.seq}: ${verdict.why}`);
    if (!verdict.ok) process.exitCode = 1;
  }
  if (chains.length === 0) console.log('There is no audit yet.');
} finally {
  await database.close();
}
