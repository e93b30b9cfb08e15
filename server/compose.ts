import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { LoadedBranch } from '../config/branch.schema.ts';
import type { Env } from '../config/env.ts';
import { dayFacts } from '../domain/forecast/calendar.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { inProcessBus } from './bus/in-process.ts';
import { businessDayAt, dayAfter } from './business-day.ts';
import { systemClock } from './clock.ts';
import { keepDays } from './day-keeper.ts';
import { Door } from './door.ts';
import { estimatesOfDay } from './estimate-report.ts';
import { Forecasts, type ForecastBranch } from './forecast/forecasts.ts';
import { answers, readVersion, type Health } from './health.ts';
import { Hosts } from './hosts.ts';
import { httpDoor } from './http.ts';
import { signingKey } from './identity/secret.ts';
import { Sessions } from './identity/sessions.ts';
import { Tokens } from './identity/tokens.ts';
import { openJobs } from './jobs/open-jobs.ts';
import type { Bus, Clock, EventStore, Jobs, Records } from './ports.ts';
import { openSocketDoor } from './socket.ts';
import { openStore } from './store/open-store.ts';

/** The log and what is kept beside it. */
export interface Database {
  readonly kind: string;
  /** What is acknowledged outlives a power cut. */
  readonly durable: boolean;
  readonly store: EventStore;
  readonly records: Records;
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly env: Env;
  readonly branches: readonly LoadedBranch[];
  readonly log: Logger;
  readonly clock?: Clock;
  readonly bus?: Bus;
  /** Instead of the one that `env` says, with the jobs that belong to it. The composition closes both. */
  readonly adapters?: { readonly database: Database; readonly jobs: Jobs };
  /** Of one token or connection. */
  readonly commandsPerSecond?: number;
}

export interface Composition {
  /** Where a browser on this machine finds it, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly hosts: Hosts;
  readonly store: EventStore;
  readonly records: Records;
  /** Takes no more commands, answers those that it has, disconnects everybody, and closes what it opened. */
  close(): Promise<void>;
}

const COMMANDS_PER_SECOND = 2_000;
const SCREENS_FOLDER = fileURLToPath(new URL('../dist/screens', import.meta.url));

/** The composition root: the only place where adapters are chosen. Resolves when the server listens and every day is open. */
export async function compose(options: ComposeOptions): Promise<Composition> {
  const { env, log, clock = systemClock, bus = inProcessBus(), commandsPerSecond = COMMANDS_PER_SECOND } = options;
  const key = signingKey(env.secret, env.dataFolder);
  const { database, jobs } = options.adapters ?? (await openAdapters(env, log));
  const { store, records } = database;
  const branches = new Map(options.branches.map((branch) => [branch.config.branchId, branch]));
  const configs = new Map(options.branches.map(({ config }) => [config.branchId, config]));

  const forecasts = new Forecasts({ branches: forecastBranches(options.branches), records, log });
  const forecastFor: Forecasts['forOpening'] = (branchId, day) => forecasts.forOpening(branchId, day);
  const hosts = new Hosts({ branches: configs, store, clock, bus, log, forecastFor });
  const door = new Door({ hosts, clock });
  const tokens = new Tokens(key, clock);
  const staffOf = (branchId: string) => branches.get(branchId)?.staff.map(({ id }) => id);
  const sessions = new Sessions({ tokens, clock, accessCode: env.accessCode, staffOf });

  let closing = false;
  const version = readVersion();
  const health = async (): Promise<Health> => ({
    live: true,
    ready: !closing && (await answers(() => database.check())),
    version,
    protocol: PROTOCOL_VERSION,
    store: { kind: database.kind, durable: database.durable },
    branches: branches.size,
    connections: socketDoor.count(),
  });

  const limits = { commandsPerSecond };
  const screensFolder = SCREENS_FOLDER;
  const todayOf = (branchId: string) => businessDayAt(clock.now(), configs.get(branchId)?.timeZone ?? 'UTC').day;
  const forecastOf = (branchId: string, day = todayOf(branchId)) => forecasts.report(branchId, day, clock.now());
  const estimatesOf = (branchId: string, day = todayOf(branchId)) => estimatesOfDay(records, branchId, day);
  const seen = { door, sessions, tokens, branches, demo: env.demo, log, health, screensFolder };
  const app = httpDoor({ ...seen, forecastOf, estimatesOf, ...limits });
  const httpServer = createServer(app);
  const socketDoor = openSocketDoor({ httpServer, door, hosts, tokens, clock, log, ...limits });

  const close = async () => {
    closing = true;
    door.close();
    await hosts.stop();
    await jobs.stop();
    await socketDoor.close();
    httpServer.closeAllConnections();
    await bus.close();
    await database.close();
  };

  try {
    await hosts.openAll();
    await keepDays(jobs, [...configs.values()], async (branchId) => {
      const today = await hosts.today(branchId);
      if (today.ok) await forecasts.prepareTomorrow(branchId, today.host.day, dayAfter(today.host.day));
    });
    await jobs.start();
    const port = await listen(httpServer, env.host, env.port);
    return { url: urlOf(env.host, port), port, hosts, store, records, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openAdapters(env: Env, log: Logger): Promise<{ database: Database; jobs: Jobs }> {
  const database = await openStore({ databaseUrl: env.databaseUrl, folder: env.dataFolder, log });
  try {
    return { database, jobs: await openJobs({ databaseUrl: env.databaseUrl, pool: database.pool, log }) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A branch's calendar is the one of its file; a library of holidays would be put in here. */
function forecastBranches(branches: readonly LoadedBranch[]): ReadonlyMap<string, ForecastBranch> {
  return new Map(
    branches.map(({ config, calendar }) => [
      config.branchId,
      { config, calendarFacts: (day: string) => dayFacts(day, calendar) },
    ]),
  );
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken by another program. Set PORT to a free one.`) : error);
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function urlOf(host: string, port: number): string {
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
