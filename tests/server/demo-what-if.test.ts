import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import type { BranchDay } from '../../domain/state.ts';
import { compose } from '../../server/compose.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { BranchDemo } from '../../simulator/branch-demo.ts';
import { Pace } from '../../simulator/pace.ts';
import { difference, replayed } from '../support/replayed.ts';
import { log, noJobs, testEnv } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

const SPEED = 400;
const ENOUGH = 30;

test('W1 a day of the demo, recorded by the real server at the real time, is itself when it is replayed', async () => {
  // Windows open by themselves within seconds: the demo's manager would think about it for a minute.
  const floating = { mode: 'automatic', reviewSeconds: 1, openingMinutes: 0.05, minOpenMinutes: 0.1 } as const;
  const branches = loadBranches('config/branches')
    .branches.filter(({ config }) => config.branchId === 'garden')
    .map((branch) => ({
      ...branch,
      config: { ...branch.config, floating: { ...branch.config.floating, ...floating } },
    }));
  const store = new MemoryStore();
  const adapters = { database: new ShakyStore(store, { shared: false }).database(), jobs: noJobs };
  const server = await compose({ env: testEnv(), branches, log, adapters });
  const stop = new AbortController();
  const pace = new Pace(SPEED, stop.signal);
  const rest = { url: server.url, code: undefined, pace, seed: 4, perHour: 90, leave: [] };
  const running = branches.map(({ config }) => new BranchDemo({ config, ...rest }).run().catch(() => undefined));

  const today = await server.hosts.today('garden');
  if (!today.ok) throw new Error('the day is not open');
  const { host } = today;
  const enough = (state: BranchDay | undefined) => {
    const finished = [...(state?.tickets.values() ?? [])].filter(({ status }) => status === 'finished');
    return finished.length >= ENOUGH && [...(state?.floating.proposals.keys() ?? [])].length > 0;
  };
  while (!(await host.look(enough))) await delay(50);
  stop.abort();
  await Promise.all(running);
  await host.handle({ command: { type: 'CloseDay' }, actor: 'system', commandId: 'close' });
  const events = (await store.read('garden', host.day, 0)).flatMap((commit) => commit.events);
  await server.close();

  const types = new Set(events.map(({ type }) => type));
  for (const type of ['TicketCalled', 'ServiceFinished', 'WindowsReviewed', 'CounterOpening', 'DayClosed'])
    expect(types).toContain(type);
  expect(difference(events, replayed(events).events)).toBeUndefined();
}, 120_000);
