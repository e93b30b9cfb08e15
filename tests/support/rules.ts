import { readdirSync, readFileSync } from 'node:fs';

const RULES = readFileSync(new URL('../../domain/RULES.md', import.meta.url), 'utf8');

/** Every numbered rule of RULES.md: Q1, Q2 … */
export const RULE_NUMBERS = [...RULES.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, number = '']) => number);

/** A table of RULES.md, cell by cell, found by its first column's heading and its section. */
export function transitionTable(section: string): { from: string; command: string; cell: string }[] {
  const start = RULES.indexOf(`\n## ${section}. `);
  const rows = RULES.slice(start, RULES.indexOf('\n## ', start + 1))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head = [], , ...body] = rows;
  return body.flatMap(([states = '', ...cells]) =>
    states
      .split(', ')
      .flatMap((from) =>
        cells.flatMap((cell, column) =>
          (head[column + 1] ?? '').split(', ').map((command) => ({ from, command, cell })),
        ),
      ),
  );
}

/** The rule numbers that test titles of a folder quote, with their file. */
export function quotedRules(folder: URL): { number: string; file: string }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8');
      const titles = source.matchAll(/(?:\btest|\bdescribe|\))\(\s*['"`]([A-Z]\d+(?:, [A-Z]\d+)*) /g);
      return [...titles].flatMap(([, numbers = '']) => numbers.split(', ').map((number) => ({ number, file })));
    });
}
