import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { pino } from 'pino';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Env } from '../../config/env.ts';
import { loadBranches } from '../../config/load.ts';
import type { Audience } from '../../domain/views/views.ts';
import { compose, type ComposeOptions, type Composition, type Database } from '../../server/compose.ts';
import type { SessionRequest } from '../../server/identity/sessions.ts';
import { openJobs } from '../../server/jobs/open-jobs.ts';
import type { Jobs } from '../../server/ports.ts';
import { openStore } from '../../server/store/open-store.ts';
import { copyEmptyDatabase } from './empty-database.ts';
import { ManualClock } from './manual-clock.ts';
import { Screen } from './screen.ts';

/** A whole server as `npm start` composes it, on a free port, with a clock that is turned by hand. */
export interface RunningHall extends Composition {
  readonly clock: ManualClock;
  /** A screen of the branch, welcomed. */
  screen(branchId: string, session: Omit<SessionRequest, 'branchId'>, audience: Audience): Promise<Screen>;
  /** A phone: no token. */
  phone(branchId: string, ticketId: string): Promise<Screen>;
  token(session: SessionRequest): Promise<string>;
  /** Lets gathered views go out. */
  gathered(): Promise<void>;
}

export const log = pino({ level: 'silent' });

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A data folder of its own, gone when the tests of the file are done. */
export function testEnv(more: Partial<Env> = {}): Env {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lobbyflow-data-'));
  folders.push(dataFolder);
  const paths = { dataFolder, branchesFolder: 'config/branches', contentFolder: 'config/content' };
  return { host: '127.0.0.1', port: 0, ...paths, logLevel: 'silent', demo: false, ...more };
}

/** The demo's middle-sized branch under other names, so that tests of one file do not meet in it. */
export function branchesNamed(...names: string[]): LoadedBranch[] {
  const garden = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'garden');
  if (garden === undefined) throw new Error('config/branches has no garden');
  // No reviews of floating windows: these tests turn the clock by hours, and say that nothing else happened.
  const floating = { ...garden.config.floating, policy: 'manual' } as const;
  return names.map((branchId) => ({ ...garden, config: { ...garden.config, branchId, floating } }));
}

/** An embedded database of one's own, with its jobs. */
export async function ownDatabase(): Promise<{ database: Database; jobs: Jobs }> {
  const folder = testEnv().dataFolder;
  copyEmptyDatabase(folder);
  const database = await openStore({ folder, log });
  return { database, jobs: await openJobs({ pool: database.pool, log }) };
}

/** Jobs that are never due: the day changes on use. */
export const noJobs: Jobs = {
  handle: () => {},
  once: async () => {},
  every: async () => {},
  start: async () => {},
  stop: async () => {},
};

type Options = Partial<ComposeOptions> & { readonly branches: readonly LoadedBranch[]; readonly clock?: ManualClock };

export async function openHall(options: Options): Promise<RunningHall> {
  const clock = options.clock ?? new ManualClock();
  const composition = await compose({ env: testEnv(), log, ...options, clock });
  const token = async (session: SessionRequest) => {
    const response = await fetch(`${composition.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(session),
    });
    const body = (await response.json()) as { token?: string };
    if (body.token === undefined) throw new Error(`no session: ${response.status} ${JSON.stringify(body)}`);
    return body.token;
  };
  return {
    ...composition,
    clock,
    token,
    gathered: () => clock.advanceBy(50),
    screen: async (branchId, session, audience) =>
      Screen.open(composition.url, branchId, audience, await token({ branchId, ...session })),
    phone: (branchId, ticketId) => Screen.open(composition.url, branchId, { kind: 'ticket', ticketId }),
  };
}
