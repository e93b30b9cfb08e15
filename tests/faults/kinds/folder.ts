import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openStore } from '../../../server/store/open-store.ts';
import type { Chance } from '../../../simulator/chance.ts';
import { RunningServer } from '../../support/running-server.ts';
import type { Fault } from '../support/fault.ts';

/** A second server on the folder of the first, and a folder that is not whole. */

function expectWords(log: string, ...words: string[]): void {
  for (const word of words)
    if (!log.includes(word)) throw new Error(`the server refused to start and did not say "${word}". It said: ${log}`);
}

export const secondProcess: Fault = {
  name: 'second-process',
  modes: ['embedded'],
  async strike({ site }) {
    const { dataFolder, pid } = site.servers[0]!.process;
    const log = await RunningServer.refusal({ env: { LOBBYFLOW_DATA: dataFolder } });
    expectWords(log, 'is in use by process', String(pid));
    return 'a second server on the same data folder: it refused, and named the first';
  },
};

export const tornFolder: Fault = {
  name: 'torn-folder',
  modes: ['embedded'],
  async strike({ site, chance }) {
    const { process } = site.servers[0]!;
    const copy = mkdtempSync(path.join(tmpdir(), 'lobbyflow-torn-'));
    try {
      await process.stop();
      cpSync(process.dataFolder, copy, { recursive: true });
      await process.start();
      const what = tear(path.join(copy, 'database'), await filesOfTheLog(copy), chance);
      const log = await RunningServer.refusal({ env: { LOBBYFLOW_DATA: copy } });
      expectWords(log, 'is damaged', 'npm run restore');
      return `${what}: the server refused, and said how to go on`;
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  },
};

/** @returns what it did */
function tear(home: string, [table = '', index = '']: readonly string[], chance: Chance): string {
  const cut = (file: string, share: number) => truncateSync(file, Math.floor(statSync(file).size * share));
  const log = path.join(home, 'pg_wal');
  const ways: readonly (readonly [string, () => void])[] = [
    ['the file that says what the folder is was lost', () => unlinkSync(path.join(home, 'PG_VERSION'))],
    ['the control file was cut', () => cut(path.join(home, 'global/pg_control'), 0.02)],
    ['the write-ahead log was emptied', () => walFilesOf(log).forEach((file) => cut(file, 0))],
    ['the table of the log lost its end', () => cut(path.join(home, table), 0.5)],
    ['the table of the log was emptied', () => cut(path.join(home, table), 0)],
    ['the index of the log was emptied', () => cut(path.join(home, index), 0)],
  ];
  const [what, act] = chance.pick(ways)!;
  act();
  return what;
}

function walFilesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .map((name) => path.join(folder, name));
}

async function filesOfTheLog(folder: string): Promise<readonly string[]> {
  const { pool, close } = await openStore({ folder, log: pino({ level: 'silent' }) });
  const { rows } = await pool.query<{ file: string }>(
    `select pg_relation_filepath(name::regclass) as file from unnest(array['app.commit', 'app.commit_pkey']) as name`,
  );
  await close();
  return rows.map(({ file }) => file);
}
