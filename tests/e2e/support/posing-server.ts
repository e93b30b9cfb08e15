import { pino } from 'pino';
import { readEnv } from '../../../config/env.ts';
import { loadBranches } from '../../../config/load.ts';
import { compose } from '../../../server/compose.ts';
import { PosingClock } from './posing-clock.ts';

/** The server of the pictures: as composed for production, but its clock stands still until the parent turns it. */

const read = readEnv(process.env);
if (!read.ok) throw new Error(read.errors.join('\n'));
const clock = new PosingClock(Date.parse('2026-11-24T09:00:00+08:00'));
process.on('message', ({ turnTo }: { turnTo: number }) => {
  void clock.turnTo(turnTo).then(() => process.send?.({}));
});
const { branches } = loadBranches('config/branches');
const composition = await compose({ env: read.env, branches, log: pino({ level: 'warn' }), clock });

process.once('SIGTERM', () => {
  void composition.close().then(() => process.exit());
});
