import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { MANIFEST, readManifest, type Manifest, type Program } from './manifest.ts';
import { placeOf } from './pack.ts';
import { readTar, type TarEntry } from './tar.ts';

/**
 * Reads a whole backup and compares every file with its checksum; with `database` also writes them there, onto the disk.
 * Throws with a sentence for the operator when anything is damaged, missing, or of a newer program.
 */
export async function unpack(file: string, program: Program, database?: string): Promise<Manifest> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  const flow = pipeline(source, gunzip);
  // What goes wrong with the file is seen where it is read.
  flow.catch(() => undefined);
  try {
    return await unpackAll(readTar(gunzip as AsyncIterable<Buffer>), program, database);
  } catch (error) {
    if (isZipError(error)) throw new Error(`${file} is damaged, or not a backup: ${error.message}.`, { cause: error });
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

type Entries = AsyncGenerator<TarEntry & { readonly bytes: AsyncIterable<Buffer> }>;

async function unpackAll(entries: Entries, program: Program, database: string | undefined): Promise<Manifest> {
  const first = await entries.next();
  if (first.done === true || first.value.name !== MANIFEST) throw new Error('This file is not a backup of Lobbyflow.');
  const manifest = readManifest(await textOf(first.value.bytes), program);
  if (database !== undefined)
    for (const folder of manifest.folders) await mkdir(placeOf(database, folder), { recursive: true, mode: 0o700 });

  const missing = new Set(Object.keys(manifest.files));
  for await (const { name, bytes } of entries) {
    if (name.endsWith('/')) continue;
    if (!missing.delete(name)) throw new Error(`This backup is damaged: ${name} does not belong to it.`);
    const sha256 = await keep(bytes, database && placeOf(database, name));
    if (sha256 !== manifest.files[name]?.sha256)
      throw new Error(`This backup is damaged: the checksum of ${name} is wrong.`);
  }
  if (missing.size > 0) throw new Error(`This backup is damaged: ${missing.size} files are missing.`);
  return manifest;
}

/** @returns the checksum of what came */
async function keep(bytes: AsyncIterable<Buffer>, place: string | undefined): Promise<string> {
  const hash = createHash('sha256');
  const file = place === undefined ? undefined : await open(place, 'wx', 0o600);
  try {
    for await (const part of bytes) {
      hash.update(part);
      await file?.writeFile(part);
    }
    await file?.sync();
  } finally {
    await file?.close();
  }
  return hash.digest('hex');
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function isZipError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
