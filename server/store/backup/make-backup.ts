import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '../folder-lock.ts';
import { writeBackup } from './backup-file.ts';
import { askForBackup } from './backup-socket.ts';
import type { Manifest, Program } from './manifest.ts';
import { pack } from './pack.ts';

/**
 * Backs up the embedded installation in a data folder: from the server that runs on it, else from the folder itself, which is
 * locked meanwhile. Throws with a sentence for the operator.
 */
export async function makeBackup(folder: string, file: string, program: Program): Promise<Manifest> {
  const database = join(folder, 'database');
  const there = await stat(database).catch(() => undefined);
  if (!there) throw new Error(`There is no database in ${folder}. LOBBYFLOW_DATA says where the data is.`);
  return writeBackup(file, program, async (target) => {
    if (await askForBackup(folder, target)) return;
    const lock = await lockFolder(folder);
    try {
      await pack(database, program, target);
    } finally {
      await lock.release();
    }
  });
}
