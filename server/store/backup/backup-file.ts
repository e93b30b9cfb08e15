import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Manifest, Program } from './manifest.ts';
import { unpack } from './unpack.ts';

/**
 * Writes a backup into a file that is in its place only when it is whole, on the disk, and was read back with every checksum right.
 * @param fill writes the backup and ends the stream
 */
export async function writeBackup(
  file: string,
  program: Program,
  fill: (target: Writable) => Promise<void>,
): Promise<Manifest> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.unfinished`;
  try {
    await fill(createWriteStream(unfinished, { mode: 0o600 }));
    const manifest = await unpack(unfinished, program);
    await sync(unfinished);
    await rename(unfinished, file);
    await sync(dirname(file));
    return manifest;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Sorts by time, and says whose it is. */
export function backupName(at: Date): string {
  return `lobbyflow-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.tar.gz`;
}

/** Removes all but the newest `kept` that `backupName` named. @returns how many were removed */
export async function removeOld(folder: string, kept: number): Promise<number> {
  const names = (await readdir(folder)).filter((name) => /^lobbyflow-[\dT-]+Z\.tar\.gz$/.test(name)).sort();
  const old = names.slice(0, Math.max(0, names.length - kept));
  for (const name of old) await rm(join(folder, name));
  return old.length;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
