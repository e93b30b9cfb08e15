import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadComplaints } from '../../config/complaints.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobbyflow-complaints-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('without a file the days are those of the rules, and the example is a file that can be used', () => {
  expect(loadComplaints(undefined).days).toMatchObject({ normal: 15, complex: 30, longest: 60 });
  expect(loadComplaints('config/complaints.example.yaml').rootCauses.map(({ id }) => id)).toEqual([
    'waiting',
    'attitude',
  ]);
});

test('everything that is wrong in the file is said at once, each with its line', () => {
  const file = join(folder, 'complaints.yaml');
  writeFileSync(file, 'count: weekly\ndays:\n  normal: 40\nrootCauses: []\nescalateTo: [teller]\n');
  const said = (() => {
    try {
      loadComplaints(file);
      return '';
    } catch (error) {
      return String(error);
    }
  })();
  expect(said).toContain('has 4 error(s)');
  for (const line of [':1: "count" cannot be', ':2: ', ':4: a case needs a root cause', ':5: '])
    expect(said).toContain(`${file}${line}`);
});
