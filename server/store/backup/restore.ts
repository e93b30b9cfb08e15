import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '../folder-lock.ts';
import { syncTree } from '../sync-tree.ts';
import type { Manifest, Program } from './manifest.ts';
import { unpack } from './unpack.ts';

export interface Restored {
  readonly manifest: Manifest;
  /** Where what was in the folder before is kept; undefined when it was empty. */
  readonly keptAside: string | undefined;
}

/**
 * Puts a backup into a data folder on which no server runs. Throws with a sentence for the operator: when a server runs, when the
 * folder is not empty and `force` is not given, when the backup is damaged or of a newer program. Then all is as it was.
 */
export async function restore(
  file: string,
  folder: string,
  program: Program,
  { force }: { readonly force: boolean },
): Promise<Restored> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const before = await contentsOf(folder);
    if (before.length > 0 && !force)
      throw new Error(
        `The folder ${folder} is not empty (${before.slice(0, 3).join(', ')}). With --force what is in it is kept aside.`,
      );
    const unfinished = join(folder, 'database.new');
    await rm(unfinished, { recursive: true, force: true });
    try {
      const manifest = await unpack(file, program, unfinished);
      syncTree(unfinished);
      const keptAside = before.length > 0 ? await putAside(folder, before) : undefined;
      await rename(unfinished, join(folder, 'database'));
      syncTree(folder, { deep: false });
      return { manifest, keptAside };
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
}

const ASIDE = 'before-restore-';
/** What comes and goes with a process, and what an earlier restore kept aside. */
const NOT_CONTENTS = /^(?:\.lock-.*|\.backup|snapshot|database\.new|before-restore-.*)$/;

async function contentsOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !NOT_CONTENTS.test(name));
}

/** Inside the folder, which may be a volume of its own and cannot be renamed. */
async function putAside(folder: string, names: readonly string[]): Promise<string> {
  const aside = join(folder, `${ASIDE}${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of names) await rename(join(folder, name), join(aside, name));
  return aside;
}
