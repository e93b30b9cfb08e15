import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { PerKey } from '../../per-key.ts';
import { backupName, removeOld, writeBackup } from './backup-file.ts';
import { offerBackups } from './backup-socket.ts';
import type { Program } from './manifest.ts';
import { pack } from './pack.ts';

export interface LiveBackups {
  /** Makes one in the folder, and removes all but the newest `kept` there. @returns its file */
  into(folder: string, kept: number): Promise<string>;
  close(): Promise<void>;
}

interface LiveBackupsOptions {
  /** The data folder, held by this process. */
  readonly folder: string;
  /** Copies the open database, as it is at one moment. */
  readonly copyTo: (folder: string) => Promise<void>;
  readonly program: Program;
  readonly log: Logger;
}

/** Backups of a hall that goes on meanwhile: for whoever asks through the data folder, and by the clock. */
export async function liveBackups({ folder, copyTo, program, log }: LiveBackupsOptions): Promise<LiveBackups> {
  const snapshot = join(folder, 'snapshot');
  const clear = () => rm(snapshot, { recursive: true, force: true });
  const turns = new PerKey();
  const send = (target: Writable) =>
    turns.run('backup', async () => {
      try {
        await copyTo(snapshot);
        await pack(snapshot, program, target);
      } finally {
        await clear();
      }
    });
  await clear();
  const socket = await offerBackups(folder, send, log);
  return {
    async into(place, kept) {
      const file = join(place, backupName(new Date()));
      await writeBackup(file, program, send);
      await removeOld(place, kept);
      return file;
    },
    close: () => socket.close(),
  };
}
