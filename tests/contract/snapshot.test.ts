import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { firstPass, secondPass } from '../../server/store/backup/snapshot.ts';

/** The copy of a folder that is written to while it is made. */

let folder: string;
let from: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobbyflow-snapshot-'));
  [from, to] = [join(folder, 'from'), join(folder, 'to')];
  mkdirSync(join(from, 'deep', 'empty'), { recursive: true });
  for (const name of ['same', 'changed', 'changed-unseen', 'deep/removed']) write(name, 'old');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LONG_AGO = new Date('2026-11-24T01:00:00Z');

function write(name: string, text: string, at: Date = LONG_AGO): void {
  writeFileSync(join(from, name), text);
  utimesSync(join(from, name), at, at);
}

function tree(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length), entry.isDirectory() ? '(folder)' : readFileSync(path, 'utf8')];
    }),
  );
}

test('what was changed, made or removed after the first pass is so in the copy', async () => {
  const pass = await firstPass(from, to);
  write('changed', 'new', new Date());
  write('deep/made', 'new', new Date());
  rmSync(join(from, 'deep', 'removed'));
  secondPass(pass);
  expect(tree(to)).toEqual(tree(from));
  expect(tree(to)).toMatchObject({ '/changed': 'new', '/deep/made': 'new', '/deep/empty': '(folder)' });
});

test('a change within the same tick of the clock, which the date of the file does not show, is seen', async () => {
  const now = new Date();
  write('changed-unseen', 'old', now);
  const pass = await firstPass(from, to);
  write('changed-unseen', 'new', now);
  secondPass(pass);
  expect(tree(to)['/changed-unseen']).toBe('new');
});

test('what nobody touched is not copied again: the database waits only for the rest', async () => {
  const pass = await firstPass(from, to);
  const before = statSync(join(to, 'same')).mtimeMs;
  secondPass(pass);
  expect(statSync(join(to, 'same')).mtimeMs).toBe(before);
});
