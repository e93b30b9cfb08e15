import { expect, test } from '@jest/globals';
import { socketSender } from '../../bench/wire.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

test('a screen that never says goodbye does not keep the server from closing in order', async () => {
  const adapters = { database: new ShakyStore(new MemoryStore(), { shared: false }).database(), jobs: noJobs };
  const hall = await openHall({ branches: branchesNamed('b'), adapters });
  const token = await hall.token({ branchId: 'b', role: 'display' });
  // It takes no notice of the close that a WebSocket is sent, and would be waited for for half a minute.
  const frozen = await socketSender(hall.url, token);
  await frozen.emit('hello', JSON.stringify({ protocol: 1, branchId: 'b', audience: { kind: 'display' } }));
  const begun = performance.now();
  await hall.close();
  expect(performance.now() - begun).toBeLessThan(10_000);
});
