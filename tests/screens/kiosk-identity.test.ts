import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { effectScope, ref } from 'vue';
import { useIdentity } from '../../kiosk/identity.ts';

const fetchOfNode = globalThis.fetch;
beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  globalThis.fetch = fetchOfNode;
});

test('whether the branch looks customers up is asked again until there is an answer, and no more after', async () => {
  let asked = 0;
  globalThis.fetch = () => {
    asked += 1;
    return asked < 3 ? Promise.reject(new Error('away')) : Promise.resolve(Response.json({ offered: true }));
  };
  const scope = effectScope();
  const { offered } = scope.run(() => useIdentity('b', ref('token'))) ?? fail();
  await jest.advanceTimersByTimeAsync(5_000);
  expect([asked, offered.value]).toEqual([2, false]);
  await jest.advanceTimersByTimeAsync(60_000);
  expect([asked, offered.value]).toEqual([3, true]);
  scope.stop();
});

test('a kiosk that is gone asks no more', async () => {
  let asked = 0;
  globalThis.fetch = () => Promise.reject(new Error(`away ${(asked += 1)}`));
  const scope = effectScope();
  scope.run(() => useIdentity('b', ref('token')));
  await jest.advanceTimersByTimeAsync(6_000);
  scope.stop();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(2);
});

function fail(): never {
  throw new Error('the scope did not run');
}
