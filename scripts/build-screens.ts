import { createHash } from 'node:crypto';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Builds the screens into dist/screens, unless what stands there was built from the very same sources. */

const SOURCES = [
  'client',
  'protocol',
  'domain',
  'home',
  'kiosk',
  'display',
  'counter-client',
  'rating',
  'manager',
  'phone',
  'feedback',
];
const ALSO = ['vite.config.ts', 'scripts/offline-screens.ts', 'package-lock.json'];
const SCREENS = path.join('dist', 'screens');
const STAMP = '.sources';

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** By content, not by date: a checkout or a copy changes dates and nothing else. */
async function fingerprint(): Promise<string> {
  const files = [...ALSO, ...(await Promise.all(SOURCES.map(filesOf))).flat().sort()];
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256');
  files.forEach((file, index) => hash.update(file).update(contents[index] ?? ''));
  return hash.digest('hex');
}

/** Beside the old ones, which a running server goes on showing until the new ones are whole. */
async function build(stamp: string): Promise<void> {
  console.log('Building the screens (only after a change of their sources) …');
  // Loaded only when there is something to build: every start passes here.
  const { createBuilder } = await import('vite');
  const outDir = `${SCREENS}-${process.pid}`;
  const builder = await createBuilder({ logLevel: 'warn', build: { outDir } });
  await builder.buildApp();
  await writeFile(path.join(outDir, STAMP), stamp);
  await rm(SCREENS, { recursive: true, force: true });
  await rename(outDir, SCREENS);
}

const wanted = await fingerprint();
const built = await readFile(path.join(SCREENS, STAMP), 'utf8').catch(() => undefined);
if (built !== wanted) await build(wanted);
