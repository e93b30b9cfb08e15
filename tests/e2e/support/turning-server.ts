import { pino } from 'pino';
import { readEnv } from '../../../config/env.ts';
import { loadBranches } from '../../../config/load.ts';
import { compose } from '../../../server/compose.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { jobsByClock } from '../../support/jobs-by-clock.ts';
import { PosingClock } from './posing-clock.ts';

/** A server for what takes weeks: its parent turns the clock, and the jobs that fall due meanwhile are done. */

/** It jumps: the beats of weeks are left out. */
class TurningClock extends PosingClock {
  #ahead = 0;

  override now(): number {
    return super.now() + this.#ahead;
  }

  readonly jumpTo = (instant: number): void => {
    this.#ahead += Math.max(0, instant - this.now());
  };
}

const read = readEnv(process.env);
if (!read.ok) throw new Error(read.errors.join('\n'));
const { env } = read;
const clock = new TurningClock(Date.parse('2026-11-24T09:00:00+08:00'));
const jobs = jobsByClock();
process.on('message', ({ turnTo }: { turnTo: number }) => {
  void jobs.runUntil(turnTo, clock.jumpTo).then(() => process.send?.({}));
});
const log = pino({ level: 'warn' });
const { branches } = loadBranches('config/branches');
const database = await openStore({ folder: env.dataFolder, log });
const composition = await compose({
  ...{ env, branches, log, clock },
  adapters: { database, jobs },
});

process.once('SIGTERM', () => {
  void composition.close().then(() => process.exit());
});
