import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Commit } from '../../server/ports.ts';
import { openStore, type OpenStore } from '../../server/store/open-store.ts';
import { commitOf } from '../support/commits.ts';
import { log } from '../support/running-hall.ts';

/** What comes while a statement is on its way goes together into the next one. */

let opened: OpenStore;
/** Commits in each statement, in order. */
const statements: number[] = [];
let branch = 0;

beforeAll(async () => {
  opened = await openStore({ log, wrote: (commits) => statements.push(commits) });
}, 60_000);
afterAll(() => opened.close());
beforeEach(() => {
  statements.length = 0;
});

const first = (): Commit => commitOf(`b${(branch += 1)}`, 1);

test('nobody waits when nothing is being written', async () => {
  let ready = false;
  void opened.store.ready().then(() => (ready = true));
  await Promise.resolve();
  await Promise.resolve();
  expect(ready).toBe(true);
});

test('who waited until the store was ready is in the next statement, all of them together', async () => {
  const { store } = opened;
  const inFlight = store.append(first());
  await new Promise(setImmediate);
  const later = [first(), first(), first()].map((commit) => store.ready().then(() => store.append(commit)));
  expect(await Promise.all([inFlight, ...later])).toEqual(['appended', 'appended', 'appended', 'appended']);
  expect(statements).toEqual([1, 3]);
});

test('who is ready and then has nothing to write keeps nobody waiting', async () => {
  const { store } = opened;
  const inFlight = store.append(first());
  await new Promise(setImmediate);
  await Promise.all([inFlight, store.ready()]);
  expect(await store.append(first())).toBe('appended');
  expect(statements).toEqual([1, 1]);
});
