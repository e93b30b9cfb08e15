import { pino } from 'pino';
import { openStore } from '../../../server/store/open-store.ts';

/** Run as `visits-of.ts <data folder> <branch> <day>` while no server runs: prints the recorded visits as JSON. */

const [folder = '', branchId = '', day = ''] = process.argv.slice(2);
const database = await openStore({ folder, log: pino({ level: 'silent' }) });
console.log(JSON.stringify(await database.records.visits(branchId, day)));
await database.close();
