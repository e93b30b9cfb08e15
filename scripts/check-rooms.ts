import { readFileSync, readdirSync } from 'node:fs';

/**
 * The list of rooms in ARCHITECTURE.md is the tree: every folder at the top, and under domain/ and server/, has its line
 * there, and every line has its folder. A line of the list starts with "- `folder/`".
 */

const NOT_ROOMS = new Set(['node_modules', 'dist', 'data', 'coverage', 'test-results', 'playwright-report', '.git']);
const WITH_INNER_ROOMS = ['domain', 'server'];

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_ROOMS.has(entry.name))
    .map((entry) => (folder === '.' ? entry.name : `${folder}/${entry.name}`));
}

const inTree = new Set([...foldersIn('.'), ...WITH_INNER_ROOMS.flatMap(foldersIn)]);
const lines = readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\s*- ((?:`[\w./-]+\/`(?:, )?)+)/gm);
const inList = new Set([...lines].flatMap(([, names]) => (names ?? '').match(/[\w./-]+(?=\/`)/g) ?? []));

const unlisted = [...inTree].filter((folder) => !inList.has(folder));
const missing = [...inList].filter((folder) => !inTree.has(folder));
for (const folder of unlisted)
  console.error(`${folder}/ is in the tree, and ARCHITECTURE.md does not say what it is for`);
for (const folder of missing) console.error(`${folder}/ is in ARCHITECTURE.md, and not in the tree`);
process.exitCode = unlisted.length + missing.length === 0 ? 0 : 1;
