import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * A copy of the database's folder in two passes, so that the hall hardly stops. The first runs beside the database and may
 * catch files half written. The second runs in the database's own thread, which does nothing else meanwhile, and copies again
 * only what has changed. What comes out is what a power cut at that moment would have left; PostgreSQL recovers from that.
 */

/** Time stamps of files are coarse: what was written so shortly before the first pass counts as changed, ms. */
const COARSE_MS = 2_000;

export interface FirstPass {
  readonly from: string;
  readonly to: string;
  /** Clock of the machine, ms. */
  readonly begunAt: number;
  /** When each file was last written, as the first pass saw it. */
  readonly seen: ReadonlyMap<string, number>;
}

export async function firstPass(from: string, to: string): Promise<FirstPass> {
  const begunAt = Date.now();
  const seen = new Map<string, number>();
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const copy = join(to, path.slice(from.length));
    if (entry.isDirectory()) await mkdir(copy, { recursive: true });
    else await copyOf(path, copy, seen);
  }
  return { from, to, begunAt, seen };
}

/** A file may go meanwhile; the second pass sees that too. */
async function copyOf(path: string, copy: string, seen: Map<string, number>): Promise<void> {
  try {
    const { mtimeMs } = await stat(path);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(path, copy);
    seen.set(path, mtimeMs);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Nobody may write to the folder until this returns. */
export function secondPass({ from, to, begunAt, seen }: FirstPass): void {
  const gone = new Set(seen.keys());
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const copy = join(to, path.slice(from.length));
    gone.delete(path);
    if (entry.isDirectory()) mkdirSync(copy, { recursive: true });
    else {
      const { mtimeMs } = statSync(path);
      if (mtimeMs === seen.get(path) && mtimeMs < begunAt - COARSE_MS) continue;
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(path, copy);
    }
  }
  for (const path of gone) rmSync(join(to, path.slice(from.length)), { force: true });
}
