import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { openStore, type OpenStore } from '../../server/store/open-store.ts';
import { commitOf, today } from '../support/commits.ts';
import { ensurePostgres, freshDatabase, type PrivatePostgres } from '../support/postgres.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

/** A process that stops in the middle of its turn, or cannot be reached any more, must not stop the others. */

jest.setTimeout(60_000);
const log = pino({ level: 'silent' });
let postgres: PrivatePostgres;
let database: { url: string; drop(): Promise<void> };
let network: TcpProxy;
let near: OpenStore;
let far: OpenStore;

beforeAll(async () => {
  postgres = await ensurePostgres();
  database = await freshDatabase(postgres);
  const url = new URL(database.url);
  network = await TcpProxy.to(Number(url.port));
  url.port = String(network.port);
  near = await openStore({ databaseUrl: database.url, log });
  far = await openStore({ databaseUrl: url.href, log });
});
afterAll(async () => {
  await near.close();
  await far.close();
  await network.close();
  await database.drop();
  await postgres.stop();
});

/** Resolves when the holder has the branch's lock; `letGo` ends its turn. */
async function heldBy(holder: OpenStore): Promise<{ readonly letGo: () => void; readonly ended: Promise<unknown> }> {
  let letGo = () => {};
  const going = new Promise<void>((resolve) => (letGo = resolve));
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((held) => {
    ended = holder.store.exclusively('b', () => {
      held();
      return going;
    });
  });
  return { letGo, ended };
}

test('who holds the lock of a branch and is frozen keeps nobody else from writing', async () => {
  const { letGo, ended } = await heldBy(far);
  const began = performance.now();
  expect(await near.store.exclusively('b', () => near.store.append(commitOf('b', 1)))).toBe('appended');
  expect(performance.now() - began).toBeLessThan(10_000);

  // Waking up, it is too late, and it is told so.
  expect(await far.store.append(commitOf('b', 1))).toBe('conflict');
  letGo();
  await ended;
});

test('a network that swallows everything ends a turn with an error, soon, and the next one works', async () => {
  const { letGo, ended } = await heldBy(far);
  network.weather = 'hole';
  const began = performance.now();
  await expect(far.store.append(commitOf('b', 2))).rejects.toThrow();
  await expect(far.store.head('b', today)).rejects.toThrow();
  letGo();
  await ended;
  expect(performance.now() - began).toBeLessThan(25_000);

  network.weather = 'fair';
  const head = await far.store.head('b', today);
  expect(await far.store.exclusively('b', () => far.store.append(commitOf('b', head + 1)))).toBe('appended');
});
