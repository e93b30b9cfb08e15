import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { FORMAT, MANIFEST, type Manifest, type Program } from './manifest.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/**
 * Writes a backup of a database folder that nobody writes to: a gzipped tar with the manifest in front. The key that signs
 * tokens is not in it: backups travel, and whoever reads one must not be able to sign in as anybody.
 */
export async function pack(database: string, program: Program, target: Writable): Promise<void> {
  const { folders, files } = await listTree(database);
  const manifest: Manifest = {
    product: 'lobbyflow',
    format: FORMAT,
    version: program.version,
    tables: program.tables.at(-1) ?? '',
    madeAt: new Date().toISOString(),
    folders,
    files: {},
  };
  for (const path of files) manifest.files[path] = await fingerprint(placeOf(database, path));
  // Write-ahead logs and half-empty pages: the quick setting already leaves a tenth.
  await pipeline(Readable.from(tar(database, manifest)), createGzip({ level: 1 }), target);
}

/** In the backup the database folder is called `database`, wherever it lay. */
export function placeOf(database: string, path: string): string {
  return join(database, path.slice('database/'.length));
}

async function* tar(database: string, manifest: Manifest): AsyncGenerator<Buffer> {
  const text = Buffer.from(JSON.stringify(manifest, undefined, 1));
  yield* [tarHeader({ name: MANIFEST, size: text.length }), text, tarPadding(text.length)];
  for (const name of manifest.folders) yield tarHeader({ name, size: 0 });
  for (const [name, { size }] of Object.entries(manifest.files)) {
    yield tarHeader({ name, size });
    if (size > 0) yield* createReadStream(placeOf(database, name), { end: size - 1 }) as AsyncIterable<Buffer>;
    yield tarPadding(size);
  }
  yield tarEnd;
}

/** Empty folders too: PostgreSQL wants all of them. */
async function listTree(database: string): Promise<{ readonly folders: string[]; readonly files: string[] }> {
  const folders = ['database/'];
  const files: string[] = [];
  for (const folder of folders)
    for (const entry of await readdir(placeOf(database, folder), { withFileTypes: true })) {
      if (entry.isDirectory()) folders.push(`${folder}${entry.name}/`);
      else if (entry.isFile()) files.push(`${folder}${entry.name}`);
    }
  return { folders, files: files.sort() };
}

async function fingerprint(file: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const { size } = await stat(file);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { size, sha256: hash.digest('hex') };
}
