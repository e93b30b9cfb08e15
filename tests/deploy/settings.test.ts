import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ENV_NAMES } from '../../config/env.ts';

test('docs/operations.md lists every variable that the server reads, and no other', () => {
  const rows = readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `([A-Z_]+)`\s+\|/gm);
  expect([...rows].map(([, name]) => name).sort()).toEqual([...ENV_NAMES].sort());
});
