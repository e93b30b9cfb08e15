import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Ack } from '../../protocol/messages.ts';
import type { Jobs } from '../../server/ports.ts';
import { openStore } from '../../server/store/open-store.ts';
import { branchesNamed, log, noJobs, openHall, testEnv } from '../support/running-hall.ts';

/** `npm run backup` and `npm run restore` of the embedded installation, as the operator starts them. */

const TAKE = { type: 'TakeTicket', services: ['transfer'] } as const;
const folder = mkdtempSync(join(tmpdir(), 'lobbyflow-backup-'));
const file = join(folder, 'hall.tar.gz');
const data = join(folder, 'data');
const env = testEnv();
const branches = branchesNamed('b');
const taken: { readonly commandId: string; readonly ack: Ack }[] = [];

/** @returns what it wrote, and whether it succeeded */
async function command(name: 'backup' | 'restore', args: readonly string[], dataFolder: string) {
  const env = { ...process.env, LOBBYFLOW_DATA: dataFolder, NODE_OPTIONS: '' };
  const program = ['--import', 'tsx', `scripts/${name}.ts`, ...args];
  return promisify(execFile)(process.execPath, program, { env }).then(
    ({ stdout }) => ({ ok: true, words: stdout }),
    (error: { stderr: string }) => ({ ok: false, words: error.stderr }),
  );
}

beforeAll(async () => {
  const before = await openHall({ branches, env });
  const kiosk = await before.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  let over = false;
  const backup = command('backup', [file], env.dataFolder).finally(() => (over = true));
  // In the middle of the traffic: numbers are taken before, while and after it is made.
  while (!over) {
    const commandId = crypto.randomUUID();
    taken.push({ commandId, ack: await kiosk.send(TAKE, commandId) });
    await before.clock.advanceBy(50);
  }
  expect(await backup).toMatchObject({ ok: true });
  await before.close();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a backup made while the hall runs, restored into an empty folder, goes on with the same numbers', async () => {
  expect(await command('restore', [file], data)).toMatchObject({ ok: true });
  const hall = await openHall({ branches, env: { ...env, dataFolder: data } });
  const manager = await hall.screen('b', { role: 'manager' }, { kind: 'manager' });
  const waiting = manager.view('manager').waiting.map(({ number }) => number);
  const there = waiting.length;
  // Some came before the backup and some after it; else the middle was not hit.
  expect(there).toBeGreaterThan(0);
  expect(there).toBeLessThan(taken.length);
  expect(waiting).toEqual(taken.slice(0, there).map(({ ack }) => ack.ok && ack.answer.issued?.number));

  const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
  for (const { commandId, ack } of [taken[0], taken[there - 1]].flatMap((each) => each ?? []))
    expect(await kiosk.send(TAKE, commandId)).toEqual(ack);
  const next = await kiosk.send(TAKE);
  expect(next).toMatchObject({
    ok: true,
    answer: { issued: { number: taken[there]?.ack.ok && taken[there].ack.answer.issued?.number } },
  });
  await hall.close();
}, 120_000);

test('nothing is overwritten: a folder with something in it is refused, and with --force kept aside', async () => {
  const refused = await command('restore', [file], data);
  expect(refused.ok).toBe(false);
  expect(refused.words).toContain('is not empty (customer-key, database, token-secret)');
  expect(await command('restore', [file, '--force'], data)).toMatchObject({ ok: true });
  const aside = readdirSync(data).find((name) => name.startsWith('before-restore-')) ?? '';
  expect(readdirSync(join(data, aside)).sort()).toEqual(['customer-key', 'database', 'token-secret']);
}, 60_000);

test('a folder on which a server runs is left alone, and none is backed up that is not there', async () => {
  const hall = await openHall({ branches, env: { ...env, dataFolder: data } });
  const restored = await command('restore', [file, '--force'], data);
  expect(restored.words).toContain('is in use by process');
  await hall.close();
  const nothing = await command('backup', [join(folder, 'nothing.tar.gz')], join(folder, 'nowhere'));
  expect(nothing).toMatchObject({ ok: false, words: expect.stringContaining('There is no database in') });
  expect(existsSync(join(folder, 'nothing.tar.gz'))).toBe(false);
}, 60_000);

test('the key that signs tokens is not in a backup, and only its owner reads the file', () => {
  const tar = gunzipSync(readFileSync(file));
  expect(tar.includes(readFileSync(join(env.dataFolder, 'token-secret')))).toBe(false);
  expect(tar.includes('database/PG_VERSION')).toBe(true);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a backup of a server that does not run is made from its folder', async () => {
  const cold = join(folder, 'cold.tar.gz');
  expect(await command('backup', [cold], env.dataFolder)).toMatchObject({ ok: true });
  const place = join(folder, 'from-cold');
  expect(await command('restore', [cold], place)).toMatchObject({ ok: true });
  const hall = await openHall({ branches, env: { ...env, dataFolder: place } });
  const manager = await hall.screen('b', { role: 'manager' }, { kind: 'manager' });
  expect(manager.view('manager').waiting).toHaveLength(taken.length);
  await hall.close();
}, 60_000);

test.each([
  ['cut off', (tar: Buffer) => gzipSync(tar).subarray(0, -2_000), 'damaged'],
  ['with a changed byte', (tar: Buffer) => gzipSync(changed(tar, 'database/PG_VERSION', 512)), 'checksum of database/'],
  ['of a newer program', (tar: Buffer) => gzipSync(replaced(tar, '"version": "0.', '"version": "9.')), 'newer than'],
  ['with newer tables', (tar: Buffer) => gzipSync(replaced(tar, '"tables": "0', '"tables": "9')), 'newer than'],
  ['that writes elsewhere', (tar: Buffer) => gzipSync(replaced(tar, 'database/base/', 'database/../x/')), 'damaged'],
  ['that is none', () => Buffer.from('a shopping list'), 'not a backup'],
])(
  'a backup %s is refused, and nothing of it is there',
  async (_what, spoil, words) => {
    const spoilt = join(folder, 'spoilt.tar.gz');
    writeFileSync(spoilt, spoil(gunzipSync(readFileSync(file))));
    const place = mkdtempSync(join(folder, 'place-'));
    const restored = await command('restore', [spoilt], place);
    expect(restored).toMatchObject({ ok: false, words: expect.stringContaining(words) });
    expect(readdirSync(place)).toEqual([]);
  },
  60_000,
);

test('with LOBBYFLOW_BACKUPS one is made each night, and the oldest are removed', async () => {
  const place = join(folder, 'nightly');
  const handlers = new Map<string, () => Promise<void>>();
  const scheduled: unknown[] = [];
  const database = await openStore({ folder: join(folder, 'from-cold'), log, version: '0.1.0' });
  const jobs: Jobs = {
    ...noJobs,
    handle: (name, handler) => void handlers.set(name, () => handler({})),
    every: (name, _id, cron, timeZone) => Promise.resolve(void scheduled.push([name, cron, timeZone])),
  };
  const backups = { folder: place, kept: 2 };
  const hall = await openHall({ branches, env: { ...env, backups }, adapters: { database, jobs } });
  expect(scheduled).toContainEqual(['nightly-backup', '30 2 * * *', 'Asia/Shanghai']);
  await handlers.get('nightly-backup')?.();
  const [first] = readdirSync(place);
  for (const night of ['20', '21', '22'])
    copyFileSync(join(place, String(first)), join(place, `lobbyflow-2001-11-${night}T023000Z.tar.gz`));
  await handlers.get('nightly-backup')?.();
  // The newest two; a second one within the same second has the same name.
  const kept = readdirSync(place).sort();
  expect(kept).toHaveLength(2);
  expect(kept).toContain(first);
  expect(kept).not.toContain('lobbyflow-2001-11-21T023000Z.tar.gz');
  await hall.close();
}, 60_000);

/** One byte of the file of that name, which lies `after` bytes behind the start of its header. */
function changed(tar: Buffer, name: string, after: number): Buffer {
  const copy = Buffer.from(tar);
  // The name is also in the manifest; the header has it last.
  const place = copy.lastIndexOf(name) + after;
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}

function replaced(tar: Buffer, old: string, by: string): Buffer {
  return Buffer.from(tar.toString('latin1').replace(old, by), 'latin1');
}
