import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key that signs tokens: the one given, else the one kept in the data folder. */
export function signingKey(given: string | undefined, dataFolder: string): Uint8Array {
  return new TextEncoder().encode(given ?? keptSecret(dataFolder, 'token-secret'));
}

/**
 * A secret of this installation, made on the first start, by default at random, and readable by its owner only. Throws when the folder cannot be
 * written or the kept file is damaged.
 */
export function keptSecret(dataFolder: string, name: string, fresh = randomSecret): string {
  const file = join(dataFolder, name);
  const kept = read(file) ?? make(dataFolder, file, fresh());
  if (kept.length < 32) throw new Error(`${file} holds no key; delete it, and a new one is made`);
  return kept;
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Written beside and then linked, which fails when another process was first: nobody ever reads half a key. */
function make(dataFolder: string, file: string, secret: string): string {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, secret, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!is(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (is(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function is(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
