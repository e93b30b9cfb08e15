import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { midMorningZone } from './running-server.ts';

interface BranchFile {
  id: string;
  counters: { id: string; label: string; kind: string; zone: string; profile: string }[];
  staff: { id: string; name: unknown; skills?: unknown }[];
  calling?: { noShowSeconds: number };
}

/**
 * A folder with one branch file: the demo's small pooled branch, with as many windows and tellers as wanted, and with
 * calls that do not run out, so that what is counted is what the tellers did.
 */
export function bigHallFolder(windows: number): {
  folder: string;
  branchId: string;
  counters: string[];
  tellers: string[];
} {
  const file = parse(readFileSync('config/branches/station.yaml', 'utf8')) as BranchFile;
  const window = file.counters.find(({ kind }) => kind === 'fixed');
  const teller = file.staff[0];
  if (window === undefined || teller === undefined) throw new Error('station.yaml has no fixed window or no staff');
  const numbers = Array.from({ length: windows }, (_, place) => place + 1);
  const counters = numbers.map((number) => ({ ...window, id: `w${number}`, label: String(100 + number) }));
  const staff = numbers.map((number) => ({ ...teller, id: `t${number}` }));
  const hall = {
    ...file,
    timeZone: midMorningZone(),
    counters: [...counters, ...file.counters.filter(({ kind }) => kind === 'device')],
    staff: [...staff, ...file.staff],
    calling: { noShowSeconds: 3600, careNoShowSeconds: 3600 },
    floating: { policy: 'manual' },
  };
  const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-branches-'));
  writeFileSync(path.join(folder, 'station.yaml'), stringify(hall));
  return { folder, branchId: file.id, counters: counters.map(({ id }) => id), tellers: staff.map(({ id }) => id) };
}
