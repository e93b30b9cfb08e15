import type { Logger } from 'pino';
import type { Jobs } from './ports.ts';

const JOB = 'nightly-backup';
/** When no branch is open, and not at midnight, when the days change. */
const AT = '30 2 * * *';

interface NightlyBackupOptions {
  readonly jobs: Jobs;
  readonly timeZone: string;
  /** Makes one and says where; undefined when the operator asked for none. */
  readonly make: (() => Promise<string>) | undefined;
  readonly log: Logger;
}

/** A backup each night. One that fails is tried again like any other job, and each failure is in the log. */
export async function backUpNightly({ jobs, timeZone, make, log }: NightlyBackupOptions): Promise<void> {
  jobs.handle(JOB, async () => {
    // The schedule outlives the setting.
    if (make !== undefined) log.info({ file: await make() }, 'the backup of the night is made');
  });
  if (make !== undefined) await jobs.every(JOB, 'embedded', AT, timeZone, {});
}
