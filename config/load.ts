import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { LoadedBranch } from './branch.schema.ts';
import { checkBranch } from './check-branch.ts';
import type { Finding } from './check.ts';
import { lineOf, syntaxErrors } from './place.ts';
import { shareEqual } from './share-equal.ts';

/** All that is wrong in all branch files, each as `file:line: what is wrong and what to do`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The branch configuration has ${problems.length} error(s):\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

export interface LoadedNetwork {
  /** By file name. At least one. */
  readonly branches: readonly LoadedBranch[];
  /** `file:line: sentence`: the branches work, but a promise cannot be kept. */
  readonly warnings: readonly string[];
}

/** Reads every .yaml file of a folder. @throws {ConfigError} with every error of every file */
export function loadBranches(folder: string): LoadedNetwork {
  const files = yamlFiles(folder).map((file) => ({ file, ...readBranch(join(folder, file)) }));
  const problems = files.flatMap(({ file, errors }) => errors.map((error) => `${join(folder, file)}:${error}`));
  if (files.length === 0) problems.push(`${folder}: there is no branch file: add at least one file that ends in .yaml`);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    branches: files.flatMap(({ branch }) => branch ?? []).map(shareEqual()),
    warnings: files.flatMap(({ file, warnings }) => warnings.map((warning) => `${join(folder, file)}:${warning}`)),
  };
}

function yamlFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .sort();
  } catch {
    throw new ConfigError([
      `${folder}: there is no such folder: create it, and put one .yaml file for each branch into it`,
    ]);
  }
}

interface ReadBranch {
  readonly branch?: LoadedBranch;
  /** `line: sentence`, in the order of the file. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

function readBranch(path: string): ReadBranch {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const unreadable = syntaxErrors(document).map(
    ({ offset, message }) => `${lines.linePos(offset).line}: this is not YAML: ${message}`,
  );
  if (unreadable.length > 0) return { errors: unreadable, warnings: [] };
  const { branch, errors, warnings } = checkBranch(document.toJS(), basename(path, '.yaml'));
  const placed = (items: readonly Finding[]) =>
    items
      .map(({ path: place, message }) => ({ line: lineOf(document, lines, place), message }))
      .sort((a, b) => a.line - b.line)
      .map(({ line, message }) => `${line}: ${message}`);
  return { ...(branch && { branch }), errors: placed(errors), warnings: placed(warnings) };
}
