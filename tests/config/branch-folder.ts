import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadBranches, type LoadedNetwork } from '../../config/load.ts';

export const DEMO_NETWORK = 'config/branches';

/** The text of a demo branch, to be spoiled by a test. */
export const harbour = readFileSync(join(DEMO_NETWORK, 'harbour.yaml'), 'utf8');

/** Loads a new folder with these files. */
export function load(files: Readonly<Record<string, string>>): LoadedNetwork {
  const folder = mkdtempSync(join(tmpdir(), 'lobbyflow-config-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return loadBranches(folder);
}

/** The problems of these files as `file:line: sentence`, without the folder. */
export function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  try {
    load(files);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.replace(/^.*lobbyflow-config-\w+\//, ''));
  }
}

/** `text` with its only `old` replaced. */
export function spoil(text: string, old: string, replacement: string): string {
  if (text.split(old).length !== 2)
    throw new Error(`"${old}" is in the text ${text.split(old).length - 1} times, not once`);
  return text.replace(old, () => replacement);
}

/** The line (from 1) on which `marker` first stands. */
export function lineOf(text: string, marker: string): number {
  const offset = text.indexOf(marker);
  if (offset < 0) throw new Error(`"${marker}" is not in the text`);
  return text.slice(0, offset).split('\n').length;
}
