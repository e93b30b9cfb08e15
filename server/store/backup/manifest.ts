import { z } from 'zod';

/** The first file in a backup: what it is of, and a checksum of every other file in it. */

export const MANIFEST = 'manifest.json';
export const FORMAT = 1;

const manifestSchema = z.object({
  product: z.literal('lobbyflow'),
  format: z.number().int(),
  /** Of the program that made it. */
  version: z.string(),
  /** The newest form of the tables that this program knew. */
  tables: z.string(),
  madeAt: z.iso.datetime(),
  folders: z.array(z.string()),
  /** SHA-256 in hexadecimal, by path. */
  files: z.record(z.string(), z.object({ size: z.number().int().nonnegative(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What this program is, to be compared with the one that made a backup. */
export interface Program {
  readonly version: string;
  /** Names of the forms of the tables that it knows, oldest first. */
  readonly tables: readonly string[];
}

/** Throws with a sentence for the operator when it is no backup, or one of a newer program. */
export function readManifest(text: string, program: Program): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw new Error('This file is not a backup of Lobbyflow.');
  const manifest = parsed.data;
  const newer =
    manifest.format > FORMAT || !program.tables.includes(manifest.tables) || isNewer(manifest.version, program.version);
  if (newer)
    throw new Error(
      `This backup was made by Lobbyflow ${manifest.version}, which is newer than this one (${program.version}). Install that version first.`,
    );
  for (const path of [...Object.keys(manifest.files), ...manifest.folders])
    if (!/^database\/[\w./-]*$/.test(path) || path.split('/').includes('..'))
      throw new Error(`This backup is damaged: it names the file ${path}.`);
  return manifest;
}

function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0;
}
